"""FAQ files: read as they are, and told what is wrong with file and line."""

from datetime import date
from pathlib import Path

import pytest

from knowledge.content.faq import load_faq, topic_titles
from knowledge.documents import Document, Event
from knowledge.errors import ContentError

SOURCES = """\
page:
  url: https://www.gov.taipei/
  url_is_home_page: true
  published: 2018-04-03
  language: en
  title: {en: The page}
hotline:
  url: https://www.gov.taipei/
  published: null
  language: null
  title: {en: Hotline, ja: ホットライン}
"""
ENTRY = """\
topic: meters
title: Meters
entries:
  - id: meters.what
    question: What are they?
    variants: [meters?, which meters]
    answer: Water, electricity and gas.
    source: page
    updated: 2026-11-24
"""


@pytest.fixture
def content(tmp_path: Path) -> Path:
    (tmp_path / "faq" / "en").mkdir(parents=True)
    (tmp_path / "sources.yml").write_text(SOURCES, encoding="utf-8")
    (tmp_path / "faq" / "en" / "meters.yml").write_text(ENTRY, encoding="utf-8")
    return tmp_path


def entry_with(content: Path, lines: str) -> Document:
    """The entry of meters.yml with `lines` added to it."""
    (content / "faq" / "en" / "meters.yml").write_text(ENTRY + lines, encoding="utf-8")
    [document] = load_faq(content)
    return document


def problem(content: Path, text: str) -> ContentError:
    """The error that `text` as meters.yml gives."""
    (content / "faq" / "en" / "meters.yml").write_text(text, encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        load_faq(content)
    return caught.value


def test_an_entry_is_read(content: Path) -> None:
    """All fields arrive where search and answers look for them."""
    [document] = load_faq(content)
    assert "faq:meters.what" == document.id
    assert "en" == document.language
    assert ("meters?", "which meters") == document.questions
    assert "The page" == document.source.title
    assert "2018-04-03" == str(document.source.published)
    assert document.source.url_is_home_page
    assert not document.sample
    assert (None, None) == (document.valid_until, document.event)


@pytest.mark.parametrize("written", ["2026-12-31", '"2026-12-31"'])
def test_until_when_an_entry_holds(content: Path, written: str) -> None:
    """A day, quoted or not."""
    assert date(2026, 12, 31) == entry_with(content, f"    valid_until: {written}\n").valid_until


@pytest.mark.parametrize(
    ("written", "start", "end"),
    [
        ("{start: 2018-03-27, end: 2018-03-30}", date(2018, 3, 27), date(2018, 3, 30)),
        ("{start: 2018-03-27}", date(2018, 3, 27), date(2018, 3, 27)),
        ("{start: 2018-03}", date(2018, 3, 1), date(2018, 3, 31)),
        ("{start: 2018-12, end: 2020-02}", date(2018, 12, 1), date(2020, 2, 29)),
        ("{start: 2018, end: 2019-01-02}", date(2018, 1, 1), date(2019, 1, 2)),
    ],
)
def test_when_an_event_took_place(content: Path, written: str, start: date, end: date) -> None:
    """A month or a year stands for all its days, where no more is known."""
    assert Event(start, end) == entry_with(content, f"    event: {written}\n").event


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("    valid_until: soon", "`valid_until: soon` is not a day; write it as 2026-12-31"),
        ("    valid_until: 2026-12", "is not a day"),
        ("    valid_until: 2026-12-31 10:00:00", "is not a day"),
        ("    valid_until: yes", "is not a day"),
        ("    event: 2018-03", "must hold `start:`"),
        ("    event: {end: 2018-03}", "must hold `start:`"),
        ("    event: {start: 2018-03, where: here}", "nothing else"),
        ("    event: {start: March}", "`start: March` is no day, month or year"),
        ("    event: {start: 2018-13}", "`start: 2018-13` is no day, month or year"),
        ("    event: {start: 2018-03, end: 2018-02-28}", "ends (2018-02-28) before it starts (2018-03)"),
    ],
)
def test_a_date_that_cannot_be_read(content: Path, lines: str, said: str) -> None:
    """Told with its line and how to write it."""
    error = problem(content, ENTRY + lines + "\n")
    assert said in str(error)
    assert "meters.yml, line 10" in str(error)


def test_a_day_that_does_not_exist(content: Path) -> None:
    """YAML takes it for a date and fails over it: an editor is told all the same."""
    error = problem(content, ENTRY + "    valid_until: 2026-02-30\n")
    assert "meters.yml" in str(error) and "a date that does not exist" in str(error)


def test_a_source_without_an_original_has_a_title_for_each_reader(content: Path) -> None:
    """The hotline is no English page: a Japanese reader gets its Japanese name."""
    (content / "faq" / "ja").mkdir()
    (content / "faq" / "ja" / "meters.yml").write_text(
        ENTRY.replace("source: page", "source: hotline"), encoding="utf-8"
    )
    document = next(document for document in load_faq(content) if document.language == "ja")
    assert ("ja", "ホットライン") == (document.source.language, document.source.title)


def test_topic_titles(content: Path) -> None:
    """Buttons show a topic's title in the reader's language."""
    assert {"meters": {"en": "Meters"}} == topic_titles(content)


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("  - id: meters.what\n    question", "  - question", 4, "no `id:`"),
        ("id: meters.what", "id: Meters What", 4, "small letters"),
        ("    answer: Water, electricity and gas.\n", "", 4, "no `answer:`"),
        ("source: page", "source: nowhere", 8, "not in sources.yml"),
        ("topic: meters\n", "", 1, "`topic:` is missing"),
        ("variants: [meters?, which meters]", "variants: meters?", 6, "must be a list"),
        ("question: What are they?", "question: 'What are they?", 5, "not valid YAML"),
        ("  - id: meters.what", "  - just words", 5, "not valid YAML"),
    ],
)
def test_what_is_wrong_is_told_with_file_and_line(content: Path, old: str, new: str, line: int, said: str) -> None:
    """An editor sees which file and which line to mend, and how."""
    error = problem(content, ENTRY.replace(old, new))
    assert said in str(error)
    assert f"meters.yml, line {line}" in str(error) or said == "not valid YAML"
    assert error.line is not None


def test_a_repeated_id_is_refused(content: Path) -> None:
    """Two entries with one id would hide each other."""
    again = ENTRY + ENTRY.split("entries:\n")[1]
    assert "already used in meters.yml" in str(problem(content, again))


@pytest.mark.parametrize("text", ["", "- a\n- b\n", "just text", "topic: x\nentries: none\n"])
def test_files_of_another_shape(content: Path, text: str) -> None:
    """A file that is no FAQ file is named."""
    assert "meters.yml" in str(problem(content, text))


def test_a_file_that_is_not_utf8(content: Path) -> None:
    """An old editor's Big5 file is named, not misread."""
    (content / "faq" / "en" / "meters.yml").write_bytes("topic: 水錶".encode("big5"))
    with pytest.raises(ContentError, match=r"meters\.yml.*not UTF-8"):
        load_faq(content)


def test_missing_sources(content: Path) -> None:
    """Without sources nothing can be answered with its source."""
    (content / "sources.yml").unlink()
    with pytest.raises(ContentError, match=r"sources\.yml.*missing"):
        load_faq(content)


def test_no_content(tmp_path: Path) -> None:
    """An empty content folder says what belongs there."""
    (tmp_path / "sources.yml").write_text(SOURCES, encoding="utf-8")
    with pytest.raises(ContentError, match="faq/<language>/<topic>"):
        load_faq(tmp_path)
