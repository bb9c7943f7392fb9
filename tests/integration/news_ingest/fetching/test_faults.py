"""Servers that fail, and servers that mean harm: each is told so that an editor knows what to do, and stops nobody."""

import asyncio
import socket
import time
from datetime import UTC, datetime, timedelta

import pytest

from news_ingest.errors import (
    FeedAddressInvalid,
    FeedError,
    FeedGone,
    FeedNotFound,
    FeedTooLarge,
    FeedUnreachable,
)
from news_ingest.fetching.http_fetcher import HttpFetcher
from news_ingest.values import Retrieved
from tests.integration.news_ingest.fetching.fault_server import FEED, FaultServer

FAULTS: list[tuple[str, type[FeedError], str, str]] = [
    ("/nowhere", FeedNotFound, "knows no such page (HTTP 404)", "Ask the publisher for the feed's new address"),
    ("/gone", FeedGone, "gone for good (HTTP 410)", "Take it out of the list"),
    ("/forbidden", FeedUnreachable, "HTTP 403", "ask the publisher"),
    ("/broken", FeedUnreachable, "HTTP 500", "if it stays so for days"),
    ("/busy", FeedUnreachable, "HTTP 503", "server asks to be left alone for 2 minutes"),
    ("/too-many", FeedUnreachable, "HTTP 429", "server asks to be left alone for an hour"),
    ("/hides-nothing-new", FeedUnreachable, "nothing is new, to a reader that has nothing yet", "stays so for days"),
    ("/loop", FeedUnreachable, "from one address to the next without end", "Ask the publisher"),
    ("/to-a-file", FeedAddressInvalid, "file:///etc/hostname: only http and https", "Check the address"),
    ("/to-nowhere", FeedUnreachable, "elsewhere, but not where (HTTP 302)", "Ask the publisher"),
    ("/silent", FeedUnreachable, "took too long to answer", "if it stays so for days"),
    ("/loris", FeedUnreachable, "not through after 1.5 seconds", "if it stays so for days"),
    ("/dripping", FeedUnreachable, "not through after 1.5 seconds", "if it stays so for days"),
    ("/endless", FeedTooLarge, "larger than 1 MB", "Check that it is a feed"),
    ("/endless-headers", FeedUnreachable, "not what a web server answers", "is there a web server?"),
    ("/bomb", FeedTooLarge, "larger than 1 MB", "Check that it is a feed"),
    ("/announced-large", FeedTooLarge, "larger than 1 MB", "Check that it is a feed"),
    ("/not-gzip", FeedUnreachable, "can't be unpacked", "ask the publisher to look at its gzip"),
    ("/brotli", FeedUnreachable, "not asked for (br)", "Tell the publisher"),
    ("/garbled", FeedUnreachable, "not what a web server answers", "is there a web server?"),
    ("/reset-at-once", FeedUnreachable, "broke off before anything came", "if it stays so for days"),
    ("/reset-after-headers", FeedUnreachable, "broke off before anything came", "if it stays so for days"),
]


@pytest.mark.parametrize(("path", "error", "problem", "advice"), FAULTS, ids=[fault[0] for fault in FAULTS])
async def test_fault_is_told(
    faults: FaultServer, fetcher: HttpFetcher, path: str, error: type[FeedError], problem: str, advice: str
) -> None:
    """By its kind; the message says where, what is wrong, and what to do. The next feed comes as ever."""
    begun = time.monotonic()
    with pytest.raises(error) as caught:
        await fetcher.fetch(faults.url(path))
    assert error is type(caught.value)
    assert faults.url(path) == caught.value.where
    assert problem in caught.value.problem
    assert advice in caught.value.advice
    assert time.monotonic() - begun < 4
    assert isinstance(await fetcher.fetch(faults.url("/feed")), Retrieved)


@pytest.mark.parametrize(("path", "wait"), [("/busy", 120), ("/too-many", 3600), ("/broken", None)])
async def test_how_long_to_leave_it_alone(
    faults: FaultServer, fetcher: HttpFetcher, path: str, wait: int | None
) -> None:
    """Retry-After in seconds, and as a date by the server's own clock."""
    with pytest.raises(FeedUnreachable) as caught:
        await fetcher.fetch(faults.url(path))
    assert (timedelta(seconds=wait) if wait else None) == caught.value.retry_after


@pytest.mark.parametrize("path", ["/broken-off", "/reset"])
async def test_broken_connection_leaves_what_came(faults: FaultServer, fetcher: HttpFetcher, path: str) -> None:
    """Without validators, so that the rest is asked for next time."""
    answer = await fetcher.fetch(faults.url(path))
    assert isinstance(answer, Retrieved)
    assert (FEED[:-100], None, False) == (answer.body, answer.etag, answer.whole)


