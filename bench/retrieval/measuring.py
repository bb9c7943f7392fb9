"""One run: every system on every set and at every size, one process after the other; what fails becomes a note."""

import gc
from collections.abc import Callable, Sequence

import psutil

from bench.retrieval import child, quality
from bench.retrieval.errors import SystemFailed, TookTooLong
from bench.retrieval.fits import Taken, reason_to_skip
from bench.retrieval.jobs import TimesJob, times_from
from bench.retrieval.news import News
from bench.retrieval.registry import Entry
from bench.retrieval.results import MIB, Measured
from knowledge.evaluation.beir import EvaluationSet

QUALITY_NOTE = 0
"""Under which a system's notes tell why its quality is missing."""
QUALITY_LIMIT_S, TIMES_LIMIT_S = 3_600.0, 900.0
"""Seconds after which a process is ended: there are many thousand queries, and a few hundred."""
Say = Callable[[str], None]
Versions = dict[str, str]


def measure_quality(
    entries: Sequence[Entry], sets: Sequence[EvaluationSet], say: Say
) -> tuple[list[Measured], Versions]:
    """Figures of every system on all sets, and the versions of what took part."""
    measured, versions = [], Versions()
    for entry in entries:
        say(f"Quality: {entry.title}")
        system = Measured(entry)
        try:
            outcome = child.run(quality.job(entry.key, sets), QUALITY_LIMIT_S)
        except (SystemFailed, TookTooLong) as error:
            system.notes[QUALITY_NOTE] = _told(error, say)
        else:
            system.quality = quality.figures(sets, outcome["rankings"])
            versions |= outcome["versions"]
        measured.append(system)
    return measured, versions


def measure_times(measured: Sequence[Measured], sizes: Sequence[int], news: News, warm_up: int, say: Say) -> None:
    """Add times at all `sizes`, ascending, to the systems in `measured`.

    All systems at one size come one after the other, so that what else the machine does hits all of them.
    """
    for size in sizes:
        for system in measured:
            if system.entry.timed:
                _measure_size(system, size, news, warm_up, say)


def _measure_size(system: Measured, size: int, news: News, warm_up: int, say: Say) -> None:
    gc.collect()
    free = psutil.virtual_memory().available / MIB
    before = [Taken(t.size, t.build_s, t.peak_mib, t.empty_mib) for t in system.times.values()]
    reason = "not tried: a smaller size failed" if system.notes.get(QUALITY_NOTE) else None
    reason = reason or _failed_below(system) or reason_to_skip(size, before, free)
    if reason:
        system.notes[size] = reason
        say(f"{size:,} passages: {system.entry.title}: {reason}")
        return
    say(f"{size:,} passages: {system.entry.title}")
    job = TimesJob(system.entry.key, news.passages[: size + 1], news.headlines[warm_up:], news.headlines[:warm_up])
    try:
        outcome = child.run(job, TIMES_LIMIT_S)
    except (SystemFailed, TookTooLong) as error:
        system.notes[size] = _told(error, say)
        return
    outcome.pop("versions")
    system.times[size] = times_from(outcome)


def _failed_below(system: Measured) -> str | None:
    return "not tried: a smaller size was not measured" if any(size for size in system.notes) else None


def _told(error: Exception, say: Say) -> str:
    say(str(error))
    return str(error).partition("\n")[0]
