"""Measuring ingest: what counts as done, medians and ratios, processor time and memory of a whole family."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bench.ingest.child import Outcome, check, run
from bench.ingest.contender import entry
from bench.ingest.errors import ContenderFailed
from bench.ingest.feeds import Article, render
from bench.ingest.memory import PeakMemory
from bench.ingest.results import Results, Size, as_dict, figures, ratios
from bench.ingest.server import write_folder
from bench.ingest.serving import serving
from bench.ingest.table import as_markdown
from bench.ingest.worker import Pass, cpu_seconds
from bench.retrieval.results import Machine


def outcome(first: float, second: float | None, *, cpu: float = 1.0, mib: float = 50.0, entries: int = 20) -> Outcome:
    seconds = [first] if second is None else [first, second]
    return Outcome(tuple(Pass(one, cpu, entries) for one in seconds), mib, {})


def results() -> Results:
    """4 feeds of 5 items: own 1 s and 0.1 s, reader 4 s and 1 s, feedparser 2 s."""
    outcomes = {
        "reader": [outcome(4, 1, mib=40)],
        "citydesk": [outcome(9, 9), outcome(1, 0.1, cpu=3), outcome(0.5, 0.1, cpu=3)],
        "feedparser": [outcome(2, None, cpu=2)],
    }
    size = Size(4, 5, 1, 0.5, 1000.0, 5000.0)
    found = tuple(figures(key, many, 4, 5) for key, many in outcomes.items())
    return Results(Machine(2, 8000, 0.1, "3.11"), size, {"reader": "3"}, found, outcomes)


def test_figures_are_medians() -> None:
    own = results().figures[1]
    assert own.second is not None
    assert (4.0, 20.0, 3.0) == (own.first.feeds_per_s, own.first.entries_per_s, own.first.cpu_s)
    assert (40.0, 50.0) == (own.second.feeds_per_s, own.peak_mib)


def test_ratios_are_those_of_the_bars() -> None:
    expected = {"first_to_reader": 4.0, "second_to_reader": 10.0, "memory_to_reader": 1.25, "cpu_to_feedparser": 1.5}
    assert expected == ratios(results().figures)
    assert {} == ratios(results().figures[1:2])


def test_the_page_has_a_row_for_each_pass_and_the_bars() -> None:
    page = as_markdown(results(), "a.png")
    assert 2 == page.count("| lemon24/reader |")
    assert 1 == page.count("| bare feedparser.parse |")
    assert "| feeds per second, second pass, to lemon24/reader | **10.00** | at least 5 |" in page


def test_each_repetition_is_kept() -> None:
    kept = as_dict(results())["repetitions"]
    assert isinstance(kept, dict)
    assert {"reader": 1, "citydesk": 3, "feedparser": 1} == {key: len(many) for key, many in kept.items()}


@pytest.mark.parametrize(
    ("done", "asked", "problem"),
    [
        (outcome(1, 1), {200: 8}, "was given {200: 8}"),
        (outcome(1, 1), {200: 4, 304: 3}, "not {200: 4, 304: 4}"),
        (outcome(1, 1, entries=19), {200: 4, 304: 4}, "has 19 entries, not 20"),
    ],
)
def test_what_was_not_done_is_not_measured(done: Outcome, asked: dict[int, int], problem: str) -> None:
    with pytest.raises(ContenderFailed) as error:
        check(entry("reader"), done, asked, feeds=4, items=5)
    assert problem in str(error.value)


def test_processor_time_counts_children_that_have_ended() -> None:
    before = cpu_seconds()
    subprocess.run([sys.executable, "-c", "sum(range(6_000_000))"], check=True)
    assert cpu_seconds() - before > 0.03


def test_memory_counts_children() -> None:
    """40 MiB in a child of the process that is watched."""
    child = "import time; held = bytearray(b'x') * (40 << 20); print(flush=True); time.sleep(60)"
    with (
        subprocess.Popen([sys.executable, "-c", child], stdout=subprocess.PIPE) as process,
        PeakMemory(os.getpid()) as peak,
    ):
        assert process.stdout is not None
        process.stdout.readline()
        end = time.monotonic() + 20
        with PeakMemory(process.pid) as alone:
            while alone.mib < 40 and time.monotonic() < end:
                time.sleep(0.05)
        process.kill()
    assert alone.mib >= 40
    assert peak.mib >= 40


@pytest.mark.parametrize("key", ["citydesk", "feedparser"])
def test_a_contender_takes_in_everything_in_a_process_of_its_own(tmp_path: Path, key: str) -> None:
    """And asks the server as often as it should: `run` raises otherwise."""
    articles = [
        Article(f"第 {n} 號公告", "本週六停水八小時，請先儲水。", f"https://city.example/{n}", "2024-03-01")
        for n in range(6)
    ]
    feeds = [render("a.xml", articles[:3]), render("b.xml", articles[3:])]
    write_folder(feeds, tmp_path)
    with serving(tmp_path) as served:
        done = run(entry(key), served, tmp_path, [feed.name for feed in feeds], 3)
    assert [6] * entry(key).passes == [one.entries for one in done.passes]
    assert done.peak_mib > 5
