"""Retrieval against a real server and real files."""

import os
import socket
from pathlib import Path

import pytest

from news_ingest.errors import (
    FeedAddressInvalid,
    FeedError,
    FeedIsDirectory,
    FeedNotFound,
    FeedTooLarge,
    FeedUnreachable,
)
from news_ingest.fetching.retrieve import USER_AGENT, FeedRetriever
from news_ingest.values import NotModified, Retrieved
from tests.integration.news_ingest.feed_server import ETAG, FEED, MODIFIED, FeedServer


def test_feed_comes_with_its_validators(server: FeedServer, retriever: FeedRetriever) -> None:
    """200: the bytes, the media type, what to ask with next time."""
    url = server.url("/feed")
    assert Retrieved(url, FEED, "application/rss+xml", ETAG, MODIFIED) == retriever.retrieve(url)


def test_asking_says_who_asks(server: FeedServer, retriever: FeedRetriever) -> None:
    """An honest name, and nothing packed but gzip."""
    retriever.retrieve(server.url("/feed"))
    headers = server.seen[-1][1]
    assert USER_AGENT == headers["User-Agent"]
    assert "gzip" == headers["Accept-Encoding"]
    assert "If-None-Match" not in headers


@pytest.mark.parametrize(("etag", "modified"), [(ETAG, None), (None, MODIFIED), (ETAG, MODIFIED)])
def test_nothing_new(server: FeedServer, retriever: FeedRetriever, etag: str | None, modified: str | None) -> None:
    """304 by either validator."""
    url = server.url("/feed")
    assert NotModified(url) == retriever.retrieve(url, etag, modified)


def test_stale_validator_brings_the_feed(server: FeedServer, retriever: FeedRetriever) -> None:
    """Also one that no header can hold."""
    assert isinstance(retriever.retrieve(server.url("/feed"), '"old"'), Retrieved)
    assert isinstance(retriever.retrieve(server.url("/feed"), "牛"), Retrieved)


def test_packed_feed_is_unpacked(server: FeedServer, retriever: FeedRetriever) -> None:
    """gzip, as asked for."""
    answer = retriever.retrieve(server.url("/zipped"))
    assert isinstance(answer, Retrieved)
    assert FEED == answer.body


def test_redirect_is_followed(server: FeedServer, retriever: FeedRetriever) -> None:
    """The address that answered is told, since links count from there."""
    answer = retriever.retrieve(server.url("/moved"))
    assert isinstance(answer, Retrieved)
    assert (server.url("/feed"), FEED) == (answer.url, answer.body)


def test_broken_connection_leaves_what_came(server: FeedServer, retriever: FeedRetriever) -> None:
    """Without validators, so that the rest is asked for next time."""
    answer = retriever.retrieve(server.url("/broken-off"))
    assert isinstance(answer, Retrieved)
    assert (FEED[:-100], None, False) == (answer.body, answer.etag, answer.whole)


@pytest.mark.parametrize(
    ("path", "error", "words"),
    [
        ("/nowhere", FeedNotFound, "HTTP 404"),
        ("/gone", FeedNotFound, "HTTP 410"),
        ("/forbidden", FeedUnreachable, "HTTP 403"),
        ("/busy", FeedUnreachable, "wait 120 seconds"),
        ("/loop", FeedUnreachable, "without end"),
        ("/slow", FeedUnreachable, "too long"),
        ("/dripping", FeedUnreachable, "not through after 1.5 seconds"),
        ("/bomb", FeedTooLarge, "larger than"),
        ("/endless", FeedTooLarge, "larger than"),
        ("/announced-large", FeedTooLarge, "larger than"),
        ("/not-gzip", FeedUnreachable, "can't be unpacked"),
        ("/brotli", FeedUnreachable, "not asked for (br)"),
        ("/garbled", FeedUnreachable, "no connection"),
        ("/to-a-file", FeedAddressInvalid, "no usable address"),
    ],
)
def test_bad_answers(
    server: FeedServer, retriever: FeedRetriever, path: str, error: type[FeedError], words: str
) -> None:
    """Each is told by its kind, with the address and what to do."""
    with pytest.raises(error) as caught:
        retriever.retrieve(server.url(path))
    assert words in str(caught.value)
    assert str(caught.value).startswith(server.url(path))


def test_nobody_listens(retriever: FeedRetriever) -> None:
    """A refused connection is the network's fault."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    with pytest.raises(FeedUnreachable):
        retriever.retrieve(f"http://127.0.0.1:{port}/feed")


BROKEN = ["http://", "http://[", "http://a b/", "https://\udcff/", "ftp://x/y", "gopher://x", "file://host/x"]


@pytest.mark.parametrize("address", BROKEN)
def test_unusable_addresses(retriever: FeedRetriever, address: str) -> None:
    """None of them is an accident of the program's."""
    with pytest.raises(FeedError):
        retriever.retrieve(address)


def test_files_are_read(retriever: FeedRetriever, tmp_path: Path) -> None:
    """By path and by `file:` URL, with signs that a URL must escape."""
    path = tmp_path / "a feed 新聞%.xml"
    path.write_bytes(FEED)
    assert Retrieved(str(path), FEED) == retriever.retrieve(str(path))
    assert Retrieved(str(path), FEED) == retriever.retrieve(path.as_uri())


def test_bad_files(retriever: FeedRetriever, tmp_path: Path) -> None:
    """Missing, a folder, too large, a pipe that would hang, a name that can't be."""
    large = tmp_path / "large.xml"
    large.write_bytes(b" " * 1_000_001)
    os.mkfifo(tmp_path / "pipe")
    for path, error in [
        (tmp_path / "none.xml", FeedNotFound),
        (tmp_path, FeedIsDirectory),
        (large, FeedTooLarge),
        (tmp_path / "pipe", FeedUnreachable),
        (large / "below.xml", FeedUnreachable),
        ("nul\0.xml", FeedUnreachable),
    ]:
        with pytest.raises(error) as caught:
            retriever.retrieve(str(path))
        assert str(path) in str(caught.value)
