"""`citydesk eval` as people run it: what goes to standard output, what to standard error, how it ends."""

import json
from pathlib import Path

import pytest

from tests.integration.citydesk.command_line import Result, in_a_process, in_this_process
from tests.unit.knowledge.evaluation.beir_sets import HEADER, write_set

KEYS = ["name", "mode", "recall@1", "recall@5", "recall@10", "mrr@10", "ndcg@10", "p50_ms", "p95_ms"]
MORE = ["queries", "documents", "build_seconds"]


def evaluate(home: Path, *arguments: str | Path, apart: bool = False) -> Result:
    """The command in this process, or `apart` in one of its own."""
    run = in_a_process if apart else in_this_process
    return run("eval", *map(str, arguments), CITYDESK_HOME=str(home / "home"))


def test_machines_get_json_alone_with_a_row_for_each_set_and_mode(tmp_path: Path) -> None:
    """A folder of sets and a set; warnings and progress on standard error; the index of the service untouched."""
    write_set(tmp_path / "sets" / "b", ending=".jsonl.gz")
    write_set(tmp_path / "sets" / "a")
    other = write_set(tmp_path / "other", qrels=HEADER + "q1\td1\t1\nq1\td9\t1\n")
    modes = ("--mode", "lexical", "--mode", "dense")
    result = evaluate(tmp_path, "--json", tmp_path / "sets", other, *modes, apart=True)
    assert result.returncode == 0, result.stderr
    rows = json.loads(result.stdout)["sets"]
    expected = [(name, mode) for name in ("a", "b", "other") for mode in ("lexical", "dense")]
    assert expected == [(row["name"], row["mode"]) for row in rows]
    assert all([*KEYS, *MORE] == list(row) for row in rows)
    assert all(0.0 <= row[key] <= 1.0 for row in rows for key in KEYS[2:7])
    assert all(0.0 < row["p50_ms"] <= row["p95_ms"] for row in rows)
    assert [(2, 3)] * 4 + [(1, 3)] * 2 == [(row["queries"], row["documents"]) for row in rows]
    assert "1 line is ignored" in result.stderr and "'d9'" in result.stderr
    assert "[3/3] other: " in result.stderr
    assert not (tmp_path / "home").exists()


def test_people_get_one_table_in_hybrid_mode(tmp_path: Path) -> None:
    write_set(tmp_path / "sets" / "a")
    write_set(tmp_path / "sets" / "b")
    result = evaluate(tmp_path, tmp_path / "sets")
    assert result.returncode == 0, result.stderr
    lines = [line.replace("│", "").split() for line in result.stdout.splitlines() if "hybrid" in line]
    assert [["a", "hybrid"], ["b", "hybrid"], ["mean", "hybrid"]] == [line[:2] for line in lines]


def test_a_bad_line_ends_with_1_before_anything_is_indexed(tmp_path: Path) -> None:
    """Although the first set is fine: nobody waits for half a table."""
    write_set(tmp_path / "a")
    path = write_set(tmp_path / "b") / "corpus.jsonl"
    path.write_text(path.read_text(encoding="utf-8") + "{\n", encoding="utf-8")
    result = evaluate(tmp_path, tmp_path / "a", tmp_path / "b", "--json", apart=True)
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.startswith(f"citydesk: {path}, line 4: this is not JSON")
    assert len(result.stderr.splitlines()) == 1


def test_a_missing_file_ends_with_1_and_is_named(tmp_path: Path) -> None:
    folder = write_set(tmp_path / "a")
    (folder / "qrels" / "test.tsv").unlink()
    result = evaluate(tmp_path, folder)
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.startswith(f"citydesk: {folder / 'qrels' / 'test.tsv'} is missing.")


@pytest.mark.parametrize("arguments", [[], ["no-such-folder"], ["README.md"], ["tests", "--mode", "best"]])
def test_misuse_ends_with_2(tmp_path: Path, arguments: list[str]) -> None:
    result = evaluate(tmp_path, *arguments, apart=True)
    assert (result.returncode, result.stdout) == (2, "")
    assert "Usage: citydesk eval" in result.stderr