async def test_half_of_a_packed_feed(faults: FaultServer, fetcher: HttpFetcher) -> None:
    """What could be unpacked, and that it isn't all."""
    answer = await fetcher.fetch(faults.url("/half-a-gzip"))
    assert isinstance(answer, Retrieved)
    assert answer.body and FEED.startswith(answer.body)
    assert (None, False) == (answer.etag, answer.whole)


async def test_wrong_content_type_is_no_matter(faults: FaultServer, fetcher: HttpFetcher) -> None:
    """The bytes count; what they are said to be is passed on."""
    answer = await fetcher.fetch(faults.url("/as-picture"))
    assert isinstance(answer, Retrieved)
    assert (FEED, "image/png") == (answer.body, answer.content_type)


async def test_nobody_listens(fetcher: HttpFetcher) -> None:
    """A refused connection."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    with pytest.raises(FeedUnreachable, match="nothing answers there") as caught:
        await fetcher.fetch(f"http://127.0.0.1:{port}/feed")
    assert "Check the address" in caught.value.advice


async def test_no_such_host(fetcher: HttpFetcher) -> None:
    """By its name."""
    with pytest.raises(FeedUnreachable, match=r"no host of the name nobody\.test"):
        await fetcher.fetch("http://nobody.test/feed")


async def test_clock_that_goes_backwards(faults: FaultServer) -> None:
    """Deadlines hold by a clock that can't be set; and nothing is fresh for less than no time."""
    hours = iter(range(1000, 0, -1))

    def backwards() -> datetime:
        return datetime(2019, 5, 6, tzinfo=UTC) + timedelta(hours=next(hours))

    async with HttpFetcher(timeout=1.0, deadline=0.5, allow_private=True, use_proxies=False, now=backwards) as fetcher:
        begun = time.monotonic()
        with pytest.raises(FeedUnreachable, match=r"not through after 0\.5 seconds"):
            await fetcher.fetch(faults.url("/dripping"))
        assert 0.5 <= time.monotonic() - begun < 4
        answer = await fetcher.fetch(faults.url("/fresh"))
        assert timedelta(seconds=500) == answer.fresh_for


async def test_many_bad_feeds_keep_no_good_one_waiting(faults: FaultServer) -> None:
    """A hundred that never answer, at a host of their own, take the room of no other host."""

    async def here(host: str, port: int) -> list[str]:
        return ["127.0.0.1"]

    async with HttpFetcher(timeout=5.0, allow_private=True, use_proxies=False, overall=4, resolver=here) as fetcher:
        bad = [asyncio.ensure_future(fetcher.fetch(faults.url("/silent", "bad.test"))) for _ in range(100)]
        await asyncio.sleep(0)
        begun = time.monotonic()
        for _ in range(10):
            assert isinstance(await fetcher.fetch(faults.url("/feed", "good.test")), Retrieved)
        assert time.monotonic() - begun < 4
        for task in bad:
            task.cancel()
        await asyncio.gather(*bad, return_exceptions=True)


async def test_deadlines_leave_no_connection_behind(faults: FaultServer) -> None:
    """Far more of them than connections are allowed, and the next feed still finds room."""
    async with HttpFetcher(deadline=0.05, per_host=4, overall=4, allow_private=True, use_proxies=False) as fetcher:
        paths = ("/silent", "/loris", "/dripping", "/endless")
        slow = [fetcher.fetch(faults.url(f"{paths[number % 4]}?{number}")) for number in range(48)]
        outcomes = await asyncio.gather(*slow, return_exceptions=True)
        assert [] == [outcome for outcome in outcomes if not isinstance(outcome, FeedError)]
    async with HttpFetcher(deadline=0.5, per_host=4, overall=4, allow_private=True, use_proxies=False) as fetcher:
        await asyncio.gather(*(fetcher.fetch(faults.url("/silent")) for _ in range(8)), return_exceptions=True)
        good = await asyncio.gather(*(fetcher.fetch(faults.url("/feed")) for _ in range(8)))
        assert [FEED] * 8 == [answer.body for answer in good if isinstance(answer, Retrieved)]


async def test_fetch_that_is_given_up(faults: FaultServer, fetcher: HttpFetcher) -> None:
    """Cancelling, as at a graceful stop, hangs up and frees the room."""
    waiting = [asyncio.ensure_future(fetcher.fetch(faults.url("/silent"))) for _ in range(6)]
    while not faults.seen:
        await asyncio.sleep(0.01)
    for task in waiting:
        task.cancel()
    assert [True] * 6 == [
        isinstance(o, asyncio.CancelledError) for o in await asyncio.gather(*waiting, return_exceptions=True)
    ]
    assert isinstance(await fetcher.fetch(faults.url("/feed")), Retrieved)
