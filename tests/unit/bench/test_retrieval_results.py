"""Figures and ratios of made-up times, and the page and picture that are made of them."""

import json
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from bench.retrieval import __main__ as command
from bench.retrieval.jobs import Parts, Times, times_from
from bench.retrieval.registry import entry
from bench.retrieval.results import (
    REFERENCE,
    Machine,
    Measured,
    Results,
    as_dict,
    busiest_others,
    cost,
    ratios,
    shares,
)
from bench.retrieval.table import as_markdown, number

OWN = Times(
    size=1_000,
    build_s=2.0,
    query_ms=(1.0, 2.0, 3.0),
    empty_mib=100.0,
    peak_mib=200.0,
    disk_bytes=3 * 2**20,
    added_s=0.5,
    added_saved_s=0.5,
    found=True,
    others=0.1,
    parts=Parts(encoder_s=0.5, vectors_ms=(0.1, 0.2, 0.3), flat_ms=(0.1, 0.1, 0.1)),
)
THEIRS = replace(OWN, build_s=6.0, query_ms=(20.0,), added_s=0.1, added_saved_s=5.0, others=0.3, parts=None)


def results() -> Results:
    own = Measured(entry(REFERENCE), {"jsquad-ja": {"recall@1": 0.9, "recall@5": 0.95}}, {1_000: OWN})
    peer = Measured(entry("txtai-english"), {}, {1_000: THEIRS}, {0: "failed", 10_000: "not tried: too slow"})
    return Results(Machine(2, 4_096, 0.5, "3.11"), (1_000, 10_000), None, {"txtai": "9"}, [own, peer])


def test_ratios_tell_how_many_times_as_much() -> None:
    found = ratios(THEIRS, OWN)
    assert (3.0, 10.0, 1.0, 0.2, 10.0) == pytest.approx(
        tuple(found[name] for name in ("build_s", "p50_ms", "disk_mib", "added_s", "added_saved_s"))
    )


def test_without_this_project_there_are_no_ratios() -> None:
    assert {} == ratios(THEIRS, None)


def test_percentiles_are_of_all_queries() -> None:
    found = cost(OWN)
    assert (2.0, 2.9, 3.0) == pytest.approx((found["p50_ms"], found["p95_ms"], found["disk_mib"]))


def test_shares_compare_with_the_bare_libraries() -> None:
    """The index takes a tenth of a query and twice as long as a flat one; a build costs four encodings."""
    found = shares(OWN)
    assert (0.1, 2.0, 20.0, 0.25) == pytest.approx(
        tuple(found[name] for name in ("vectors_share", "vectors_to_flat", "query_to_flat", "build_share"))
    )
    assert (500.0, 2_000.0) == pytest.approx((found["build_per_s"], found["encoder_per_s"]))


def test_a_peer_has_no_shares() -> None:
    assert {} == shares(THEIRS)


def test_times_survive_json() -> None:
    """A process hands its times over as a file."""
    for times in (OWN, THEIRS):
        assert times == times_from(json.loads(json.dumps(asdict(times))))


def test_the_busiest_moment_is_told() -> None:
    assert 0.3 == busiest_others(results().systems)


def test_the_page_has_figures_ratios_and_reasons() -> None:
    """What is missing says why; a peer's figure carries its ratio, ours none."""
    page = as_markdown(results(), "x.png")
    assert "| CityDesk | – | – | 90.0 / 95.0 | – |" in page
    assert "| CityDesk | 2.00 | 2.00 | 2.90 | 200 | 100 | 3.00 | 0.50 | 0.50 |" in page
    assert "| txtai hybrid, MiniLM | 6.00 (3.00×) | 20.0 (10.0×) |" in page
    assert "- txtai hybrid, MiniLM: not tried: too slow\n" in page
    assert "txtai hybrid, MiniLM: failed" in page
    assert "look at ratios rather than at times" in page


def test_a_passage_that_was_not_found_has_no_time() -> None:
    lost = Measured(entry("bm25s"), {}, {1_000: replace(THEIRS, found=False)})
    page = as_markdown(replace(results(), systems=[lost]), "x.png")
    assert "| not found | – |" in page


def test_json_has_every_system_with_its_notes() -> None:
    found = json.loads(json.dumps(as_dict(results())))
    own, peer = found["systems"]
    assert {"JSQuAD (Japanese)": 0.9} == own["means"]["recall@1"]
    assert 3.0 == peer["times"][0]["ratios"]["build_s"]
    assert {"0": "failed", "10000": "not tried: too slow"} == peer["notes"]


def test_all_three_files_are_written(tmp_path: Path) -> None:
    page = command.write(results(), tmp_path / "out")
    assert page == (tmp_path / "out" / "retrieval.md").read_text(encoding="utf-8")
    assert "2" == str(json.loads((tmp_path / "out" / "retrieval.json").read_text(encoding="utf-8"))["machine"]["cores"])
    assert b"\x89PNG" == (tmp_path / "out" / "retrieval.png").read_bytes()[:4]


@pytest.mark.parametrize(
    ("value", "told"), [(0.0123, "0.012"), (0.5, "0.50"), (3.456, "3.46"), (12.34, "12.3"), (1234.5, "1,234")]
)
def test_numbers_have_the_digits_that_count(value: float, told: str) -> None:
    assert told == number(value)
