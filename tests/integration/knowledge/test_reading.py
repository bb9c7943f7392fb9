"""What a serving process holds open, whatever happens to the files."""

import logging
from pathlib import Path

import pytest

from knowledge.encoder import Encoder
from knowledge.errors import IndexCorrupt, IndexMismatch, IndexMissing
from knowledge.index import generations
from knowledge.index.build import build_index
from knowledge.index.reading import GenerationReader
from knowledge.index.rollback import roll_back
from tests.integration.knowledge.small_city import BEES, BIKES, TRAMS, Watched, in_force


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "index"


def damage(root: Path, generation: str) -> None:
    """A file of this generation's own, not one that it shares with another."""
    (root / generation / "segments" / generation / "documents.jsonl").write_bytes(b"")


def ids(reader: GenerationReader) -> set[str]:
    return {document.id for document in reader.current().documents()}


def test_a_new_generation_is_picked_up(root: Path, encoder: Encoder) -> None:
    """And a rollback too; between them nothing is loaded again."""
    build_index(root, [BEES], encoder)
    reader = GenerationReader(root, encoder)
    assert {"faq:bees"} == ids(reader)
    assert reader.current() is reader.current()
    build_index(root, [BEES, BIKES], encoder)
    assert {"faq:bees", "faq:bikes"} == ids(reader)
    roll_back(root, encoder)
    assert {"faq:bees"} == ids(reader)


def test_the_one_in_memory_goes_on(root: Path, encoder: Encoder, caplog: pytest.LogCaptureFixture) -> None:
    """With one warning, not one for each question; and the next whole one is picked up."""
    build_index(root, [BEES], encoder)
    reader = GenerationReader(root, encoder)
    reader.current()
    damage(root, build_index(root, [BEES, BIKES], encoder).generation)
    with caplog.at_level(logging.WARNING):
        assert {"faq:bees"} == ids(reader) == ids(reader)
    assert 1 == len(caplog.records)
    build_index(root, [BEES, TRAMS], encoder)
    assert {"faq:bees", "faq:trams"} == ids(reader)


def test_a_process_that_starts_takes_the_one_before(
    root: Path, encoder: Encoder, caplog: pytest.LogCaptureFixture
) -> None:
    """The log says which one serves, and what mends it."""
    first = build_index(root, [BEES], encoder).generation
    damage(root, build_index(root, [BEES, BIKES], encoder).generation)
    with caplog.at_level(logging.WARNING):
        assert {"faq:bees"} == ids(GenerationReader(root, encoder))
    assert f"Generation {first} serves instead" in caplog.text
    assert "citydesk reindex" in caplog.text


def test_after_a_rollback_what_was_undone_is_the_last_resort(root: Path, encoder: Encoder) -> None:
    """Where the restored one is damaged, the one before it serves, not the one that was taken back."""
    build_index(root, [BEES], encoder)
    middle = build_index(root, [BEES, BIKES], encoder).generation
    build_index(root, [BEES, BIKES, TRAMS], encoder)
    roll_back(root, encoder)
    damage(root, middle)
    assert {"faq:bees"} == ids(GenerationReader(root, encoder))


def test_a_generation_whose_folder_is_gone(root: Path, encoder: Encoder) -> None:
    """The one before it serves."""
    build_index(root, [BEES], encoder)
    gone = build_index(root, [BEES, BIKES], encoder).generation
    (root / gone).rename(root.parent / "elsewhere")
    assert {"faq:bees"} == ids(GenerationReader(root, encoder))


def test_nothing_to_fall_back_on(root: Path, encoder: Encoder) -> None:
    with pytest.raises(IndexMissing):
        GenerationReader(root, encoder).current()
    damage(root, build_index(root, [BEES], encoder).generation)
    with pytest.raises(IndexCorrupt, match=r"documents.jsonl.*citydesk reindex"):
        GenerationReader(root, encoder).current()


def test_another_encoder_s_index_is_refused(root: Path, encoder: Encoder) -> None:
    """Even where an older one of ours is kept: the operator has chosen, and is told what to do."""
    build_index(root, [BEES], encoder)
    build_index(root, [BEES], Watched(encoder, checksum="another"))
    with pytest.raises(IndexMismatch, match=r"encoder.*citydesk reindex"):
        GenerationReader(root, encoder).current()


def test_a_reader_outlives_what_it_has_open(root: Path, encoder: Encoder) -> None:
    """Old generations are dropped from the disk while somebody still reads them."""
    build_index(root, [BEES], encoder)
    generation = GenerationReader(root, encoder).current()
    for _ in range(generations.KEPT + 1):
        build_index(root, [BEES, BIKES], encoder, full=True)
    assert not (root / generation.manifest.generation).exists()
    [segment] = generation.segments
    assert 1 == pytest.approx(float(segment.vectors.vectors(segment.ids)[0] @ encoder.encode([BEES.title], "query")[0]))
    assert in_force(root).generation != generation.manifest.generation
