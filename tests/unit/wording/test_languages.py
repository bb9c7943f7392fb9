"""The list of languages: clients' tags, names that people have for a language, and what is wrong in the list."""

from pathlib import Path

import pytest

from wording.errors import LanguagesUnreadable
from wording.languages import Languages

LISTED = Path("content/languages.yml")
LANGUAGES = Languages.read(LISTED)


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("zh-TW", "zh-Hant"),
        ("zh-hk", "zh-Hant"),
        ("zh", "zh-Hant"),
        ("zh_Hant_TW", "zh-Hant"),
        ("zh-CN", "zh-Hans"),
        ("zh-Hans-SG", "zh-Hans"),
        ("cmn-Hans-CN", "zh-Hans"),
        ("en-GB", "en"),
        ("EN", "en"),
        ("ja-JP", "ja"),
        ("in", "id"),
        ("pl", "pl"),
        ("pt-BR", None),
        ("enm", None),
        ("", None),
        (None, None),
    ],
)
def test_a_clients_tag_is_matched_by_its_longest_beginning(tag: str | None, expected: str | None) -> None:
    assert expected == LANGUAGES.match(tag)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("ja", "ja"),
        ("日本語", "ja"),
        ("Chinese", "zh-Hant"),
        ("简体中文", "zh-Hans"),
        ("zh-TW", "zh-Hant"),
        (" ENGLISH ", "en"),
        ("po polsku", "pl"),
        ("turkce", "tr"),
        ("Tiếng  Việt", "vi"),
        ("bahasa Inggris", "en"),
        ("ไทย", "th"),
        ("العربية", "ar"),
        ("klingon", None),
        ("", None),
    ],
)
def test_people_name_a_language_in_many_ways(name: str, expected: str | None) -> None:
    assert expected == LANGUAGES.named(name)


def test_no_name_means_two_languages() -> None:
    meant: dict[str, set[str]] = {}
    for one in LANGUAGES.values():
        for name in (*one.asked_as, one.autonym, one.tag):
            meant.setdefault(name.casefold(), set()).add(one.tag)
    assert {} == {name: tags for name, tags in meant.items() if len(tags) > 1}


def test_there_are_eight_for_all_subjects_and_five_for_delegates() -> None:
    subjects = [language.subjects for language in LANGUAGES.values()]
    assert (8, 5) == (subjects.count("all"), subjects.count("delegates"))


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (("tag: en\n", "tag: English\n"), "tag"),
        (("shown_from: zh-Hant", "shown_from: zh-Hanx"), "zh-Hanx"),
        (("script: thai", "script: tai"), "script"),
        (("autonym: 한국어", "autonym:"), "autonym"),
        (("languages:\n", "languagues:\n"), "languag"),
    ],
)
def test_what_is_wrong_in_the_list_is_told(change: tuple[str, str], problem: str, tmp_path: Path) -> None:
    path = tmp_path / "languages.yml"
    text = LISTED.read_text("utf-8")
    assert change[0] in text
    path.write_text(text.replace(*change), "utf-8")
    with pytest.raises(LanguagesUnreadable, match=problem):
        Languages.read(path)


def test_a_list_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(LanguagesUnreadable, match=r"languages\.yml"):
        Languages.read(tmp_path / "languages.yml")
