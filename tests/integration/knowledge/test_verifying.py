"""Damage and drift are found and named, wherever they are."""

import json
from pathlib import Path

import pytest

from knowledge.encoder import Encoder
from knowledge.index.build import build_index
from knowledge.index.files import records
from knowledge.index.generations import SEGMENTS
from knowledge.index.manifest import MANIFEST
from knowledge.index.verifying import verify_all
from knowledge.segments.lexical import LexicalIndex
from tests.integration.knowledge.small_city import BEES, BIKES, TRAMS, in_force


@pytest.fixture
def root(tmp_path: Path, encoder: Encoder) -> Path:
    """Two generations; the segment of the first is shared by both."""
    root = tmp_path / "index"
    build_index(root, [BEES, BIKES], encoder)
    build_index(root, [BEES, BIKES, TRAMS], encoder)
    return root


def problems(root: Path) -> list[tuple[str, ...]]:
    return [verdict.problems for verdict in verify_all(root)]


def rewrite(folder: Path, **changes: object) -> None:
    """The manifest with other values, and with the checksums of the files as they are now."""
    path = folder / MANIFEST
    manifest = json.loads(path.read_text(encoding="utf-8"))
    files = {name: {"sha256": r.sha256, "size": r.size} for name, r in records(folder, None, {}).items()}
    path.write_text(json.dumps({**manifest, "files": files, **changes}), encoding="utf-8")


def test_whole_generations(root: Path) -> None:
    assert [(), ()] == problems(root)
    assert [False, True] == [verdict.in_force for verdict in verify_all(root)]


def test_damage_in_a_shared_segment_is_in_both(root: Path) -> None:
    """Hard links share their damage too; verify says so for each."""
    first = in_force(root).segments[0].name
    path = root / first / SEGMENTS / first / "vectors.faiss"
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    with path.open("r+b") as file:
        file.write(data)
    assert all("vectors.faiss" in problem for [problem] in problems(root))


def test_words_that_drifted_from_passages(root: Path) -> None:
    """Every file as its checksum says, and yet a passage would not be found."""
    folder = root / in_force(root).generation
    LexicalIndex.update(folder, [], [in_force(root).segments[1].first_id])
    rewrite(folder)
    [_, (problem,)] = problems(root)
    assert "lexical index holds 0 passages too many and lacks 1" in problem


def test_a_manifest_that_counts_otherwise(root: Path) -> None:
    rewrite(root / in_force(root).generation, documents=7)
    [_, (problem,)] = problems(root)
    assert "by the manifest" in problem


def test_ids_that_would_be_used_again(root: Path) -> None:
    rewrite(root / in_force(root).generation, next_id=1)
    assert any("used twice" in problem for problem in problems(root)[1])


def test_a_ledger_of_other_documents(root: Path) -> None:
    """Changes are told by it: one that is wrong would hide them."""
    manifest = in_force(root)
    folder = root / manifest.generation
    ledger = folder / SEGMENTS / manifest.segments[1].name / "ledger.json"
    rows = json.loads(ledger.read_text(encoding="utf-8"))
    ledger.write_text(json.dumps([[*row[:2], "0" * 32, row[3]] for row in rows]), encoding="utf-8")
    rewrite(folder)
    assert any("ledger" in problem for problem in problems(root)[1])


def test_a_generation_under_another_s_name(root: Path) -> None:
    folder = root / in_force(root).generation
    folder.rename(root / "20300101T000000-000")
    (root / "CURRENT").write_text("20300101T000000-000\n", encoding="utf-8")
    [_, (problem,)] = problems(root)
    assert "its manifest is that of" in problem
