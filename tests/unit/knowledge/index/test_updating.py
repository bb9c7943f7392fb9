"""What an update decides to do, before anything is read or written."""

from hypothesis import given
from hypothesis import strategies as st

from knowledge.index.holds import Key
from knowledge.index.updating import MAX_SEGMENTS, REMOVED_SHARE, Changes, Load, compare, segments_to_merge

A, B, C, D = (("faq:a", "en"), ("faq:a", "ja"), ("faq:c", "en"), ("news:d", "ja"))

VERSIONS = st.dictionaries(st.sampled_from([A, B, C, D]), st.sampled_from("123"))
HOLDS = st.dictionaries(st.sampled_from([A, B, C, D]), st.none() | st.sampled_from("123"))
LOADS = st.lists(st.builds(Load, st.integers(0, 5000), st.integers(0, 5000)), max_size=12)


def test_documents_are_told_apart_by_id_and_language() -> None:
    """One language of an entry changes without the other."""
    changes = compare({A: "1", B: "2", C: "1"}, {A: "1", B: "1", D: "1"}, {})
    assert Changes(added=(C,), changed=(B,), removed=(D,), unchanged=(A,)) == changes


def test_what_a_rollback_undid_stays_undone() -> None:
    """A changed version, an added and a removed document are all kept as they are in force."""
    changes = compare({A: "2", C: "1"}, {A: "1", B: "1"}, {A: "2", C: "1", B: None})
    assert not changes.differ
    assert (A, B, C) == changes.held


def test_a_new_version_ends_a_hold() -> None:
    """The editor has mended it: from then on it is a document like any other."""
    changes = compare({A: "3"}, {A: "1"}, {A: "2"})
    assert ((A,), (), (A,)) == (changes.changed, changes.held, changes.lapsed)


@given(VERSIONS, VERSIONS, HOLDS)
def test_every_document_has_one_fate(now: dict[Key, str], in_force: dict[Key, str], holds: dict[Key, str]) -> None:
    """Nothing is lost, and applying the changes gives what is now, but for what is held."""
    changes = compare(now, in_force, holds)
    fates = [*changes.added, *changes.changed, *changes.removed, *changes.unchanged]
    assert len(fates) == len(set(fates))
    result = {key: in_force[key] for key in changes.unchanged}
    result |= {key: now[key] for key in (*changes.added, *changes.changed)}
    held = set(changes.held)
    assert {key: v for key, v in now.items() if key not in held} == {k: v for k, v in result.items() if k not in held}
    assert {key: in_force.get(key) for key in held} == {key: result.get(key) for key in held}


@given(VERSIONS)
def test_the_same_documents_change_nothing(now: dict[Key, str]) -> None:
    assert not compare(now, now, {}).differ


def test_a_large_segment_is_left_alone() -> None:
    """Eight updates of one article each go together; the segment of the full build is not written again."""
    loads = [Load(100_000, 0), *[Load(3, 0)] * 7]
    assert tuple(range(1, 8)) == segments_to_merge(loads, 1)


def test_few_segments_are_left_alone() -> None:
    assert () == segments_to_merge([Load(100_000, 9_000), Load(3, 1), Load(5, 0)], 1)


def test_a_segment_without_passages_in_force_goes() -> None:
    assert (1,) == segments_to_merge([Load(100, 0), Load(0, 7)], 0)


def test_a_tenth_removed_is_written_anew() -> None:
    """Only where the removed ones are."""
    assert (0,) == segments_to_merge([Load(850, 150), Load(100, 0)], 1)


@given(LOADS, st.integers(0, 100))
def test_afterwards_there_are_few_segments_and_few_removed_passages(loads: list[Load], arriving: int) -> None:
    """Whatever there was before."""
    merged = set(segments_to_merge(loads, arriving))
    rest = [load for number, load in enumerate(loads) if number not in merged]
    moved = arriving + sum(loads[number].live for number in merged)
    held = moved + sum(load.live + load.removed for load in rest)
    assert MAX_SEGMENTS >= len(rest) + (moved > 0)
    assert REMOVED_SHARE * held >= sum(load.removed for load in rest)
