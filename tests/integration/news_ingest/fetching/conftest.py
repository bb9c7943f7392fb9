"""What the tests of this folder share: a server of faults, an impatient reader, names that lead to this machine."""

import socket
from collections.abc import AsyncIterator, Iterator, Sequence

import pytest

from news_ingest.fetching.http_fetcher import HttpFetcher
from tests.integration.news_ingest.fetching.fault_server import FaultServer, fault_server


async def names(host: str, port: int) -> Sequence[str]:
    """A phone book of the tests' own: nothing is asked of the network."""
    known = {"city.test": "127.0.0.1", "inside.test": "127.0.0.2"}
    if host not in known:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
    return [known[host]]


@pytest.fixture
def faults() -> Iterator[FaultServer]:
    """One for each test, so that what it saw is this test's."""
    with fault_server() as running:
        yield running


@pytest.fixture
async def fetcher() -> AsyncIterator[HttpFetcher]:
    """Impatient, with a limit of 1 MB, past any proxy; private addresses are allowed."""
    async with HttpFetcher(
        timeout=1.0, deadline=1.5, max_bytes=1_048_576, allow_private=True, use_proxies=False, resolver=names
    ) as ready:
        yield ready
