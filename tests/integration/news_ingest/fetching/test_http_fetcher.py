"""Fetching from a server that means well."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from news_ingest.errors import FeedAddressInvalid, FeedError, FeedNotFound, FeedTooLarge, FeedUnreachable
from news_ingest.fetching.http_fetcher import HttpFetcher
from news_ingest.fetching.request import user_agent
from news_ingest.values import NotModified, Retrieved
from tests.integration.news_ingest.fetching.fault_server import ETAG, FEED, MODIFIED, FaultServer


async def test_feed_comes_with_its_validators(faults: FaultServer, fetcher: HttpFetcher) -> None:
    """200: the bytes, the media type, what to ask with next time."""
    url = faults.url("/feed")
    assert Retrieved(url, FEED, "application/rss+xml", ETAG, MODIFIED) == await fetcher.fetch(url)


@pytest.mark.parametrize(("etag", "modified"), [(ETAG, None), (None, MODIFIED), (ETAG, MODIFIED)])
async def test_nothing_new(faults: FaultServer, fetcher: HttpFetcher, etag: str | None, modified: str | None) -> None:
    """304 by either validator, with how long that holds."""
    url = faults.url("/feed")
    assert NotModified(url, fresh_for=timedelta(minutes=5)) == await fetcher.fetch(url, etag, modified)


@pytest.mark.parametrize("etag", ['"old"', "牛", "a\r\nX-Smuggled: yes"])
async def test_stale_validator_brings_the_feed(faults: FaultServer, fetcher: HttpFetcher, etag: str) -> None:
    """Also one that no header can hold, which is not sent."""
    assert isinstance(await fetcher.fetch(faults.url("/feed"), etag), Retrieved)
    assert "x-smuggled" not in faults.seen[-1][1]


async def test_asking_says_who_asks(faults: FaultServer) -> None:
    """An honest name, how to reach the operator, and nothing packed but gzip."""
    async with HttpFetcher(allow_private=True, use_proxies=False, contact="news@city.example") as fetcher:
        await fetcher.fetch(faults.url("/feed"))
    headers = faults.seen[-1][1]
    assert user_agent("news@city.example") == headers["user-agent"]
    assert "news@city.example" in headers["user-agent"]
    assert "gzip" == headers["accept-encoding"]
    assert "if-none-match" not in headers


def test_contact_that_no_header_can_hold() -> None:
    """It is the operator's mistake, told at once."""
    with pytest.raises(ValueError, match="plain ASCII"):
        user_agent("news@city.example\r\nX-Other: 1")


async def test_packed_feed_is_unpacked(faults: FaultServer, fetcher: HttpFetcher) -> None:
    """gzip, as asked for."""
    answer = await fetcher.fetch(faults.url("/zipped"))
    assert isinstance(answer, Retrieved)
    assert (FEED, True) == (answer.body, answer.whole)


async def test_how_long_an_answer_holds(faults: FaultServer, fetcher: HttpFetcher) -> None:
    """What Cache-Control says, less the time that the answer has already waited somewhere."""
    answer = await fetcher.fetch(faults.url("/fresh"))
    assert timedelta(seconds=500) == answer.fresh_for


@pytest.mark.parametrize(
    ("path", "moved"),
    [
        ("/feed", None),
        ("/moved", "/feed"),
        ("/moved-twice", "/feed"),
        ("/elsewhere", None),
        ("/moved-then-elsewhere", None),
    ],
)
@pytest.mark.parametrize("etag", [None, ETAG])
async def test_redirects(
    faults: FaultServer, fetcher: HttpFetcher, path: str, moved: str | None, etag: str | None
) -> None:
    """Followed; the address that answered is told, and the new one where every step is for good."""
    answer = await fetcher.fetch(faults.url(path), etag)
    assert faults.url("/feed") == answer.url
    assert (faults.url(moved) if moved else None) == answer.moved_to


async def test_one_connection_serves_one_feed_after_the_other(faults: FaultServer, fetcher: HttpFetcher) -> None:
    """Redirects and "nothing new" keep it, too."""
    for path in ("/feed", "/moved", "/zipped", "/feed"):
        await fetcher.fetch(faults.url(path), ETAG)
    assert 1 == faults.connections


