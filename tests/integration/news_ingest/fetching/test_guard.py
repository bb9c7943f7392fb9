"""Feeds are not read from inside: whatever the address, the redirect or the name says."""

from collections.abc import Sequence
from ipaddress import ip_address, ip_network

import pytest

from news_ingest.errors import FeedForbidden
from news_ingest.fetching.guard import GuardedBackend
from news_ingest.fetching.http_fetcher import HttpFetcher
from news_ingest.values import Retrieved
from tests.integration.news_ingest.fetching.conftest import names
from tests.integration.news_ingest.fetching.fault_server import FaultServer


async def test_private_addresses_are_refused_by_default(faults: FaultServer) -> None:
    """The message says where it leads, why that is refused, and what to do; nothing is sent."""
    async with HttpFetcher(use_proxies=False) as fetcher:
        with pytest.raises(FeedForbidden) as caught:
            await fetcher.fetch(faults.url("/feed"))
    assert (
        f"{faults.url('/feed')}: feeds are not read from there: 127.0.0.1 is this very machine. Check the address in "
        "the list of feeds; if it is meant, the operator adds 127.0.0.1 to CITYDESK_FEED_NETWORKS (addresses, or "
        "networks such as 10.1.0.0/16, with commas between)"
    ) == str(caught.value)
    assert [] == faults.seen


@pytest.mark.parametrize(
    ("host", "said", "to_add"),
    [
        ("127.0.0.1", "127.0.0.1 is this very machine", "127.0.0.1"),
        ("[::1]", "::1 is this very machine", "::1"),
        ("10.1.2.3", "10.1.2.3 is an address inside a private network", "10.1.2.3"),
        ("[fd00::7]", "fd00::7 is an address inside a private network", "fd00::7"),
        ("169.254.169.254", "169.254.169.254 is an address of the local link", "169.254.169.254"),
        ("city.test", "city.test leads to 127.0.0.1, which is this very machine", "127.0.0.1"),
        ("inside.test", "inside.test leads to 127.0.0.2, which is this very machine", "127.0.0.2"),
    ],
)
async def test_a_refusal_names_what_lets_it_through(host: str, said: str, to_add: str) -> None:
    """A number is not said to lead to itself; what the message says to add is what the setting takes."""
    async with HttpFetcher(use_proxies=False, resolver=names) as fetcher:
        with pytest.raises(FeedForbidden) as caught:
            await fetcher.fetch(f"http://{host}/feed")
    assert f"feeds are not read from there: {said}" in str(caught.value)
    assert f"adds {to_add} to CITYDESK_FEED_NETWORKS" in str(caught.value)
    allowed = GuardedBackend(allowed=[ip_network(to_add)])
    allowed.check(host, ip_address(to_add))


@pytest.mark.parametrize(
    "host", ["127.1", "2130706433", "0x7f.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]"]
)
async def test_other_spellings_are_refused(faults: FaultServer, host: str) -> None:
    """By the address that they lead to, not by how they look."""
    async with HttpFetcher(use_proxies=False) as fetcher:
        with pytest.raises(FeedForbidden):
            await fetcher.fetch(f"http://{host}:{faults.server_port}/feed")
    assert 0 == faults.connections


@pytest.mark.parametrize(
    ("path", "leads"),
    [
        ("/inside", "127.0.0.2 is"),
        ("/by-name", "inside.test leads to 127.0.0.2, which is"),
        ("/to-metadata", "169.254.169.254 is"),
    ],
)
async def test_redirect_inside_is_refused(faults: FaultServer, path: str, leads: str) -> None:
    """Also where the first address may be read, and the second is a name; it is said that it leads there."""
    async with HttpFetcher(allowed_networks=["127.0.0.1/32"], use_proxies=False, resolver=names) as fetcher:
        assert isinstance(await fetcher.fetch(faults.url("/feed", "city.test")), Retrieved)
        with pytest.raises(FeedForbidden, match=f"not read from where it leads: {leads}"):
            await fetcher.fetch(faults.url(path, "city.test"))


async def test_one_bad_address_among_good_ones(faults: FaultServer) -> None:
    """All of a name's addresses must be allowed, else which one is used would be a matter of luck."""

    async def both(host: str, port: int) -> Sequence[str]:
        return ["127.0.0.1", "10.0.0.1"]

    async with HttpFetcher(allowed_networks=["127.0.0.1/32"], use_proxies=False, resolver=both) as fetcher:
        with pytest.raises(FeedForbidden, match=r"10\.0\.0\.1, which is an address inside a private network"):
            await fetcher.fetch(faults.url("/feed", "city.test"))
    assert [] == faults.seen


async def test_name_that_changes_its_address(faults: FaultServer) -> None:
    """It is asked for once, and the connection goes to the address that was checked, not to what the name says next."""
    answers = ["127.0.0.1", "127.0.0.2", "127.0.0.2"]
    asked: list[str] = []

    async def rebinding(host: str, port: int) -> Sequence[str]:
        asked.append(host)
        return [answers[len(asked) - 1]]

    async with HttpFetcher(allowed_networks=["127.0.0.1/32"], use_proxies=False, resolver=rebinding) as fetcher:
        assert isinstance(await fetcher.fetch(faults.url("/feed", "city.test")), Retrieved)
    assert ["city.test"] == asked
    assert f"city.test:{faults.server_port}" == faults.seen[0][1]["host"]
    async with HttpFetcher(allowed_networks=["127.0.0.1/32"], use_proxies=False, resolver=rebinding) as fetcher:
        with pytest.raises(FeedForbidden, match=r"127\.0\.0\.2"):
            await fetcher.fetch(faults.url("/feed", "city.test"))


async def test_next_address_where_the_first_is_dead(faults: FaultServer) -> None:
    """In the order that the name gives them."""

    async def two(host: str, port: int) -> Sequence[str]:
        return ["127.0.0.3", "127.0.0.1"]

    async with HttpFetcher(allow_private=True, use_proxies=False, resolver=two) as fetcher:
        assert isinstance(await fetcher.fetch(faults.url("/feed", "city.test")), Retrieved)


async def test_proxy_of_the_environment(faults: FaultServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Used only where the operator lets it count; numbers that lead inside are refused there, too."""
    for name in ("no_proxy", "NO_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("http_proxy", faults.url(""))
    async with HttpFetcher(use_proxies=True) as fetcher:
        with pytest.raises(FeedForbidden):
            await fetcher.fetch("http://10.0.0.1/feed")
        assert [] == faults.seen
        with pytest.raises(Exception, match="HTTP 404"):
            await fetcher.fetch("http://news.test/feed")
    assert ["http://news.test/feed"] == faults.paths()
    async with HttpFetcher(use_proxies=False, resolver=names) as fetcher:
        with pytest.raises(Exception, match="no host of the name"):
            await fetcher.fetch("http://news.test/feed")
