"""Reading sets in BEIR layout: right ones, wrong ones, and any bytes at all."""

import contextlib
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.evaluation.beir import EvaluationSet, as_document, read_set
from knowledge.evaluation.errors import BadSet, EvaluationError
from knowledge.evaluation.layout import find_sets
from tests.unit.knowledge.evaluation.beir_sets import CORPUS, HEADER, QUERIES, corpus_lines, write_lines, write_set


def read(folder: Path) -> EvaluationSet:
    [files] = find_sets([folder])
    return read_set(files)


@pytest.mark.parametrize("ending", [".jsonl", ".jsonl.gz"])
def test_a_set_is_its_documents_its_judged_queries_and_what_is_right(tmp_path: Path, ending: str) -> None:
    """A query without a judgement is not asked; a judgement of 0 is none; a grade is kept."""
    found = read(write_set(tmp_path / "city", ending=ending))
    assert "city" == found.name
    assert [as_document(name, title, text) for name, (title, text) in CORPUS.items()] == list(found.documents)
    assert {"q1": QUERIES["q1"], "q2": QUERIES["q2"]} == found.queries
    assert {"q1": {"d1": 1}, "q2": {"d3": 2}} == found.judgements
    assert () == found.warnings


def test_a_document_is_a_news_article_in_the_language_of_its_script() -> None:
    document = as_document("d3", *CORPUS["d3"])
    assert ("d3", "news", "zh", "圖書館") == (document.id, document.kind, document.language, document.title)


@pytest.mark.parametrize(
    "qrels",
    [
        "q1\td1\t1\nq2\td3\t2\n",
        "q1 0 d1 1\nq2 0 d3 2\n",
        "q1\t0\td1\t1\r\n\r\nq2\t0\td3\t2\r\n",
        "\ufeff" + HEADER + "q2\td3\t2\nq1\td1\t1\nq1\td1\t1\nq1\td2\t-1",
    ],
)
def test_judgements_are_read_in_every_usual_form(tmp_path: Path, qrels: str) -> None:
    """Without a header, TREC's four columns, line ends of any system, a byte order mark, the same line twice."""
    assert {"q1": {"d1": 1}, "q2": {"d3": 2}} == read(write_set(tmp_path / "city", qrels=qrels)).judgements


def test_a_title_may_be_missing_and_a_document_empty(tmp_path: Path) -> None:
    folder = write_set(tmp_path / "city")
    lines = ['{"_id": "d1", "text": "x"}', '{"_id": "d3", "title": null, "text": ""}', '{"_id": "d2", "text": " "}']
    write_lines(folder / "corpus.jsonl", lines)
    assert [("d1", "", "x"), ("d3", "", ""), ("d2", "", " ")] == [
        (document.id, document.title, document.text) for document in read(folder).documents
    ]


def test_half_a_character_is_replaced(tmp_path: Path) -> None:
    """JSON can write a lone surrogate; sentences, terms and vectors cannot be made of it."""
    folder = write_set(tmp_path / "city")
    write_lines(folder / "corpus.jsonl", [r'{"_id": "d1", "title": "a\ud800", "text": "\udc00 \ud83d\ude00"}'])
    [document] = read(folder).documents
    assert ("a?", "? 😀") == (document.title, document.text)


def test_ids_that_the_set_does_not_have_are_counted_in_a_warning(tmp_path: Path) -> None:
    """They do not stop the measurement, nor do they count in it."""
    qrels = HEADER + "q1\td9\t1\nq1\td1\t1\nq8\td1\t1\nq2\td8\t0\n"
    found = read(write_set(tmp_path / "city", qrels=qrels))
    assert {"q1": {"d1": 1}} == found.judgements
    assert {"q1": QUERIES["q1"]} == found.queries
    [warning] = found.warnings
    assert "3 lines are ignored" in warning and "line 2, 'd9'" in warning
    assert str(tmp_path / "city" / "qrels" / "test.tsv") in warning


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("{", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ('["d9"]', "no object"),
        ('{"text": "x"}', "no object"),
        ('{"_id": "d9"}', "no object"),
        ('{"_id": 9, "text": "x"}', "no object"),
        ('{"_id": "", "text": "x"}', "no object"),
        ('{"_id": "\\ud800", "text": "x"}', "no object"),
        ('{"_id": "d9", "text": ["x"]}', "no object"),
        ('{"_id": "d1", "text": "x"}', r"'d1' stands on line 1 already"),
    ],
)
@pytest.mark.parametrize("name", ["corpus.jsonl", "queries.jsonl.gz"])
def test_a_bad_line_is_told_by_file_and_number(tmp_path: Path, name: str, line: str, problem: str) -> None:
    folder = write_set(tmp_path / "city")
    (folder / "queries.jsonl").rename(folder / "queries.old")
    write_lines(folder / "queries.jsonl.gz", ['{"_id": "q1", "text": "x"}'])
    write_lines(folder / name, ['{"_id": "d1", "text": "x"}', "", line])
    with pytest.raises(BadSet, match=problem) as caught:
        read(folder)
    assert (folder / name, 3) == (caught.value.path, caught.value.line)
    assert str(caught.value).startswith(f"{folder / name}, line 3: ")


