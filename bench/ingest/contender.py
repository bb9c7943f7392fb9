"""The port of what is measured, and the job that it gets. Runs in either environment."""

import json
from abc import ABC, abstractmethod
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path
from typing import cast

OWN = "citydesk"


@dataclass(frozen=True, slots=True)
class Job:
    """Feeds by address, the same as files, and an empty folder for a database."""

    contender: str
    urls: list[str]
    files: list[str]
    folder: str


class Contender(ABC):
    """Takes feeds in. Only `take` is timed."""

    @abstractmethod
    def prepare(self, job: Job) -> None:
        """Make what a reader has before it asks for news: an empty database, the list of feeds."""

    @abstractmethod
    def take(self) -> None:
        """All feeds, once."""

    @abstractmethod
    def entries(self) -> int:
        """How many entries there are now."""

    def close(self) -> None:  # noqa: B027
        """Let go of everything."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A contender; `factory` is `module:class` within this package. `passes`: 1 where nothing is remembered."""

    key: str
    title: str
    factory: str
    peer: bool = False
    passes: int = 2


CONTENDERS = (
    Entry("reader", "lemon24/reader", "with_reader:WithReader", peer=True),
    Entry(OWN, "CityDesk", "with_citydesk:WithCityDesk"),
    Entry("feedparser", "bare feedparser.parse", "with_feedparser:WithFeedparser", passes=1),
)


def entry(key: str) -> Entry:
    """The contender of this key; raises StopIteration for none."""
    return next(entry for entry in CONTENDERS if entry.key == key)


def load(key: str) -> Contender:
    """Import and make a contender; only its own environment can."""
    module, _, name = entry(key).factory.partition(":")
    return cast(Contender, getattr(import_module(f"bench.ingest.{module}"), name)())


def write_job(job: Job, path: Path) -> None:
    """As JSON."""
    path.write_text(json.dumps(asdict(job)), encoding="utf-8")


def read_job(path: Path) -> Job:
    """What `write_job` wrote."""
    return Job(**json.loads(path.read_text(encoding="utf-8")))
