"""A small set through the real index, encoder and search."""

import errno
import tempfile
from pathlib import Path

import pytest

from knowledge.encoder import Encoder
from knowledge.evaluation.beir import EvaluationSet, read_set
from knowledge.evaluation.errors import NoRoom
from knowledge.evaluation.layout import find_sets
from knowledge.evaluation.run import measure
from tests.unit.knowledge.evaluation.beir_sets import write_set


@pytest.fixture
def small(tmp_path: Path) -> EvaluationSet:
    [files] = find_sets([write_set(tmp_path / "small")])
    return read_set(files)


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A temporary folder of the test's own."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def test_a_set_is_indexed_once_and_asked_in_every_mode(small: EvaluationSet, encoder: Encoder, temporary: Path) -> None:
    """Both questions share the words of what answers them: each mode finds both at once. Nothing is left behind."""
    steps: list[str] = []
    rows = list(measure(small, encoder, ["hybrid", "dense", "lexical"], lambda step, done, total: steps.append(step)))
    assert ["hybrid", "dense", "lexical"] == [row.mode for row in rows]
    assert [1.0, 1.0, 1.0] == [row.figures["recall@1"] for row in rows]
    assert {("small", 2, 3, rows[0].build_seconds)} == {
        (row.name, row.queries, row.documents, row.build_seconds) for row in rows
    }
    assert all(0 < row.figures["p50_ms"] <= row.figures["p95_ms"] for row in rows)
    assert ["hybrid", "dense", "lexical"] == [step for step in steps if step in ("hybrid", "dense", "lexical")]
    assert [] == list(temporary.iterdir())


def test_a_question_without_a_known_word_tells_the_modes_apart(encoder: Encoder, tmp_path: Path) -> None:
    """The words of another language are found by meaning alone."""
    folder = write_set(tmp_path / "other", queries={"q1": "夜市幾點開始營業？"}, qrels="q1\td1\t1\n")
    [files] = find_sets([folder])
    dense, lexical = measure(read_set(files), encoder, ["dense", "lexical"])
    assert (1.0, 0.0) == (dense.figures["recall@1"], lexical.figures["recall@1"])


def test_documents_without_text_do_not_stop_the_measurement(encoder: Encoder, tmp_path: Path) -> None:
    corpus = {"d1": ("", ""), "d2": ("  ", "\n"), "d3": ("Night market", ""), "d4": ("\ud800", "\ud800 x")}
    queries = {"q1": "night market", "q2": "", "q3": "\ud800?"}
    qrels = "q1\td3\t1\nq2\td1\t1\nq3\td2\t1\n"
    [files] = find_sets([write_set(tmp_path / "odd", corpus, queries, qrels)])
    [row] = measure(read_set(files), encoder, ["hybrid"])
    assert 1 / 3 <= row.figures["recall@1"] < 1.0


def test_a_full_disk_is_told_with_what_to_do(small: EvaluationSet, encoder: Encoder, temporary: Path) -> None:
    """And what was written until then is gone."""

    def full(step: str, done: int, total: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(NoRoom, match=r"No space left on device.*TMPDIR=FOLDER"):
        list(measure(small, encoder, ["hybrid"], full))
    assert [] == list(temporary.iterdir())
