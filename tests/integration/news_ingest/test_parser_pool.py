"""Feeds and pages read in processes of their own: what takes too long, or kills its process, fails alone."""

import asyncio
import multiprocessing
import os
import resource
import signal
from collections.abc import Iterator
from typing import cast

import pytest

from news_ingest.errors import FeedNotAFeed, FeedUnreadable
from news_ingest.ingest import ingest
from news_ingest.parsing.dates import DEFAULT_ZONE
from news_ingest.parsing.parse import parse_feed
from news_ingest.parsing.pool import SHORT, ParserPool
from news_ingest.storing.store import ArticleStore
from news_ingest.values import FeedSpec, ParsedFeed, Retrieved
from tests.integration.news_ingest.fakes import ScriptedFetcher
from tests.integration.news_ingest.test_ingest_rounds import PAGE_URL, STORY, feed, page

SPEC = FeedSpec("a", "a", "Feed A")
QUICK = feed(("1", "One"))
LIMIT = 1.5


def damaged(items: int) -> bytes:
    """A feed that is well-formed nowhere, and read with patience: each thousand of items takes some seconds."""
    text = b"&lt;p&gt;a &amp;amp; b &lt;i&gt;c&lt;/i&gt;&lt;/p&gt;" * 60
    inner = b"".join(
        b"<item><title>%d &bad</title><description>%b</description></item>" % (n, text) for n in range(items)
    )
    return b"<rss><channel><title>T</title>" + inner


LONG = damaged(3000)


@pytest.fixture
def pool() -> Iterator[ParserPool]:
    with ParserPool(2, LIMIT, short=0) as opened:
        yield opened


async def read(pool: ParserPool, body: bytes) -> ParsedFeed:
    return await pool.parse(Retrieved("a", body), SPEC, DEFAULT_ZONE)


async def test_errors_come_back_as_they_are(pool: ParserPool) -> None:
    with pytest.raises(FeedNotAFeed) as told:
        await read(pool, b"<html></html>")
    assert ("a", "this is a web page, not a feed") == (told.value.where, told.value.problem)


async def test_one_that_takes_too_long_fails_alone(pool: ParserPool) -> None:
    """Its process is ended, another takes its place, and the others don't notice."""
    outcomes = await asyncio.gather(read(pool, LONG), *(read(pool, QUICK) for _ in range(10)), return_exceptions=True)
    assert isinstance(outcomes[0], FeedUnreadable)
    assert "a: reading it was given up after 1.5 seconds. Open the address" in str(outcomes[0])
    assert [1] * 10 == [len(one.entries) for one in outcomes[1:] if isinstance(one, ParsedFeed)]
    both = await asyncio.gather(read(pool, QUICK), read(pool, QUICK))
    assert [1, 1] == [len(one.entries) for one in both]
    assert len(multiprocessing.active_children()) <= 2


async def test_one_whose_process_dies_fails_alone() -> None:
    """As when the system runs out of memory: here it is a second of processor time that runs out."""
    with ParserPool(2, 60.0, short=0) as pool:
        await read(pool, QUICK)
        [process] = multiprocessing.active_children()
        assert process.pid is not None
        resource.prlimit(process.pid, resource.RLIMIT_CPU, (1, 1))
        with pytest.raises(FeedUnreadable, match="a: the process that read it was ended by the system"):
            await read(pool, LONG)
        assert 1 == len((await read(pool, QUICK)).entries)


async def test_a_process_that_died_between_two_feeds_is_nobody_s_fault(pool: ParserPool) -> None:
    await read(pool, QUICK)
    [process] = multiprocessing.active_children()
    assert process.pid is not None
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    assert 1 == len((await read(pool, QUICK)).entries)


async def test_the_loop_goes_on_meanwhile(pool: ParserPool) -> None:
    """From the very first feed on: servers are being answered while it is read."""
    reading = asyncio.create_task(read(pool, damaged(100)))
    turns = 0
    while not reading.done():
        await asyncio.sleep(0.005)
        turns += 1
    assert 100 == len(reading.result().entries)
    assert turns > 10


async def test_pages_are_read_too(pool: ParserPool) -> None:
    text = await pool.full_text(page())
    assert text is not None and STORY in text
    assert None is await pool.full_text(Retrieved(PAGE_URL, b"%PDF-1.4", content_type="application/pdf"))


async def test_a_page_that_takes_too_long() -> None:
    """Loading what finds the article takes longer than this."""
    with ParserPool(1, 0.05, short=0) as pool, pytest.raises(FeedUnreadable) as told:
        await pool.full_text(page())
    assert PAGE_URL == told.value.where


async def test_the_end_waits_for_nobody() -> None:
    """A round that is broken off leaves no process behind, whatever that is in the middle of."""
    with ParserPool(1, 60.0, short=0) as pool:
        reading = asyncio.create_task(read(pool, LONG))
        while not multiprocessing.active_children():
            await asyncio.sleep(0.01)
        [process] = multiprocessing.active_children()
        reading.cancel()
    assert -signal.SIGKILL == process.exitcode
    assert [] == multiprocessing.active_children()


async def test_a_fault_in_the_program_says_where_it_was(pool: ParserPool) -> None:
    """In the process, whose frames the traceback here would not have."""
    with pytest.raises(TypeError, match="strip") as raised:
        await read(pool, cast(bytes, "no bytes"))
    assert "in _refuse_page" in "".join(raised.value.__notes__)


def test_a_round_goes_on_without_it(store: ArticleStore, pool: ParserPool) -> None:
    """The editor is told what it was; how the feed stands is noted as after any failure."""
    specs = [FeedSpec(name, name, f"Feed {name}") for name in ("a", "b")]
    report = ingest(specs, store, ScriptedFetcher({"a": LONG, "b": QUICK}), parser=pool)
    assert [("failed", "unreadable"), ("taken", None)] == [(one.status, one.error_kind) for one in report.results]
    assert "reading it was given up after 1.5 seconds" == report.results[0].problem
    assert (1, 1) == (store.standing("a").failures, len(store.articles()))


@pytest.mark.parametrize(("items", "started"), [(1, 0), (SHORT // 40, 1)])
async def test_a_short_plain_feed_needs_no_process(items: int, started: int) -> None:
    """One that is longer gets its own, and both are read alike."""
    body = feed(*((str(number), "One") for number in range(items)))
    with ParserPool(1) as pool:
        parsed = await read(pool, body)
        assert started == len(multiprocessing.active_children())
    assert parse_feed(Retrieved("a", body), SPEC) == parsed
