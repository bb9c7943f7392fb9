"""The outcome of one run: figures, ratios to this project, and their form as JSON."""

import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field

import numpy as np
import psutil

from bench.retrieval.jobs import Times
from bench.retrieval.quality import MEASURES, Figures, group_means
from bench.retrieval.registry import Entry

REFERENCE = "citydesk-hybrid"
"""The system that all ratios are taken to."""
RATIOS = ("build_s", "p50_ms", "p95_ms", "peak_mib", "disk_mib", "added_s", "added_saved_s")
MIB = 2**20


@dataclass(frozen=True, slots=True)
class Machine:
    """What times and memory depend on."""

    cores: int
    memory_mib: int
    load_before: float
    python: str


@dataclass(slots=True)
class Measured:
    """One system: figures of quality, times by size, and why a size (or, under 0, quality) is missing."""

    entry: Entry
    quality: Figures = field(default_factory=dict)
    times: dict[int, Times] = field(default_factory=dict)
    notes: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Results:
    """Everything that one run has measured; `queries_per_set` is None where all were asked."""

    machine: Machine
    sizes: tuple[int, ...]
    queries_per_set: int | None
    versions: dict[str, str]
    systems: list[Measured]


def this_machine() -> Machine:
    """The machine as it is now; call it before anything is measured."""
    memory = int(psutil.virtual_memory().total / MIB)
    return Machine(os.cpu_count() or 0, memory, round(os.getloadavg()[0], 2), platform.python_version())


def cost(times: Times) -> dict[str, float]:
    """The figures of one system at one size: seconds, milliseconds and MiB, each lower is better."""
    p50, p95 = np.percentile(times.query_ms, [50, 95])
    return {
        "build_s": times.build_s,
        "p50_ms": float(p50),
        "p95_ms": float(p95),
        "peak_mib": times.peak_mib,
        "empty_mib": times.empty_mib,
        "disk_mib": times.disk_bytes / MIB,
        "added_s": times.added_s,
        "added_saved_s": times.added_saved_s,
    }


def ratios(times: Times, reference: Times | None) -> dict[str, float]:
    """How many times as much as the reference at the same size; empty without one."""
    if reference is None:
        return {}
    own, theirs = cost(reference), cost(times)
    return {name: theirs[name] / own[name] for name in RATIOS if own[name] > 0}


def shares(times: Times) -> dict[str, float]:
    """This project beside the libraries below it; empty where that was not measured.

    `vectors_share`: of the time of a query, what the vector index takes. `vectors_to_flat`: the vector index's time
    to that of a bare IndexFlatIP. `build_share`: passages built per second to passages encoded per second.
    """
    if times.parts is None:
        return {}
    vectors, flat = float(np.median(times.parts.vectors_ms)), float(np.median(times.parts.flat_ms))
    query = cost(times)["p50_ms"]
    return {
        "query_p50_ms": query,
        "vectors_p50_ms": vectors,
        "flat_p50_ms": flat,
        "vectors_share": vectors / query,
        "vectors_to_flat": vectors / flat,
        "query_to_flat": query / flat,
        "build_per_s": times.size / times.build_s,
        "encoder_per_s": times.size / times.parts.encoder_s,
        "build_share": times.parts.encoder_s / times.build_s,
    }


def reference_times(results: Results) -> Mapping[int, Times]:
    """This project's times by size; empty where it was not timed."""
    return next((system.times for system in results.systems if system.entry.key == REFERENCE), {})


def busiest_others(systems: Sequence[Measured]) -> float:
    """The most cores that other programs kept busy during any timing; 0 without timings."""
    return max((times.others for system in systems for times in system.times.values()), default=0.0)


def as_dict(results: Results) -> dict[str, object]:
    """For JSON: shares between 0 and 1; what each figure is, its name says."""
    reference = reference_times(results)
    return {
        "machine": asdict(results.machine),
        "versions": results.versions,
        "sizes": list(results.sizes),
        "queries_per_set": results.queries_per_set,
        "systems": [_system(system, reference) for system in results.systems],
    }


def _system(system: Measured, reference: Mapping[int, Times]) -> dict[str, object]:
    return {
        "key": system.entry.key,
        "title": system.entry.title,
        "quality": {name: _rounded(row) for name, row in system.quality.items()},
        "means": {measure: _rounded(group_means(system.quality, measure)) for measure in MEASURES},
        "times": [_times(times, reference.get(size)) for size, times in system.times.items()],
        "notes": {str(size): note for size, note in system.notes.items()},
    }


def _times(times: Times, reference: Times | None) -> dict[str, object]:
    return {
        "size": times.size,
        **_rounded(cost(times)),
        "queries": len(times.query_ms),
        "found": times.found,
        "others": round(times.others, 2),
        "ratios": _rounded(ratios(times, reference)),
        "shares": _rounded(shares(times)),
    }


def _rounded(values: Mapping[str, float]) -> dict[str, float]:
    return {name: float(f"{value:.4g}") for name, value in values.items()}
