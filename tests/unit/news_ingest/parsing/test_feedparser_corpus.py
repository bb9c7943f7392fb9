"""The test files of feedparser and miniflux: two thousand odd feeds, none of which may bring the parser down."""

import os

import pytest

from bench.feed_mutations import ARCHIVES, SLOW, Tally, corpus


def test_every_file_is_read_as_well_as_by_feedparser_alone() -> None:
    """Nothing but `IngestError`, no file slow, and no entry lost but empty ones, repeated ones and those cut in two."""
    missing = [name for name in ("feedparser", "miniflux") if not (ARCHIVES / f"{name}-tests.tar.gz").is_file()]
    if missing:
        told = f"{missing[0]}-tests.tar.gz is missing: put it into ../shared/data/feeds to run this test"
        if os.environ.get("CI"):
            pytest.fail(told)
        pytest.skip(told)
    tally = Tally()
    for name, body in corpus():
        tally.add(name, body, None)
    assert [] == tally.crashed_on
    assert [] == tally.lost_from
    assert tally.slowest_seconds < SLOW
    assert tally.counts["examples"] > 2_100
    assert tally.counts["entries"] > 750
    assert tally.counts["entries_cut_off"] <= 5
