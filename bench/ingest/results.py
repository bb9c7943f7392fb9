"""Outcomes to medians and ratios."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import median

from bench.ingest.child import Outcome
from bench.ingest.contender import OWN, entry
from bench.retrieval.results import Machine


@dataclass(frozen=True, slots=True)
class Size:
    """What was measured with. `ceiling` and `ceiling_304` are answers per second to one plain client."""

    feeds: int
    items: int
    repeat: int
    mib: float
    ceiling: float
    ceiling_304: float


@dataclass(frozen=True, slots=True)
class PassFigures:
    """Medians of one pass. `feeds_per_cpu_s` is what one core does that is kept busy."""

    seconds: float
    feeds_per_s: float
    entries_per_s: float
    cpu_s: float
    feeds_per_cpu_s: float


@dataclass(frozen=True, slots=True)
class Figures:
    """Medians of one contender; `second` is the pass in which nothing has changed."""

    key: str
    first: PassFigures
    second: PassFigures | None
    peak_mib: float

    @property
    def title(self) -> str:
        """Its name for people."""
        return entry(self.key).title


@dataclass(frozen=True, slots=True)
class Results:
    """All of a run."""

    machine: Machine
    size: Size
    versions: dict[str, str]
    figures: tuple[Figures, ...]
    outcomes: dict[str, list[Outcome]]


def figures(key: str, outcomes: Sequence[Outcome], feeds: int, items: int) -> Figures:
    """Medians over the repetitions."""

    def of(number: int) -> PassFigures:
        passes = [outcome.passes[number] for outcome in outcomes]
        seconds, cpu = median(one.seconds for one in passes), median(one.cpu_s for one in passes)
        return PassFigures(seconds, feeds / seconds, feeds * items / seconds, cpu, feeds / max(cpu, 0.01))

    second = of(1) if len(outcomes[0].passes) > 1 else None
    return Figures(key, of(0), second, median(outcome.peak_mib for outcome in outcomes))


def ratios(measured: Sequence[Figures]) -> dict[str, float]:
    """CityDesk beside the others, as the targets have it; what was left out has none.

    `*_to_reader`: of feeds per second, and of memory. `cpu_to_feedparser`: of CPU seconds in the first pass.
    """
    by_key = {one.key: one for one in measured}
    own, reader, bare = by_key[OWN], by_key.get("reader"), by_key.get("feedparser")
    found = {}
    if reader is not None and own.second is not None and reader.second is not None:
        found["first_to_reader"] = own.first.feeds_per_s / reader.first.feeds_per_s
        found["second_to_reader"] = own.second.feeds_per_s / reader.second.feeds_per_s
        found["memory_to_reader"] = own.peak_mib / reader.peak_mib
    if bare is not None:
        found["cpu_to_feedparser"] = own.first.cpu_s / max(bare.first.cpu_s, 0.01)
    return found


def as_dict(results: Results) -> dict[str, object]:
    """For a JSON file: the medians, and each repetition."""
    return {
        "machine": asdict(results.machine),
        "size": asdict(results.size),
        "versions": results.versions,
        "medians": [asdict(one) for one in results.figures],
        "ratios": ratios(results.figures),
        "repetitions": {
            key: [{"passes": [asdict(one) for one in outcome.passes], "peak_mib": outcome.peak_mib} for outcome in many]
            for key, many in results.outcomes.items()
        },
    }
