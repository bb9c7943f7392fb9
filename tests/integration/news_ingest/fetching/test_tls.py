"""Secret connections: good ones, in both versions of HTTP, and broken ones."""

import asyncio
import shutil
import socket
import ssl
import threading
from pathlib import Path

import pytest

from news_ingest.errors import FeedUnreachable
from news_ingest.fetching.http_fetcher import HttpFetcher
from news_ingest.values import Retrieved
from tests.integration.news_ingest.fetching.conftest import names
from tests.integration.news_ingest.fetching.fault_server import FEED, FaultServer, fault_server, make_certificate
from tests.integration.news_ingest.fetching.h2_server import H2Server, h2_server

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl, which makes certificates, is missing")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """For city.test, signed by itself."""
    return make_certificate(tmp_path_factory.mktemp("tls"), "city.test")


def serving(certificate: Path) -> ssl.SSLContext:
    """The server's side."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


def trusting(certificate: Path | None) -> HttpFetcher:
    """A reader that trusts that certificate alone; with None, those that the world trusts."""
    context = ssl.create_default_context(cafile=str(certificate)) if certificate else None
    return HttpFetcher(
        timeout=1.0, deadline=2.0, allow_private=True, use_proxies=False, ssl_context=context, resolver=names
    )


async def test_the_name_is_what_must_be_certified(certificate: Path) -> None:
    """Although the connection is made to a number."""
    with fault_server(serving(certificate)) as server:
        async with trusting(certificate) as fetcher:
            answer = await fetcher.fetch(server.url("/feed", "city.test"))
            assert isinstance(answer, Retrieved)
            assert FEED == answer.body
            with pytest.raises(FeedUnreachable, match=r"certificate can't be trusted: .*inside\.test"):
                await fetcher.fetch(f"https://inside.test:{_on_inside(server)}/feed")


def _on_inside(server: FaultServer) -> int:
    """A second door to the same server, at the address of inside.test."""
    door = socket.create_server(("127.0.0.2", 0))

    def pass_on() -> None:
        outer, _ = door.accept()
        inner = socket.create_connection(("127.0.0.1", server.server_port))

        def pump(source: socket.socket, target: socket.socket) -> None:
            try:
                while data := source.recv(65536):
                    target.sendall(data)
            except OSError:
                pass
            target.close()

        threading.Thread(target=pump, args=(outer, inner), daemon=True).start()
        pump(inner, outer)
        door.close()

    threading.Thread(target=pass_on, daemon=True).start()
    return int(door.getsockname()[1])


async def test_certificate_that_nobody_vouches_for(certificate: Path) -> None:
    """The message says what is wrong with it, and whom to tell."""
    with fault_server(serving(certificate)) as server:
        async with trusting(None) as fetcher:
            with pytest.raises(FeedUnreachable, match="certificate can't be trusted: self-signed") as caught:
                await fetcher.fetch(server.url("/feed", "city.test"))
    assert "Tell the publisher" in caught.value.advice
    assert [] == server.seen


async def test_no_tls_where_it_is_promised(faults: FaultServer, certificate: Path) -> None:
    """A plain web server behind an https address."""
    async with trusting(certificate) as fetcher:
        with pytest.raises(FeedUnreachable, match="no secret connection came about") as caught:
            await fetcher.fetch(f"https://city.test:{faults.server_port}/feed")
    assert "Tell the publisher" in caught.value.advice


@pytest.mark.parametrize(
    ("farewell", "problem"),
    [(True, "no secret connection came about"), (False, "took too long to take the connection")],
)
async def test_handshake_that_comes_to_nothing(certificate: Path, farewell: bool, problem: str) -> None:
    """The server hangs up, or says nothing at all."""

    async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if farewell:
            await reader.read(1)
            writer.close()
        else:
            await reader.read()

    server = await asyncio.start_server(accept, "127.0.0.1", 0)
    async with server, trusting(certificate) as fetcher:
        with pytest.raises(FeedUnreachable, match=problem):
            await fetcher.fetch(f"https://city.test:{server.sockets[0].getsockname()[1]}/feed")


async def test_http_2_where_it_is_offered(certificate: Path) -> None:
    """Many requests, one connection; a large feed is whole."""
    body = b"<item>" * 5000
    async with h2_server(serving(certificate), body) as port, trusting(certificate) as fetcher:
        urls = [f"https://city.test:{port}/feed/{number}" for number in range(6)]
        answers = await asyncio.gather(*(fetcher.fetch(url) for url in urls))
    assert [Retrieved(url, body, "application/rss+xml", '"two"') for url in urls] == answers
    assert 1 == H2Server.connections


async def test_http_2_server_that_says_goodbye(certificate: Path) -> None:
    """A connection that ends in good order costs a new one, and no feed."""
    async with h2_server(serving(certificate), FEED, farewell=True) as port, trusting(certificate) as fetcher:
        for _ in range(3):
            assert isinstance(await fetcher.fetch(f"https://city.test:{port}/feed"), Retrieved)
    assert 3 == H2Server.connections
