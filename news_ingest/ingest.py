"""A round over the feeds: fetch, parse, decide, store. One feed's failure costs nothing but itself."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime

from news_ingest.fetching.fetcher import Fetcher
from news_ingest.parsing.parser import InlineParser, Parser
from news_ingest.results import FeedResult, IngestReport, Progress
from news_ingest.round import Options, Round
from news_ingest.storing.store import ArticleStore
from news_ingest.together import together
from news_ingest.values import FeedSpec

__all__ = ["Options", "ingest", "take_in"]

AT_ONCE = 16
"""Feeds that are under way at the same time; the fetcher sees to it that no server is asked for many at once."""
DEFAULT = Options()


def ingest(
    specs: Sequence[FeedSpec],
    store: ArticleStore,
    fetcher: Fetcher,
    on_progress: Progress | None = None,
    *,
    parser: Parser | None = None,
    options: Options = DEFAULT,
    now: datetime | None = None,
) -> IngestReport:
    """`take_in`, for callers without an event loop; the fetcher is closed with it."""

    async def all_of_it() -> IngestReport:
        async with fetcher:
            return await take_in(specs, store, fetcher, on_progress, parser=parser, options=options, now=now)

    return asyncio.run(all_of_it())


async def take_in(
    specs: Sequence[FeedSpec],
    store: ArticleStore,
    fetcher: Fetcher,
    on_progress: Progress | None = None,
    *,
    parser: Parser | None = None,
    options: Options = DEFAULT,
    now: datetime | None = None,
    stop: asyncio.Event | None = None,
) -> IngestReport:
    """Fetch the feeds, several at once, and store each in one transaction as it comes.

    A second run over the same feeds finds everything unchanged. `now` is the time to note. Once `stop` is set no other
    feed is begun; those under way are finished, and only they are in the report. An `IngestError` ends up in the
    report; any other is a fault in the program and is raised.
    """
    one_round = Round(store, fetcher, parser or InlineParser(), options, now or datetime.now(UTC))
    chosen = one_round.choose(specs)
    results: dict[int, FeedResult] = {}

    async def take(numbered: tuple[int, FeedSpec]) -> None:
        if stop is not None and stop.is_set():
            return
        number, spec = numbered
        results[number] = await one_round.take(spec)
        if on_progress is not None:
            on_progress(results[number], len(results), len(chosen))

    try:
        await together(take, list(enumerate(chosen)), AT_ONCE)
    finally:
        one_round.note_unmodified()
    return IngestReport(tuple(results[number] for number in sorted(results)))
