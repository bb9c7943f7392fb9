"""What a measuring process is told and what it tells: plain records, carried in files of JSON lines."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

TOP = 10
"""How many passages are asked for."""
QUERIES = 200
WARM_UP = 20
"""Questions asked before the clock counts, none of which comes back."""


@dataclass(frozen=True, slots=True)
class TimesJob:
    """Build from all `passages` but the last, ask `queries`, add the last one."""

    system: str
    passages: tuple[str, ...]
    queries: tuple[str, ...]
    warm_up: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QualitySet:
    """What is searched, and what is asked."""

    name: str
    passages: tuple[str, ...]
    queries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QualityJob:
    """Rank the passages of each set for each of its queries."""

    system: str
    sets: tuple[QualitySet, ...]


@dataclass(frozen=True, slots=True)
class Parts:
    """This project's figures beside the bare libraries below it, on the same texts in the same process.

    `encoder_s`: the encoder alone, all passages. `vectors_ms`: the vector index within each query.
    `flat_ms`: each query's vector through an IndexFlatIP of the passages' vectors, one thread.
    """

    encoder_s: float
    vectors_ms: tuple[float, ...]
    flat_ms: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Times:
    """What one system took at one size.

    `build_s`: until the index is saved and answers. `query_ms`: one for each question that was asked, from its text
    to the numbers of passages. `added_s`: until a new passage is found; `added_saved_s`: and is on disk. `found`:
    whether it was found. `empty_mib` and `peak_mib`: memory before anything was indexed, and the most until the last
    question. `others`: cores that other programs kept busy meanwhile.
    """

    size: int
    build_s: float
    query_ms: tuple[float, ...]
    empty_mib: float
    peak_mib: float
    disk_bytes: int
    added_s: float
    added_saved_s: float
    found: bool
    others: float
    parts: Parts | None = None


def times_from(record: dict[str, Any]) -> Times:
    """The `Times` of a record as JSON carries it; raises TypeError or KeyError for anything else."""
    parts = record["parts"]
    if parts is not None:
        flat, vectors = tuple(parts["flat_ms"]), tuple(parts["vectors_ms"])
        parts = Parts(parts["encoder_s"], vectors, flat)
    return Times(**{**record, "query_ms": tuple(record["query_ms"]), "parts": parts})


def write_job(job: TimesJob | QualityJob, path: Path) -> None:
    """One line for the job, and for times another one for each passage: see `read_job`."""
    record = asdict(job)
    passages = record.pop("passages", ())
    with path.open("w", encoding="utf-8") as file:
        for line in (record, *passages):
            file.write(json.dumps(line) + "\n")


def read_job(path: Path) -> TimesJob | QualityJob:
    """The job in the file, read line by line: memory that only reading took would count as the system's."""
    with path.open(encoding="utf-8") as file:
        record = json.loads(next(file))
        if "sets" in record:
            sets = (
                QualitySet(item["name"], tuple(item["passages"]), tuple(item["queries"])) for item in record["sets"]
            )
            return QualityJob(record["system"], tuple(sets))
        passages = tuple(json.loads(line) for line in file)
    return TimesJob(record["system"], passages, tuple(record["queries"]), tuple(record["warm_up"]))