async def test_kept_connection_that_was_closed_is_nobodys_fault(faults: FaultServer, fetcher: HttpFetcher) -> None:
    """The request goes out again, on a new one."""
    for _ in range(20):
        assert isinstance(await fetcher.fetch(faults.url("/kept-then-closed")), Retrieved)
    assert 20 == len(faults.seen)


async def test_request_that_crossed_with_the_end_of_its_connection(faults: FaultServer, fetcher: HttpFetcher) -> None:
    """It goes out once more."""
    for _ in range(2):
        assert isinstance(await fetcher.fetch(faults.url("/answers-once")), Retrieved)
    assert (3, 2) == (len(faults.seen), faults.connections)


async def test_new_connection_that_breaks_is_not_tried_again(faults: FaultServer, fetcher: HttpFetcher) -> None:
    """A server in trouble is left alone."""
    with pytest.raises(FeedUnreachable):
        await fetcher.fetch(faults.url("/reset-at-once"))
    assert 1 == len(faults.seen)


async def test_few_at_a_time_for_one_host(faults: FaultServer) -> None:
    """Two by default, however many feeds it has."""
    async with HttpFetcher(allow_private=True, use_proxies=False) as fetcher:
        await asyncio.gather(*(fetcher.fetch(faults.url(f"/held?{number}")) for number in range(12)))
    assert 2 == faults.most


async def test_more_in_all(faults: FaultServer) -> None:
    """Four hosts of two each, and the limit on all of them."""

    async def here(host: str, port: int) -> list[str]:
        return ["127.0.0.1"]

    async with HttpFetcher(overall=5, allow_private=True, use_proxies=False, resolver=here) as fetcher:
        urls = [faults.url(f"/held?{number}", f"{number % 4}.test") for number in range(24)]
        await asyncio.gather(*(fetcher.fetch(url) for url in urls))
    assert 5 == faults.most


async def test_name_and_password_in_the_address(faults: FaultServer, fetcher: HttpFetcher) -> None:
    """They go to the server, and into no message."""
    url = faults.url("/nowhere", "reader:s3cret@127.0.0.1")
    with pytest.raises(FeedNotFound) as caught:
        await fetcher.fetch(url)
    assert "Basic cmVhZGVyOnMzY3JldA==" == faults.seen[-1][1]["authorization"]
    assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize(
    "address",
    [
        "http://",
        "http://[",
        "http://a b/",
        "http://a%20b/",
        "http://a\\b@c d/",
        "https://\udcff/",
        "ftp://x/y",
        "gopher://x",
        "file://host/x",
    ],
)
async def test_unusable_addresses(fetcher: HttpFetcher, address: str) -> None:
    """None of them is an accident of the program's."""
    with pytest.raises(FeedError):
        await fetcher.fetch(address)


async def test_scheme_is_told(fetcher: HttpFetcher) -> None:
    """What can be read is part of the message."""
    with pytest.raises(FeedAddressInvalid, match="only http, https and local files"):
        await fetcher.fetch("ftp://city.example/feed")


async def test_files_are_read(fetcher: HttpFetcher, tmp_path: Path) -> None:
    """By path and by `file:` URL, with signs that a URL must escape."""
    path = tmp_path / "a feed 新聞%.xml"
    path.write_bytes(FEED)
    assert Retrieved(str(path), FEED) == await fetcher.fetch(str(path))
    assert Retrieved(str(path), FEED) == await fetcher.fetch(path.as_uri())


async def test_bad_files(fetcher: HttpFetcher, tmp_path: Path) -> None:
    """Missing, and too large."""
    large = tmp_path / "large.xml"
    large.write_bytes(b" " * 1_048_577)
    for path, error in [(tmp_path / "none.xml", FeedNotFound), (large, FeedTooLarge), ("nul\0", FeedUnreachable)]:
        with pytest.raises(error):
            await fetcher.fetch(str(path))
