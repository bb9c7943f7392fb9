"""An update costs what changed: on a real disk, with the shipped encoder."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.documents import Document
from knowledge.encoder import Encoder
from knowledge.errors import KnowledgeError
from knowledge.index import generations
from knowledge.index.build import build_index
from knowledge.index.generations import SEGMENTS
from knowledge.index.locking import LOCK
from knowledge.index.opening import SegmentCache, open_generation
from knowledge.index.updating import MAX_SEGMENTS, REMOVED_SHARE
from knowledge.index.verifying import verify_all
from tests.integration.knowledge.small_city import BEES, BIKES, TRAMS, Watched, article, in_force

MANY = [article(number) for number in range(40)]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "index"


def shown(root: Path) -> set[Document]:
    """The documents in force, as a reader loads them; and nothing is wrong with any generation."""
    assert [] == [problem for verdict in verify_all(root) for problem in verdict.problems]
    return set(open_generation(generations.current(root)).documents())


def test_only_what_is_new_is_encoded(root: Path, encoder: Encoder) -> None:
    """The rest stays in files that both generations share."""
    watched = Watched(encoder)
    first = build_index(root, MANY, watched)
    watched.texts.clear()
    second = build_index(root, [*MANY, BEES], watched)
    assert (1, 0, 0) == (second.added, second.updated, second.removed)
    assert {BEES.title, f"{BEES.title}\n{BEES.text}", BEES.text} >= set(watched.texts)
    assert {*MANY, BEES} == shown(root)
    file = Path(SEGMENTS) / first.generation / "vectors.faiss"
    assert os.path.samefile(root / first.generation / file, root / second.generation / file)


def test_changes_and_removals(root: Path, encoder: Encoder) -> None:
    """The old version of a document goes when the new one comes."""
    build_index(root, [*MANY, BEES, BIKES], encoder)
    mended = replace(BEES, text="The bees are kept by the council.")
    report = build_index(root, [*MANY, mended, TRAMS], encoder)
    assert (1, 1, 1) == (report.added, report.updated, report.removed)
    assert {*MANY, mended, TRAMS} == shown(root)


def test_a_removal_alone_writes_no_segment(root: Path, encoder: Encoder) -> None:
    build_index(root, [*MANY, BEES], encoder)
    build_index(root, MANY, encoder)
    [record] = in_force(root).segments
    assert (0,) == record.removed
    assert set(MANY) == shown(root)


def test_many_updates_leave_few_segments(root: Path, encoder: Encoder) -> None:
    """Small ones go together without being encoded again, the large one stays where it is."""
    watched = Watched(encoder)
    base = build_index(root, MANY, watched).generation
    for number in range(100, 112):
        build_index(root, [*MANY, *(article(n) for n in range(100, number + 1))], watched)
        assert MAX_SEGMENTS >= len(in_force(root).segments)
    wholes = [text for text in watched.texts if text.startswith("Playground") and "\n" in text]
    assert len(MANY) + 12 == len(wholes)
    assert base == in_force(root).segments[0].name
    assert {*MANY, *(article(n) for n in range(100, 112))} == shown(root)


def test_much_removed_is_written_anew_without_being_encoded(root: Path, encoder: Encoder) -> None:
    watched = Watched(encoder)
    build_index(root, MANY, watched)
    watched.texts.clear()
    build_index(root, MANY[:30], watched)
    assert [] == watched.texts
    assert 0 == in_force(root).removed_share
    assert set(MANY[:30]) == shown(root)


def test_full_encodes_all_again(root: Path, encoder: Encoder) -> None:
    watched = Watched(encoder)
    build_index(root, MANY, watched)
    before, watched.texts = len(watched.texts), []
    report = build_index(root, MANY, watched, full=True)
    assert before == len(watched.texts)
    assert (True, 0, 0, 0) == (report.changed, report.added, report.updated, report.removed)


def test_another_encoder_encodes_all_again(root: Path, encoder: Encoder) -> None:
    """Vectors of two encoders never meet, in no segment."""
    build_index(root, [*MANY, BEES], encoder)
    other = Watched(encoder, checksum="another")
    assert build_index(root, [*MANY, BEES], other).changed
    assert len(other.texts) > len(MANY)
    assert 1 == len(in_force(root).segments)


def test_ids_are_never_used_again(root: Path, encoder: Encoder) -> None:
    """Not after a full build either: whatever remembers an id must not meet another passage."""
    build_index(root, [BEES, BIKES], encoder)
    taken = in_force(root).next_id
    build_index(root, [BEES, BIKES], encoder, full=True)
    assert taken == in_force(root).segments[0].first_id


def test_open_segments_are_kept(root: Path, encoder: Encoder) -> None:
    """A reader loads only what is new."""
    build_index(root, MANY, encoder)
    cache = SegmentCache()
    before = open_generation(generations.current(root), cache)
    build_index(root, [*MANY, BEES], encoder)
    after = open_generation(generations.current(root), cache)
    assert before.segments[0] is after.segments[0]


def test_two_documents_of_one_name(root: Path, encoder: Encoder) -> None:
    """Which of them to show, nobody could say."""
    with pytest.raises(KnowledgeError, match="faq:bees"):
        build_index(root, [BEES, replace(BEES, text="Others keep them.")], encoder)


def test_documents_are_read_once_nobody_else_builds(root: Path, encoder: Encoder) -> None:
    """What another builder has indexed meanwhile is not taken back by a list that is older."""
    seen: list[bool] = []

    def documents() -> list[Document]:
        seen.append((root / LOCK).read_text() != "")
        return [BEES]

    build_index(root, documents, encoder)
    assert [True] == seen


CITIES = st.dictionaries(st.integers(0, 12), st.sampled_from(["It is open.", "It is closed."]), min_size=1)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(CITIES, min_size=2, max_size=5))
def test_any_row_of_updates_ends_as_a_full_build_would(
    tmp_path_factory: pytest.TempPathFactory, encoder: Encoder, cities: list[dict[int, str]]
) -> None:
    """Same documents, nothing drifts, and never too much that is out of force."""
    root = tmp_path_factory.mktemp("index")
    for city in cities:
        documents = [article(number, text) for number, text in city.items()]
        build_index(root, documents, encoder)
        assert set(documents) == shown(root)
        assert REMOVED_SHARE >= in_force(root).removed_share
