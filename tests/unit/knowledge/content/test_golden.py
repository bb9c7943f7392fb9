"""Golden questions: read as they are, told apart when broken, and complete in what is shipped."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from knowledge.content.faq import load_faq
from knowledge.content.golden import GoldenQuestion, failures, load_golden
from knowledge.documents import Document
from knowledge.errors import ContentError

ROOT = Path(__file__).parents[4]
QUESTIONS = ROOT / "tests" / "questions"
LANGUAGES = {"en", "zh-Hant", "zh-Hans", "ja", "ko", "vi", "id", "th", "fr", "pl", "tr", "el", "ar", "es", "de"}
FILE = """\
en:
  - question: How many?
    entry: pavilion.visitors
ja:
  - question: 明日の天気は？
    entry: none
"""
HOW_MANY = GoldenQuestion("How many?", "en", "faq:pavilion.visitors", 2)
WEATHER = GoldenQuestion("明日の天気は？", "ja", None, 5)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "golden.yml"


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    """The real FAQ."""
    return load_faq(ROOT / "content")


def problem(path: Path, text: str, documents: list[Document] | None = None) -> ContentError:
    """The error that `text` as golden.yml gives."""
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        load_golden(path, documents)
    return caught.value


def test_questions_are_read_in_the_files_order(path: Path) -> None:
    """Entries become document ids, `none` becomes None, each question knows its line."""
    path.write_text(FILE, encoding="utf-8")
    assert [HOW_MANY, WEATHER] == load_golden(path)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 1, "list of questions for each language"),
        ("- question: How many?\n", 1, "list of questions for each language"),
        ("en: How many?\n", 1, "must be a list"),
        ("en: []\n", 1, "must be a list"),
        ("en:\n  - How many?\n", 2, "`question:` and `entry:`"),
        ("en:\n  - question: How many?\n", 2, "`question:` and `entry:`"),
        ("en:\n  - question: How many?\n    entry: a.b\n    note: x\n", 2, "nothing else"),
        ("en:\n  - question: How many?\n    entry:\n", 3, "write `none`"),
        ("en:\n  - entry: none\n    question: 1999\n", 3, "put it in quotes"),
        (FILE + "  - question: 明日の天気は？\n    entry: none\n", 7, "asks the same as line 5"),
        ("en:\n  - question: How\n   entry: x\n", 3, "not valid YAML"),
        ("en:\n  - question: How many?\n    entry: 2026-02-30\n", None, "date that does not exist"),
    ],
)
def test_mistakes_are_told_with_their_line(path: Path, text: str, line: int | None, words: str) -> None:
    """An editor sees which line to mend, and how."""
    error = problem(path, text)
    assert (path, line) == (error.path, error.line)
    assert words in error.problem


def test_an_entry_that_no_document_has_is_refused(path: Path, documents: list[Document]) -> None:
    """A misspelt id would otherwise fail every index."""
    error = problem(path, FILE.replace("pavilion.visitors", "pavilion.visiters"), documents)
    assert 2 == error.line
    assert "`pavilion.visiters` is not in the FAQ" in error.problem


def test_a_missing_file_and_another_encoding_are_named(path: Path) -> None:
    """No traceback for what an editor can mend."""
    with pytest.raises(ContentError, match="missing"):
        load_golden(path)
    path.write_bytes("en: café".encode("latin-1"))
    with pytest.raises(ContentError, match="UTF-8"):
        load_golden(path)


@pytest.mark.parametrize(
    ("golden", "status", "found", "expected"),
    [
        (HOW_MANY, "answered", "faq:pavilion.visitors", []),
        (HOW_MANY, "uncertain", "faq:pavilion.visitors", []),
        (WEATHER, "no_answer", None, []),
        (WEATHER, "uncertain", "faq:expo.what", []),
        (
            HOW_MANY,
            "answered",
            "faq:expo.leaders",
            ["“How many?” [en]: expected faq:pavilion.visitors, got faq:expo.leaders (answered)"],
        ),
        (
            HOW_MANY,
            "uncertain",
            "faq:expo.leaders",
            ["“How many?” [en]: expected faq:pavilion.visitors, got faq:expo.leaders (uncertain)"],
        ),
        (
            HOW_MANY,
            "no_answer",
            "faq:pavilion.visitors",
            [],
        ),
        (
            HOW_MANY,
            "no_answer",
            None,
            ["“How many?” [en]: expected faq:pavilion.visitors, got nothing (no_answer)"],
        ),
        (
            WEATHER,
            "answered",
            "news:0123456789abcdef",
            ["“明日の天気は？” [ja]: expected no answer, got news:0123456789abcdef (answered)"],
        ),
    ],
)
def test_each_broken_question_gives_a_line(
    golden: GoldenQuestion, status: str, found: str | None, expected: list[str]
) -> None:
    """Question, language, what was expected and what came; nothing for what is right."""
    assert expected == [str(one) for one in failures([golden], lambda question, language: (status, found))]


def test_every_question_is_asked_in_its_language() -> None:
    """And all failures are told, not the first alone."""
    asked: list[tuple[str, str]] = []

    def ask(question: str, language: str) -> tuple[str, str | None]:
        asked.append((question, language))
        return "answered", "faq:other"

    assert 2 == len(failures([HOW_MANY, WEATHER], ask))
    assert [("How many?", "en"), ("明日の天気は？", "ja")] == asked


@given(st.text(max_size=80))
def test_any_text_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    """Whatever is in the file: questions, or an error that names it."""
    path = tmp_path_factory.mktemp("golden") / "golden.yml"
    path.write_text(text, encoding="utf-8", errors="surrogateescape" if text.isascii() else "replace")
    try:
        assert load_golden(path)
    except ContentError as error:
        assert path == error.path


def test_the_shipped_questions_cover_every_language(documents: list[Document]) -> None:
    """At least eight a language, some of which must not be answered; every entry exists."""
    questions = load_golden(ROOT / "content" / "golden.yml", documents)
    counts = Counter(golden.language for golden in questions)
    assert LANGUAGES == set(counts)
    assert 8 <= min(counts.values())
    assert LANGUAGES == {golden.language for golden in questions if golden.expected is None}


def test_held_out_questions_are_sixty_each_and_nowhere_else(documents: list[Document]) -> None:
    """They are a fair test only while no entry, no golden question and no other test has the same words."""
    answerable = YAML(typ="safe").load(QUESTIONS / "answerable.yml")
    unanswerable = YAML(typ="safe").load(QUESTIONS / "unanswerable.yml")
    held_out = [item["q"] for items in answerable.values() for item in items]
    held_out += [question for questions in unanswerable.values() for question in questions]
    assert [60, 60] == [sum(map(len, by_language.values())) for by_language in (answerable, unanswerable)]
    elsewhere = {question for document in documents for question in (document.title, *document.questions)}
    elsewhere |= {golden.question for golden in load_golden(ROOT / "content" / "golden.yml")}
    for name in ("in_scope.yml", "out_of_scope.yml"):
        elsewhere |= set(_strings(YAML(typ="safe").load(QUESTIONS / name)))
    assert 120 == len({question.casefold() for question in held_out} - {other.casefold() for other in elsewhere})


def test_held_out_entries_exist(documents: list[Document]) -> None:
    """An answerable question names entries of the FAQ, by which its answer is judged."""
    known = {document.id.removeprefix("faq:") for document in documents}
    for items in YAML(typ="safe").load(QUESTIONS / "answerable.yml").values():
        for item in items:
            assert set() == set(item["entry"] if isinstance(item["entry"], list) else [item["entry"]]) - known


def _strings(data: object) -> list[str]:
    if isinstance(data, str):
        return [data]
    items = data.values() if isinstance(data, dict) else data if isinstance(data, list) else []
    return [text for item in items for text in _strings(item)]