def test_a_title_that_is_no_text_is_told(tmp_path: Path) -> None:
    folder = write_set(tmp_path / "city")
    write_lines(folder / "corpus.jsonl", ['{"_id": "d1", "title": 7, "text": "x"}'])
    with pytest.raises(BadSet, match="line 1: its title"):
        read(folder)


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("q1\td1", "2 columns"),
        ("q1\t0\td1\t1\tx", "5 columns"),
        ("q1\td1\tyes", "'yes' is no whole number"),
        ("q1\td1\t0.5", "'0.5' is no whole number"),
        ("q1\td1\t99999", "'99999' is no whole number"),
        ("q1\td1\t", "'' is no whole number"),
        ("q2\td3\t1", "line 2 judges 'q2' and 'd3' with 2, this one with 1"),
    ],
)
def test_a_bad_judgement_is_told_by_file_and_number(tmp_path: Path, row: str, problem: str) -> None:
    folder = write_set(tmp_path / "city", qrels=HEADER + "q2\td3\t2\n" + row + "\n")
    with pytest.raises(BadSet, match=problem) as caught:
        read(folder)
    assert (folder / "qrels" / "test.tsv", 3) == (caught.value.path, caught.value.line)


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("corpus.jsonl", "", "there is no text"),
        ("corpus.jsonl", '{"_id": "d1", "title": "", "text": " "}\n', "there is no text"),
        ("queries.jsonl", "\n\n", "there is no query"),
        ("qrels/test.tsv", "", "no line with a score above 0"),
        ("qrels/test.tsv", HEADER, "no line with a score above 0"),
        ("qrels/test.tsv", HEADER + "q1\td1\t0\n", "no line with a score above 0"),
        ("qrels/test.tsv", HEADER + "q1\td9\t1\n", "no line with a score above 0"),
    ],
)
def test_an_empty_set_is_an_error(tmp_path: Path, name: str, content: str, problem: str) -> None:
    folder = write_set(tmp_path / "city")
    (folder / name).write_text(content, encoding="utf-8")
    with pytest.raises(BadSet, match=problem) as caught:
        read(folder)
    assert folder / name == caught.value.path


def test_a_damaged_archive_is_told_with_the_last_line_that_was_good(tmp_path: Path) -> None:
    folder = write_set(tmp_path / "city", ending=".jsonl.gz")
    path = folder / "corpus.jsonl.gz"
    path.write_bytes(path.read_bytes()[:-12])
    with pytest.raises(BadSet, match="cannot be read on") as caught:
        read(folder)
    assert path == caught.value.path


def test_other_encodings_are_told_by_the_line(tmp_path: Path) -> None:
    folder = write_set(tmp_path / "city")
    body = "\n".join(corpus_lines({"d1": ("", "x")})) + '\n{"_id": "d2", "text": "café"}\n'
    (folder / "corpus.jsonl").write_bytes(body.encode("latin-1"))
    with pytest.raises(BadSet, match="line 2: this is not UTF-8"):
        read(folder)


@given(
    name=st.sampled_from(["corpus.jsonl", "corpus.jsonl.gz", "queries.jsonl", "qrels/test.tsv"]),
    content=st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")),
)
def test_any_bytes_are_read_or_refused(name: str, content: bytes) -> None:
    """Whatever a file of a set holds, nothing but our own error comes of it."""
    with tempfile.TemporaryDirectory() as place:
        folder = write_set(Path(place) / "city")
        if name.endswith(".gz"):
            (folder / "corpus.jsonl").unlink()
        (folder / name).write_bytes(content)
        with contextlib.suppress(EvaluationError):
            found = read(folder)
            assert found.queries.keys() == found.judgements.keys() != set()


TEXT = st.text(st.characters(codec="utf-8"))


@given(st.lists(st.tuples(TEXT, TEXT, TEXT), max_size=5, unique_by=lambda row: row[0]))
def test_what_is_written_as_json_is_read_as_it_was(rows: list[tuple[str, str, str]]) -> None:
    """Ids, titles and texts of any characters, lone line separators among them."""
    corpus = {"d1": ("", "x"), **{name: (title, text) for name, title, text in rows if name}}
    with tempfile.TemporaryDirectory() as place:
        found = read(write_set(Path(place) / "city", corpus=corpus, qrels="q1\td1\t1\n"))
    assert [(n, *t) for n, t in corpus.items()] == [(d.id, d.title, d.text) for d in found.documents]
