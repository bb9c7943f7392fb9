"""Whether a size is worth trying: costs grow at least in proportion."""

import pytest

from bench.retrieval.fits import BUILD_LIMIT_S, Taken, reason_to_skip

SMALL = Taken(1_000, build_s=2.0, peak_mib=300.0, empty_mib=200.0)


def test_the_first_size_is_always_tried() -> None:
    assert reason_to_skip(100_000, [], free_mib=1.0) is None


def test_what_fits_is_tried() -> None:
    """Ten times 100 MiB on top of 200, and 20 seconds."""
    assert reason_to_skip(10_000, [SMALL], free_mib=1_600.0) is None


def test_memory_that_is_not_there_is_told() -> None:
    """1,200 MiB are more than four fifths of 1,400."""
    reason = reason_to_skip(10_000, [SMALL], free_mib=1_400.0)
    assert "not tried: 10,000 would take about 1,200 MiB of memory, of which 1,400 are free" == reason


@pytest.mark.parametrize(("build_s", "tried"), [(BUILD_LIMIT_S / 10, True), (BUILD_LIMIT_S / 10 + 0.1, False)])
def test_building_has_its_limit(build_s: float, tried: bool) -> None:
    before = [Taken(1_000, build_s, 300.0, 200.0)]
    assert tried == (reason_to_skip(10_000, before, free_mib=1e6) is None)


def test_the_largest_size_tells_most() -> None:
    """What starting costs weighs less there; the order in which sizes were measured does not matter."""
    large = Taken(10_000, build_s=4.0, peak_mib=300.0, empty_mib=200.0)
    assert reason_to_skip(200_000, [large, SMALL], free_mib=1e6) is None
    assert reason_to_skip(200_000, [SMALL], free_mib=1e6) is not None
