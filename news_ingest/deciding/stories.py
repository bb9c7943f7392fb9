"""Which articles tell the same story: in several feeds, and in several languages. Decides only; stores nothing.

Two articles can be linked when they were published within two days of each other and

- have the same canonical address, or
- are in one language, and the shorter text is in the longer one nearly whole, with its numbers and much of its title;
  texts that are nearly alike but have numbers of their own each are one form filled in twice, and apart, or
- are in two languages, mean the same by their vectors, and share what no language translates: numbers, dates, names
  in Latin letters, tags. Of those links the strongest are taken, one article of a language for each story.

A story has the id of its earliest article. All this depends on the articles only, not on their order: the same
stories come out whether they come one by one or all at once. They are named anew, and `place` says so, when an earlier
article comes late, or a better match in another language. They may come out otherwise when an article that held two
others together has been forgotten before the second came, and for an article changed after it was placed.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

import numpy as np
import numpy.typing as npt

from news_ingest.deciding.story_days import Day
from news_ingest.deciding.story_partition import partition, reachable
from news_ingest.deciding.story_texts import MIN_RESEMBLANCE, same_text
from news_ingest.deciding.story_traces import Trace, overlap, trace

Vectors = npt.NDArray[np.float32]

WINDOW: Final = timedelta(days=2)

# Measured on news that is parallel in fifteen languages.
MIN_COSINE: Final = 0.4
MIN_SHARED: Final = 1
MIN_STRENGTH: Final = 0.75
_MEANT: Final = 1_500
"""Characters that the vector of an article is made from: its title and opening say what it is about."""


@dataclass(frozen=True, slots=True)
class StorySeed:
    """An article, as far as its story goes. `when` is when it was published, else first seen; aware.

    `canonical` is the page's canonical address, or empty; `tags` are ids of subjects and districts that it names.
    """

    id: str
    feed: str
    language: str
    title: str
    text: str
    when: datetime
    canonical: str = ""
    tags: tuple[str, ...] = ()


class Similarity(ABC):
    """What the meaning of texts is compared by: a sentence encoder of many languages."""

    @abstractmethod
    def vectors(self, texts: Sequence[str]) -> Vectors:
        """Float32 vectors of shape (len(texts), dimension), each of length 1, or 0 for text without content."""


@dataclass(frozen=True, slots=True)
class _Known:
    feed: str
    language: str
    when: datetime
    trace: Trace


def group(
    articles: Sequence[StorySeed],
    known: Iterable[tuple[StorySeed, str]] = (),
    similarity: Similarity | None = None,
    commonplace: Iterable[str] = (),
) -> dict[str, str]:
    """article id → story id, for `articles` and for those of `known` (article, its story) whose story changes."""
    index = StoryIndex(similarity, commonplace)
    index.restore(known)
    return index.place(articles)


class StoryIndex:
    """The articles of late and their stories: 2 KB for each, 4 KB with vectors. Not for several threads at once."""

    def __init__(self, similarity: Similarity | None = None, commonplace: Iterable[str] = ()) -> None:
        """Without `similarity`, languages are not brought together. `commonplace` are names that nearly every article
        of this city has ("taipei"): sharing them says nothing."""
        self._similarity = similarity
        self._commonplace = frozenset(name.casefold() for name in commonplace)
        self._known: dict[str, _Known] = {}
        self._story: dict[str, str] = {}
        self._firm: dict[str, dict[str, float]] = {}
        self._across: dict[str, dict[str, float]] = {}
        self._canonical: dict[str, list[str]] = {}
        self._days: dict[int, Day] = {}
        self._bygone: dict[str, str] = {}

    def __len__(self) -> int:
        return len(self._known)

    def restore(self, articles: Iterable[tuple[StorySeed, str]]) -> None:
        """Take in articles with their stories as decided before; they keep them until something new touches them."""
        stories = {}
        rows = [(seed, story) for seed, story in articles if seed.id not in self._known]
        for (seed, story), vector in zip(rows, self._vectors([seed for seed, _ in rows]), strict=True):
            self._add(seed, vector)
            stories[seed.id] = story
        self._story.update(stories)
        self._remember_bygone()

    def place(self, articles: Sequence[StorySeed]) -> dict[str, str]:
        """article id → story id, for `articles` and for those already here whose story has another name now."""
        fresh = list({seed.id: seed for seed in articles if seed.id not in self._known}.values())
        for seed, vector in zip(fresh, self._vectors(fresh), strict=True):
            self._add(seed, vector)
        told = {seed.id for seed in articles}
        touched = reachable((seed.id for seed in fresh), self._firm, self._across)
        languages = {id_: self._known[id_].language for id_ in touched}
        for members in partition(touched, self._firm, self._across, languages):
            name = self._name(members)
            told |= {id_ for id_ in members if self._story.get(id_) != name}
            self._story.update(dict.fromkeys(members, name))
        return {id_: self._story[id_] for id_ in sorted(told)}

    def forget(self, before: datetime) -> None:
        """Drop articles of the days before that of `before`; the stories of the others keep their names."""
        first = before.astimezone(UTC).toordinal()
        gone = {id_ for ordinal in self._days if ordinal < first for id_ in self._days[ordinal].ids}
        self._days = {ordinal: day for ordinal, day in self._days.items() if ordinal >= first}
        for id_ in gone:
            del self._known[id_], self._story[id_]
            self._bygone.pop(id_, None)
            for links in (self._firm, self._across):
                for other in links.pop(id_, ()):
                    links.get(other, {}).pop(id_, None)
        kept = ((url, [id_ for id_ in ids if id_ not in gone]) for url, ids in self._canonical.items())
        self._canonical = {url: ids for url, ids in kept if ids}
        self._remember_bygone()

    def _vectors(self, seeds: Sequence[StorySeed]) -> Vectors:
        if self._similarity is None or not seeds:
            return np.zeros((len(seeds), 0), np.float32)
        return self._similarity.vectors([f"{seed.title}\n{seed.text}"[:_MEANT] for seed in seeds])

    def _add(self, seed: StorySeed, vector: Vectors) -> None:
        """Take one in, with its links."""
        found = trace(seed.title, seed.text, seed.language, seed.tags, self._commonplace)
        known = _Known(seed.feed, seed.language, seed.when.astimezone(UTC), found)
        if seed.canonical:
            same = self._canonical.setdefault(seed.canonical, [])
            for id_ in same:
                if _near(known, self._known[id_]):
                    _link(self._firm, seed.id, id_, 1.0)
            same.append(seed.id)
        middle = known.when.toordinal()
        for ordinal in range(middle - WINDOW.days, middle + WINDOW.days + 1):
            if ordinal in self._days:
                self._link_to(self._days[ordinal], seed.id, known, vector)
        self._known[seed.id] = known
        self._days.setdefault(middle, Day(len(vector))).add(seed.id, seed.language, found.signature, vector)

    def _link_to(self, day: Day, id_: str, known: _Known, vector: Vectors) -> None:
        for other_id, resembling in day.resembling(known.trace.signature, known.language, MIN_RESEMBLANCE):
            other = self._known[other_id]
            same_feed = known.feed == other.feed
            if _near(known, other) and same_text(known.trace, other.trace, resembling, same_feed):
                _link(self._firm, id_, other_id, 1.0)
        for other_id, cosine in day.meaning(vector, known.language, MIN_COSINE):
            other = self._known[other_id]
            if _near(known, other):
                found = strength(cosine, known.trace, other.trace)
                if found >= MIN_STRENGTH:
                    _link(self._across, id_, other_id, found)

    def _name(self, members: Sequence[str]) -> str:
        """The earliest article's id; a story whose earliest is no longer here keeps its name."""
        bygone = [self._bygone[id_] for id_ in members if id_ in self._bygone]
        return min(bygone) if bygone else min(members, key=lambda id_: (self._known[id_].when, id_))

    def _remember_bygone(self) -> None:
        """Bind together the articles of stories whose first one is not here."""
        last: dict[str, str] = {}
        for id_, story in self._story.items():
            if story not in self._known:
                self._bygone[id_] = story
                if story in last:
                    _link(self._firm, last[story], id_, 1.0)
                last[story] = id_


def strength(cosine: float, one: Trace, other: Trace) -> float:
    """How strongly two articles in two languages are linked, from 0 to 1.22; 0 where they share no fact at all."""
    shared = len(np.intersect1d(one.entities, other.entities, assume_unique=True))
    if shared < MIN_SHARED:
        return 0.0
    return cosine + 0.02 * min(shared, 6) + 0.1 * overlap(one.entities, other.entities)


def _near(one: _Known, other: _Known) -> bool:
    return abs(one.when - other.when) <= WINDOW


def _link(links: dict[str, dict[str, float]], one: str, other: str, strength_: float) -> None:
    links.setdefault(one, {})[other] = strength_
    links.setdefault(other, {})[one] = strength_
