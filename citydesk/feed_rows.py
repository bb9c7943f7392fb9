"""The feeds as `citydesk feeds list` shows them: what is known of each, without passwords. Computes only."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from news_ingest.deciding.health import Worry, worries
from news_ingest.links import masked
from news_ingest.values import FeedHealth, FeedSpec


@dataclass(frozen=True, slots=True)
class FeedRow:
    """A feed of the list, or one that was (`listed` false) and has articles still. Times are aware, in UTC."""

    url: str
    title: str
    language: str | None
    category: str
    listed: bool
    articles: int
    last_fetched: datetime | None
    last_success: datetime | None
    last_new: datetime | None
    next_due: datetime | None
    retired: bool
    error: str | None
    worries: tuple[Worry, ...]


def feed_rows(listed: Sequence[FeedSpec], known: Sequence[FeedHealth], now: datetime) -> list[FeedRow]:
    """The feeds of the list in its order, asked or not yet, then those that are in the store alone."""
    healths = {health.url: health for health in known}
    specs = {spec.url: spec for spec in listed}
    for url, spec in specs.items():
        healths.setdefault(url, FeedHealth(url, spec.title, spec.language, None, None, 0))
    order = [*specs, *(url for url in healths if url not in specs)]
    return [_row(specs.get(url), healths[url], now) for url in order]


def _row(spec: FeedSpec | None, health: FeedHealth, now: datetime) -> FeedRow:
    standing = health.standing
    return FeedRow(
        url=masked(health.url),
        title=masked((spec.title if spec else "") or health.title or health.url),
        language=(spec.language if spec else health.language) or standing.language,
        category=spec.category if spec else "",
        listed=spec is not None,
        articles=health.articles,
        last_fetched=health.last_fetched,
        last_success=standing.last_success,
        last_new=standing.last_new,
        next_due=standing.next_due if spec else None,
        retired=standing.retired,
        error=masked(health.last_error) if health.last_error else None,
        worries=_worries(spec, health, now) if spec else (),
    )


def _worries(spec: FeedSpec, health: FeedHealth, now: datetime) -> tuple[Worry, ...]:
    """Of a feed that is no longer read there is nothing to worry about, and from a sample nothing new will come."""
    as_listed = replace(health, language=spec.language)
    found = (one for one in worries(as_listed, now) if not (spec.sample and one.kind == "silent"))
    return tuple(replace(one, text=masked(one.text)) for one in found)
