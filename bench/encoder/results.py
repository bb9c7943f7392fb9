"""The outcome of one run, and its form as JSON."""

import os
import platform
from dataclasses import asdict, dataclass

from bench.encoder.quality import MEASURES, Figures, mean
from bench.encoder.speed import SpeedFigure
from bench.encoder.systems import Bm25


@dataclass(frozen=True, slots=True)
class Machine:
    """What the times depend on."""

    cores: int
    load_before: float
    python: str


@dataclass(frozen=True, slots=True)
class Measured:
    """One system; `checksum` and `dimension` of its encoder, None for BM25, which has none."""

    name: str
    figures: Figures
    checksum: str | None = None
    dimension: int | None = None


@dataclass(frozen=True, slots=True)
class Results:
    """Everything that one run has measured; `speed` is empty when it was left out."""

    machine: Machine
    systems: list[Measured]
    speed: list[SpeedFigure]


def this_machine() -> Machine:
    """The machine as it is now; call it before anything is measured."""
    return Machine(os.cpu_count() or 0, round(os.getloadavg()[0], 2), platform.python_version())


def with_mean(values: dict[str, float]) -> dict[str, float]:
    """The values, and their mean as the last one."""
    return values | {"mean": mean(values)}


def points_above_bm25(results: Results, system: Measured, key: str) -> dict[str, float]:
    """Percentage points by which `system` is above (or, negative, below) BM25, and the mean; empty without a BM25."""
    peers = [other.figures[key] for other in results.systems if other.name == Bm25.name]
    if not peers or system.name == Bm25.name:
        return {}
    return with_mean({name: 100 * (value - peers[0][name]) for name, value in system.figures[key].items()})


def as_dict(results: Results) -> dict[str, object]:
    """For JSON: shares between 0 and 1, differences in percentage points."""
    quality = {
        item.key: {system.name: _rounded(with_mean(system.figures[item.key]), 4) for system in results.systems}
        for item in MEASURES
    }
    against = {
        item.key: {
            system.name: _rounded(points, 2)
            for system in results.systems
            if (points := points_above_bm25(results, system, item.key))
        }
        for item in MEASURES
        if item.lexical_peer
    }
    return {
        "machine": asdict(results.machine),
        "systems": [
            {"name": system.name, "checksum": system.checksum, "dimension": system.dimension}
            for system in results.systems
        ],
        "quality": quality,
        "points_above_bm25": against,
        "speed": [asdict(figure) | {"value": round(figure.value, 3), "met": figure.met} for figure in results.speed],
    }


def _rounded(values: dict[str, float], digits: int) -> dict[str, float]:
    return {name: round(value, digits) for name, value in values.items()}
