"""content/rehearsal: questions with a known outcome."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.content.faq import load_faq
from knowledge.content.rehearsal import NO_LESSONS, AnsweredPhrase, Lessons, Phrase, load_lessons
from knowledge.errors import ContentError
from wording.languages import Languages

CONTENT = Path(__file__).parents[4] / "content"
GOOD = """\
answered:
  - q: was ist das für ein zähler
    entry: meters.what
  - q: who signed?
    entry: [forums.signer, forums.count]
near:
  - was kostet der bus
elsewhere:
  - wie wird das wetter
"""

phrases = st.builds(Phrase, st.text(), st.text())
answered = st.builds(AnsweredPhrase, st.text(), st.text(), st.frozensets(st.text()))
lessons = st.builds(Lessons, *(st.lists(of, max_size=3).map(tuple) for of in (answered, phrases, phrases)))


def test_each_kind_is_read(tmp_path: Path) -> None:
    """With its language, the file's name, and all entries that would do."""
    (tmp_path / "de.yml").write_text(GOOD, encoding="utf-8")
    expected = Lessons(
        (
            AnsweredPhrase("was ist das für ein zähler", "de", frozenset({"faq:meters.what"})),
            AnsweredPhrase("who signed?", "de", frozenset({"faq:forums.signer", "faq:forums.count"})),
        ),
        (Phrase("was kostet der bus", "de"),),
        (Phrase("wie wird das wetter", "de"),),
    )
    assert expected == load_lessons(tmp_path)


def test_no_folder_is_no_lessons(tmp_path: Path) -> None:
    """A city need not have any."""
    assert NO_LESSONS == load_lessons(tmp_path / "rehearsal")


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("- a\n", 1, "`answered:`, `near:`, `elsewhere:`"),
        ("answerd:\n  - q: a\n    entry: b\n", 1, "`answered:`, `near:`, `elsewhere:`"),
        ("near: what does it cost\n", 1, "`near:` must be a list"),
        ("near:\n  - a\n  - \n", 3, "must be a question"),
        ("near:\n  - 1999\n", 2, "must be a question"),
        ("answered:\n  - what is it\n", 2, "`- q: the question`"),
        ("answered:\n  - q: a\n    entry: b\n  - q: a\n    entries: b\n", 4, "`entry: the entry's id`"),
        ("answered:\n  - q: a\n    entry: []\n", 2, "`entry:` must be an entry's id"),
        ("near: [a\n", 2, "not valid YAML"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, text: str, line: int, told: str) -> None:
    """File, line and remedy."""
    (tmp_path / "de.yml").write_text(text, encoding="utf-8")
    with pytest.raises(ContentError) as raised:
        load_lessons(tmp_path)
    assert f"de.yml, line {line}" in str(raised.value)
    assert told in str(raised.value)


@given(lessons, st.lists(phrases, max_size=3))
def test_a_record_gives_the_same_lessons(given_lessons: Lessons, more: list[Phrase]) -> None:
    """Kept beside the index as JSON, whatever people have typed."""
    joined = given_lessons.and_elsewhere(more)
    assert joined == Lessons.of_record(joined.record())
    assert len(given_lessons.elsewhere) + len(more) == len(joined.elsewhere)


def test_what_ships_is_about_the_faq_that_ships() -> None:
    """In every language that the glossary knows; every entry that is named is there, and each is asked for."""
    shipped = load_lessons(CONTENT / "rehearsal")
    known = {document.id for document in load_faq(CONTENT)}
    assert known == frozenset().union(*(phrase.accepted for phrase in shipped.answered))
    languages = {language for of_kind in shipped.record().values() for language, *_ in of_kind}
    assert set(Languages.read(CONTENT / "languages.yml")) <= languages
    assert 15 == len(languages)


def test_no_question_ships_twice() -> None:
    """Nor stands in the FAQ, where it belongs when it is to be found by its words."""
    shipped = load_lessons(CONTENT / "rehearsal")
    asked = [text.casefold() for of_kind in shipped.record().values() for _, text, *_ in of_kind]
    written = {text.casefold() for document in load_faq(CONTENT) for text in (document.title, *document.questions)}
    assert len(asked) == len(set(asked))
    assert set() == written & set(asked)
