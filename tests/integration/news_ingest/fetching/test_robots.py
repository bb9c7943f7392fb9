"""robots.txt, where the operator lets it count."""

import asyncio

import pytest

from news_ingest.errors import FeedForbidden, FeedUnreachable
from news_ingest.fetching.http_fetcher import HttpFetcher
from news_ingest.values import Retrieved
from tests.integration.news_ingest.fetching.fault_server import FaultServer

RULES = b"User-agent: *\nDisallow: /moved\nDisallow: /feed?private\n"


async def test_not_asked_for_by_default(faults: FaultServer, fetcher: HttpFetcher) -> None:
    """It is the operator's choice."""
    faults.robots = (200, RULES)
    assert isinstance(await fetcher.fetch(faults.url("/moved")), Retrieved)
    assert ["/moved", "/feed"] == faults.paths()


async def test_read_once_for_a_site(faults: FaultServer) -> None:
    """However many feeds it has."""
    faults.robots = (200, RULES)
    async with HttpFetcher(robots=True, allow_private=True, use_proxies=False) as fetcher:
        await asyncio.gather(*(fetcher.fetch(faults.url(f"/feed?{number}")) for number in range(5)))
    assert 1 == faults.paths().count("/robots.txt")
    assert 6 == len(faults.seen)


@pytest.mark.parametrize("path", ["/moved", "/feed?private"])
async def test_closed_to_programs(faults: FaultServer, path: str) -> None:
    """Then it is not read, and the message says who asks so."""
    faults.robots = (200, RULES)
    async with HttpFetcher(robots=True, allow_private=True, use_proxies=False) as fetcher:
        with pytest.raises(FeedForbidden, match=r"robots\.txt asks CityDesk not to read it") as caught:
            await fetcher.fetch(faults.url(path))
    assert "Ask the publisher for leave" in caught.value.advice
    assert ["/robots.txt"] == faults.paths()


async def test_redirect_to_what_is_closed(faults: FaultServer) -> None:
    """Each step is asked about."""
    faults.robots = (200, b"User-agent: CityDesk\nDisallow: /feed\n")
    async with HttpFetcher(robots=True, allow_private=True, use_proxies=False) as fetcher:
        with pytest.raises(FeedForbidden):
            await fetcher.fetch(faults.url("/elsewhere"))
    assert ["/robots.txt", "/elsewhere"] == faults.paths()


@pytest.mark.parametrize("status", [404, 410, 401, 403])
async def test_site_without_rules(faults: FaultServer, status: int) -> None:
    """Everything may be read."""
    faults.robots = (status, b"User-agent: *\nDisallow: /\n")
    async with HttpFetcher(robots=True, allow_private=True, use_proxies=False) as fetcher:
        assert isinstance(await fetcher.fetch(faults.url("/feed")), Retrieved)


async def test_rules_that_cannot_be_read(faults: FaultServer) -> None:
    """Then nothing may be; they are asked for again the next time."""
    faults.robots = (503, b"")
    async with HttpFetcher(robots=True, allow_private=True, use_proxies=False) as fetcher:
        with pytest.raises(FeedUnreachable, match=r"robots\.txt: the server answered HTTP 503"):
            await fetcher.fetch(faults.url("/feed"))
        faults.robots = (200, RULES)
        assert isinstance(await fetcher.fetch(faults.url("/feed")), Retrieved)


async def test_rules_pass_the_same_guard(faults: FaultServer) -> None:
    """They are a page like any other."""
    faults.robots = (200, RULES)
    async with HttpFetcher(robots=True, use_proxies=False) as fetcher:
        with pytest.raises(FeedForbidden, match="this very machine"):
            await fetcher.fetch(faults.url("/feed"))
    assert [] == faults.seen
