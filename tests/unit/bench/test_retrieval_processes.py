"""Measuring processes: which Python runs them, what becomes of failures, and that none reaches the network."""

import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.retrieval import __main__ as command
from bench.retrieval import child
from bench.retrieval.errors import PeersMissing, SystemFailed, TookTooLong
from bench.retrieval.jobs import QualityJob, QualitySet, TimesJob, read_job, times_from, write_job
from bench.retrieval.registry import PEERS, SYSTEMS, chosen, entry
from bench.retrieval.results import REFERENCE

TEXTS = (
    "The library opens at nine.",
    "臺北市立動物園今天免費開放。",
    "Buses stop at midnight.",
    "Trams run all night.",
)
LIMIT_S = 120.0


def test_this_project_is_always_measured() -> None:
    assert {"citydesk"} == {entry.peer for entry in chosen(set(PEERS))}
    assert len(SYSTEMS) == len(chosen(set()))
    assert entry(REFERENCE).own and entry(REFERENCE).timed


def test_this_project_finds_what_is_right_in_a_process_of_its_own() -> None:
    """Numbers of passages come back, best first."""
    sets = (QualitySet("tiny", TEXTS, ("When does the library open?", "動物園")),)
    outcome = child.run(QualityJob("citydesk-hybrid", sets), LIMIT_S)
    assert [0, 1] == [ranking[0] for ranking in outcome["rankings"]["tiny"]]
    assert "faiss-cpu" in outcome["versions"]


def test_this_project_is_timed_beside_its_libraries() -> None:
    job = TimesJob(REFERENCE, TEXTS, ("library", "bus"), ("tram",))
    outcome = child.run(job, LIMIT_S)
    outcome.pop("versions")
    times = times_from(outcome)
    assert (3, True, 2) == (times.size, times.found, len(times.query_ms))
    assert times.parts is not None
    assert 2 == len(times.parts.vectors_ms) == len(times.parts.flat_ms)


@given(
    st.tuples(*[st.lists(st.text(st.characters(exclude_categories=["Cs"])), max_size=3)] * 3),
)
def test_jobs_arrive_as_they_were_sent(texts: tuple[list[str], list[str], list[str]]) -> None:
    """Whatever line breaks and quotes are in a passage."""
    first, second, third = map(tuple, texts)
    sets = (QualitySet("tiny", first, second),)
    jobs: list[TimesJob | QualityJob] = [TimesJob("bm25s", first, second, third), QualityJob("bm25s", sets)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "job.jsonl"
        for job in jobs:
            write_job(job, path)
            assert job == read_job(path)


@pytest.mark.skipif(not child.PEERS.exists(), reason="needs .venv-bench: python3 scripts/environments.py bench")
@pytest.mark.parametrize("key", [entry.key for entry in SYSTEMS if not entry.own])
def test_a_peer_answers_saves_and_takes_one_more(key: str) -> None:
    """Every adapter keeps the port, whatever version of its project the lock names."""
    outcome = child.run(TimesJob(key, TEXTS, ("library", "Buses"), ("Trams",)), LIMIT_S)
    outcome.pop("versions")
    times = times_from(outcome)
    assert (3, True, 2, None) == (times.size, times.found, len(times.query_ms), times.parts)
    assert times.disk_bytes > 0


def test_a_process_that_fails_is_told_with_its_last_lines() -> None:
    with pytest.raises(SystemFailed, match="CityDesk failed with status 1"):
        child.run(TimesJob(REFERENCE, (), (), ()), LIMIT_S)


def test_a_process_that_takes_too_long_is_ended() -> None:
    with pytest.raises(TookTooLong, match="unfinished"):
        child.run(QualityJob(REFERENCE, (QualitySet("tiny", TEXTS, ("bus",)),)), limit_s=0.05)


def test_missing_peers_are_told_before_anything_is_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(child, "PEERS", tmp_path / "python")
    with pytest.raises(PeersMissing):
        child.interpreter(entry("faiss"))
    assert 1 == command.main(["--data", str(tmp_path)])
    assert "scripts/environments.py bench" in capsys.readouterr().err


@pytest.mark.parametrize(
    "attempt",
    [
        "socket.create_connection(('127.0.0.1', 9), 1)",
        "socket.getaddrinfo('localhost', 80)",
        "socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', 9))",
        "urllib.request.urlopen('http://127.0.0.1:9/')",
    ],
)
def test_no_measured_process_reaches_the_network(attempt: str) -> None:
    done = offline(attempt)
    assert 1 == done.returncode
    assert "measured processes stay on this machine" in done.stderr


def test_sockets_within_the_machine_still_work() -> None:
    """Libraries wake their own threads through them."""
    done = offline("a, b = socket.socketpair()\na.send(b'x')\nassert b.recv(1) == b'x'")
    assert (0, "") == (done.returncode, done.stderr)


def offline(code: str) -> subprocess.CompletedProcess[str]:
    """Run `code` in a process that may not use the network."""
    guard = "import socket, urllib.request\nfrom bench.retrieval.offline import forbid_network\nforbid_network()\n"
    command = [sys.executable, "-c", guard + code]
    return subprocess.run(command, cwd=child.ROOT, capture_output=True, text=True, check=False)
