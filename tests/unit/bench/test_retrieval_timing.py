"""What is timed, around a small search engine of the test's own."""

import os
from collections.abc import Sequence
from mmap import mmap
from pathlib import Path

import pytest

from bench.retrieval.jobs import TimesJob
from bench.retrieval.memory import peak_mib, resident_mib
from bench.retrieval.timing import FEWEST, PATIENCE_S, ask, disk_bytes, take_times


class Grep:
    """Finds passages that hold the query; forgets additions when told to."""

    def __init__(self, forgetful: bool = False) -> None:
        self.asked: list[str] = []
        self._forgetful = forgetful

    def build(self, passages: Sequence[str], folder: Path) -> None:
        self._passages, self._folder = list(passages), folder

    def save(self) -> None:
        (self._folder / "passages").write_text("\n".join(self._passages), encoding="utf-8")

    def search(self, query: str, k: int) -> list[int]:
        self.asked.append(query)
        return [number for number, text in enumerate(self._passages) if query in text][:k]

    def add(self, passage: str) -> None:
        if not self._forgetful:
            self._passages.append(passage)


JOB = TimesJob("grep", ("one", "two", "three"), ("o", "w"), ("warm",))


def test_the_last_passage_is_added_once_all_is_asked(tmp_path: Path) -> None:
    """It is found under its own number, and what is on disk was counted before."""
    system = Grep()
    times = take_times(system, JOB, tmp_path)
    assert (2, True, len("one\ntwo")) == (times.size, times.found, times.disk_bytes)
    assert ["warm", "o", "w", "three"] == system.asked
    assert 2 == len(times.query_ms)
    assert times.added_s <= times.added_saved_s
    assert 0 < times.empty_mib <= times.peak_mib


def test_an_addition_that_is_not_found_is_told(tmp_path: Path) -> None:
    assert not take_times(Grep(forgetful=True), JOB, tmp_path).found


class Slow(Grep):
    """Pretends that each search takes its time, on a clock of its own."""

    def __init__(self, seconds: float, clock: "Clock") -> None:
        super().__init__()
        self._seconds, self._clock = seconds, clock

    def search(self, query: str, k: int) -> list[int]:
        self.asked.append(query)
        self._clock.now += self._seconds
        return []


class Clock:
    """Goes only when told."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize(
    ("seconds", "asked"), [(0.1, 100), (PATIENCE_S / 30, 31), (PATIENCE_S / 10, FEWEST), (PATIENCE_S, 3)]
)
def test_patience_ends_but_not_before_a_few_are_asked(seconds: float, asked: int) -> None:
    clock = Clock()
    assert asked == len(ask(Slow(seconds, clock), ["q"] * 100, clock))


def test_a_file_with_two_names_is_on_disk_once(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "one").write_bytes(b"12345")
    os.link(tmp_path / "a" / "one", tmp_path / "two")
    (tmp_path / "empty").touch()
    assert 5 == disk_bytes(tmp_path)


def test_the_peak_remembers_what_has_been_given_back() -> None:
    """Forty megabytes were held; the system counts pages to a megabyte or so."""
    # Mapped, as what the allocator has it gives back when it likes.
    block = mmap(-1, 40_000_000)
    block.write(b"x" * len(block))
    held = resident_mib()
    block.close()
    assert resident_mib() < held - 30
    assert peak_mib() > held - 5
