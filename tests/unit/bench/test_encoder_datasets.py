"""Reading what the encoder is measured on: tiny files, right and wrong."""

import gzip
import json
from pathlib import Path

import pytest

from bench.encoder.datasets import (
    CROSS_SETS,
    LANGUAGES,
    NTREX_ROWS,
    read_news,
    read_ntrex,
    read_retrieval,
    require,
    split_passages,
)
from bench.encoder.errors import BadRow, DataMissing

QRELS = "query-id\tcorpus-id\tscore\n"


def write_gz(path: Path, *lines: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(line + "\n" for line in lines)


def beir(folder: Path, qrels: str = QRELS + "q2\tp1\t1\nq1\tp2\t1\nq1\tp1\t0\n") -> Path:
    """Two passages and three questions, of which the third has no right passage."""
    passages = [("p1", "", "One. Two."), ("p2", "Title", "Three.")]
    rows = [json.dumps({"_id": name, "title": title, "text": text}) for name, title, text in passages]
    write_gz(folder / "corpus.jsonl.gz", *rows)
    queries = [json.dumps({"_id": f"q{number}", "text": f"Question {number}?"}) for number in (1, 2, 3)]
    write_gz(folder / "queries.jsonl.gz", *queries)
    (folder / "qrels").mkdir()
    (folder / "qrels" / "test.tsv").write_text(qrels, encoding="utf-8")
    return folder


def test_ntrex_rows_keep_their_order_and_other_sources_are_left_out(tmp_path: Path) -> None:
    rows = [f"English {number}\tDeutsch {number}\tntrex" for number in range(NTREX_ROWS)]
    write_gz(tmp_path / "en-de.tsv.gz", "Call\tRufen\tcldr", *rows, "End\tEnde\tcldr")
    translations = read_ntrex(tmp_path, "de")
    assert tuple(f"English {number}" for number in range(NTREX_ROWS)) == translations.english
    assert "Deutsch 7" == translations.targets[7]


@pytest.mark.parametrize(
    ("rows", "line", "problem"),
    [
        (["a\tb\tntrex", "a\tb"], 2, "2 columns"),
        (["a\tb\tc\tntrex"], 1, "4 columns"),
        (["a\tb\tntrex"], 1, "1 rows of NTREX, not 1,000"),
    ],
)
def test_a_bad_row_of_translations_is_named(tmp_path: Path, rows: list[str], line: int, problem: str) -> None:
    """The message has file and line, so that the row can be found."""
    path = tmp_path / "en-el.tsv.gz"
    write_gz(path, *rows)
    with pytest.raises(BadRow, match=problem) as caught:
        read_ntrex(tmp_path, "el")
    assert (path, line) == (caught.value.path, caught.value.line)
    assert f"{path}, line {line}" in str(caught.value)


def test_a_cut_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "en-el.tsv.gz"
    write_gz(path, *(f"{number}\tb\tntrex" for number in range(NTREX_ROWS)))
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(BadRow, match="damaged"):
        read_ntrex(tmp_path, "el")


def test_a_retrieval_set_pairs_questions_with_passages(tmp_path: Path) -> None:
    """Only judged questions are asked; a title is the first sentence; a judgement of 0 is none."""
    found = read_retrieval(beir(tmp_path / "xquad-th-en"))
    assert ("Question 2?", "Question 1?") == found.queries
    assert [[0, 0], [1, 1]] == found.relevant.tolist()
    assert ("One. Two.", "Title\nThree.") == found.passages.texts
    assert ("One.", "Two.", "Title", "Three.") == found.passages.sentences
    assert [0, 2] == found.passages.starts.tolist()


def test_a_passage_is_never_without_a_sentence() -> None:
    """White space is its own sentence, or the passages after it would slip."""
    assert (" ", "好。") == split_passages((" ", "好。"), "zh-Hant").sentences


@pytest.mark.parametrize("row", ["q1\tp9\t1", "q9\tp1\t1", "q1\tp1", "q1\tp1\tyes"])
def test_a_judgement_that_points_nowhere_is_named(tmp_path: Path, row: str) -> None:
    folder = beir(tmp_path / "jsquad-ja", QRELS + "q1\tp1\t1\n" + row + "\n")
    with pytest.raises(BadRow) as caught:
        read_retrieval(folder)
    assert (folder / "qrels" / "test.tsv", 3) == (caught.value.path, caught.value.line)


@pytest.mark.parametrize("row", ["{", "[]", '{"_id": "p1"}', '{"_id": 1, "text": "x"}'])
def test_a_record_without_its_fields_is_named(tmp_path: Path, row: str) -> None:
    folder = beir(tmp_path / "jsquad-ja")
    write_gz(folder / "corpus.jsonl.gz", '{"_id": "p2", "text": "x"}', row)
    with pytest.raises(BadRow, match=r"corpus\.jsonl\.gz, line 2"):
        read_retrieval(folder)


def test_news_are_cut_to_one_length(tmp_path: Path) -> None:
    """What is left over at the end of a text is dropped; reading stops when there are enough."""
    write_gz(tmp_path / "a.jsonl.gz", '{"content": "甲乙丙丁戊"}', '{"content": "己"}')
    write_gz(tmp_path / "b.jsonl.gz", '{"content": "庚辛壬癸"}')
    assert ["甲乙", "丙丁", "庚辛"] == read_news(tmp_path, 3, 2)
    assert 4 == len(read_news(tmp_path, 9, 2))


def test_missing_data_are_named_with_the_place_where_they_are_expected(tmp_path: Path) -> None:
    for language in LANGUAGES[1:]:
        write_gz(tmp_path / "parallel" / f"en-{language}.tsv.gz")
    with pytest.raises(DataMissing) as caught:
        require(tmp_path)
    message = str(caught.value)
    assert str(tmp_path) in message
    assert f"parallel/en-{LANGUAGES[0]}.tsv.gz" in message
    assert f"parallel/en-{LANGUAGES[1]}.tsv.gz" not in message
    assert f"retrieval/{CROSS_SETS[0]}/corpus.jsonl.gz" in message
    assert "make eval-encoder DATA=FOLDER" in message
    assert tmp_path / "news" / "*.jsonl.gz" in caught.value.missing
