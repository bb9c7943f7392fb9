"""What a language lacks is named."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from actions.emergency import Emergencies
from citydesk.completeness import Checker, Completeness, completeness
from citydesk.settings import PROJECT_ROOT, Settings
from knowledge.content.faq import load_faq
from knowledge.content.glossary import load_glossary
from tests.unit.citydesk.test_training import FAQ
from wording.catalogue import Wording

CONTENT = PROJECT_ROOT / "content"
UTTERANCES = PROJECT_ROOT / "nlu" / "data"
WORDING = Wording(CONTENT)
TITLES = {"city-sample": frozenset(WORDING.languages)}


def checked(tag: str, **changes: object) -> Completeness:
    """The language `tag` of the shipped content, with `changes` to what is looked through."""
    parts: dict[str, object] = {
        "wording": WORDING,
        "faq": load_faq(CONTENT),
        "glossary": load_glossary(CONTENT / "glossary.yml"),
        "emergencies": Emergencies.read(CONTENT / "emergencies"),
        "utterances": UTTERANCES,
        "source_titles": TITLES,
        **changes,
    }
    checker = Checker(*parts.values())  # type: ignore[arg-type]
    return checker.check(WORDING.languages[tag])


def test_nothing_is_lacking_in_what_ships() -> None:
    found = completeness(Settings()).check_all()
    assert {} == {one.tag: one.missing for one in found if one.missing}
    assert [*WORDING.languages] == [one.tag for one in found]
    assert {58, 31} == {one.faq + one.drafts for one in found} == {one.faq_wanted for one in found}


def test_entries_that_are_not_there_are_named() -> None:
    faq = [document for document in load_faq(CONTENT) if (document.id, document.language) != ("faq:expo.what", "ja")]
    assert ("FAQ entry expo.what",) == checked("ja", faq=faq).missing
    assert () == checked("zh-Hant", faq=faq).missing


def test_a_draft_is_counted_and_not_lacking() -> None:
    """It is there, though nobody is answered from it yet."""
    faq = load_faq(CONTENT)
    others = [document for document in faq if document.language != "ja"]
    found = checked("ja", faq=others, drafts=[document for document in faq if document.language == "ja"])
    assert (0, 58, ()) == (found.faq, found.drafts, found.missing)


def test_delegates_languages_want_what_delegates_ask_about_alone() -> None:
    found = checked("pl")
    assert (0, 31, 31) == (found.faq, found.faq_wanted, len(found.missing))


def test_an_entry_that_english_has_not_is_named() -> None:
    """Ids are the same everywhere; one of a language alone is a mistyped one."""
    faq = [*load_faq(CONTENT), replace(FAQ[0], id="faq:expo.waht", language="ja")]
    assert ("FAQ entry expo.waht, which en has not",) == checked("ja", faq=faq).missing


def test_a_title_of_a_source_is_named() -> None:
    assert ("title of source city-sample",) == checked("ja", source_titles={"city-sample": frozenset({"en"})}).missing


@pytest.mark.parametrize("tag", ["zh-Hans", "zh-Hant"])
def test_what_is_shown_from_another_language_has_what_that_has(tag: str, tmp_path: Path) -> None:
    """Cries and examples are one language's for both."""
    shutil.copytree(UTTERANCES / "en", tmp_path / "en")
    found = checked(tag, utterances=tmp_path)
    assert "examples of ask: 0, at least 18" in found.missing
    assert 0 == found.examples
