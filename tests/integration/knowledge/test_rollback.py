"""One click back, and what happens after."""

from dataclasses import replace
from pathlib import Path

import pytest

from knowledge.encoder import Encoder
from knowledge.errors import IndexCorrupt, IndexMismatch, NoSuchGeneration
from knowledge.index import generations
from knowledge.index.build import build_index
from knowledge.index.opening import open_generation
from knowledge.index.rollback import roll_back
from knowledge.index.status import index_status
from knowledge.index.tombstones import Tombstones
from tests.integration.knowledge.small_city import BEES, BIKES, TRAMS, Watched, article, in_force

WRONG = replace(BEES, text="The bees are kept by nobody.")
MENDED = replace(BEES, text="The bees are kept by the council.")


@pytest.fixture
def root(tmp_path: Path, encoder: Encoder) -> Path:
    """An index in which BEES was changed to WRONG, TRAMS added and BIKES removed."""
    root = tmp_path / "index"
    build_index(root, [BEES, BIKES, article(1)], encoder)
    build_index(root, [WRONG, TRAMS, article(1)], encoder)
    return root


def texts(root: Path) -> dict[str, str]:
    """What is in force, by id."""
    return {document.id: document.text for document in open_generation(generations.current(root)).documents()}


BEFORE = {document.id: document.text for document in (BEES, BIKES, article(1))}


def test_one_step_back(root: Path, encoder: Encoder) -> None:
    parent = in_force(root).parent
    assert parent == roll_back(root, encoder).generation
    assert BEFORE == texts(root)


def test_the_next_reindex_does_not_undo_it(root: Path, encoder: Encoder) -> None:
    """The files that made the mistake are still there; they are not published again."""
    roll_back(root, encoder)
    report = build_index(root, [WRONG, TRAMS, article(1)], encoder)
    assert (False, 3) == (report.changed, report.held)
    assert BEFORE == texts(root)


def test_news_goes_on(root: Path, encoder: Encoder) -> None:
    """A feed's new article comes in beside what is held."""
    roll_back(root, encoder)
    report = build_index(root, [WRONG, TRAMS, article(1), article(2)], encoder)
    assert (1, 3) == (report.added, report.held)
    assert {**BEFORE, article(2).id: article(2).text} == texts(root)


def test_what_is_mended_comes_in(root: Path, encoder: Encoder) -> None:
    """The rest stays held, until it is changed too or taken in by hand."""
    roll_back(root, encoder)
    report = build_index(root, [MENDED, TRAMS, article(1)], encoder)
    assert (1, 2) == (report.updated, report.held)
    assert {**BEFORE, "faq:bees": MENDED.text} == texts(root)
    build_index(root, [MENDED, TRAMS, article(1)], encoder, release=True)
    assert {document.id: document.text for document in (MENDED, TRAMS, article(1))} == texts(root)
    assert () == index_status(root).held


def test_full_takes_everything_in(root: Path, encoder: Encoder) -> None:
    roll_back(root, encoder)
    build_index(root, [WRONG, TRAMS, article(1)], encoder, full=True)
    assert {document.id: document.text for document in (WRONG, TRAMS, article(1))} == texts(root)


def test_forward_again(root: Path, encoder: Encoder) -> None:
    """A rollback is undone by naming the generation that it left; nothing is held then."""
    latest = in_force(root).generation
    roll_back(root, encoder)
    assert 3 == len(index_status(root).held)
    roll_back(root, encoder, latest)
    assert () == index_status(root).held
    assert not build_index(root, [WRONG, TRAMS, article(1)], encoder).changed


def test_ids_stay_unused_after_a_rollback(root: Path, encoder: Encoder) -> None:
    """The generation that was left has used them."""
    taken = in_force(root).next_id
    roll_back(root, encoder)
    build_index(root, [BEES, BIKES, article(1), article(2)], encoder)
    assert taken == in_force(root).segments[-1].first_id


def test_what_is_hidden_stays_hidden(root: Path, encoder: Encoder) -> None:
    Tombstones(root).hide("faq:bees")
    roll_back(root, encoder)
    build_index(root, [MENDED, article(1)], encoder, full=True)
    assert {"faq:bees"} == set(Tombstones(root).hidden())


@pytest.mark.parametrize("wanted", ["nowhere", "../elsewhere", "", "20200101T000000-000"])
def test_a_name_that_is_not_kept(root: Path, encoder: Encoder, wanted: str) -> None:
    """Says which ones are, and changes nothing."""
    name = in_force(root).generation
    with pytest.raises(NoSuchGeneration, match=rf"{name}.*citydesk index status"):
        roll_back(root, encoder, wanted)
    assert name == in_force(root).generation


def test_there_is_nothing_before_the_first(tmp_path: Path, encoder: Encoder) -> None:
    build_index(tmp_path, [BEES], encoder)
    with pytest.raises(NoSuchGeneration, match="no generation before"):
        roll_back(tmp_path, encoder)


def test_not_to_a_damaged_one(root: Path, encoder: Encoder) -> None:
    name = in_force(root).generation
    parent = in_force(root).parent
    assert parent is not None
    (root / parent / "segments" / parent / "documents.jsonl").write_text("", encoding="utf-8")
    with pytest.raises(IndexCorrupt, match=r"documents\.jsonl"):
        roll_back(root, encoder)
    assert name == in_force(root).generation


def test_not_to_one_of_another_encoder(root: Path, encoder: Encoder) -> None:
    other = Watched(encoder, checksum="another")
    build_index(root, [BEES], other)
    with pytest.raises(IndexMismatch, match="encoder"):
        roll_back(root, other)


def test_out_of_a_damaged_one(root: Path, encoder: Encoder) -> None:
    """A rollback is a way out; what was in the damaged one cannot be told, so nothing is held."""
    name = in_force(root).generation
    (root / name / "manifest.json").write_text("{", encoding="utf-8")
    roll_back(root, encoder)
    assert BEFORE == texts(root)
