"""Which addresses feeds are read from."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news_ingest.fetching.addresses import parse_address, why_refused

PRIVATE = IPv4Address("10.0.0.1")


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("127.0.0.1", "this very machine"),
        ("127.255.255.254", "this very machine"),
        ("::1", "this very machine"),
        ("0.0.0.0", "no machine's address"),
        ("0.1.2.3", "no machine's address"),
        ("::", "no machine's address"),
        ("10.0.0.1", "an address inside a private network"),
        ("172.16.0.1", "an address inside a private network"),
        ("172.31.255.255", "an address inside a private network"),
        ("192.168.1.1", "an address inside a private network"),
        ("192.0.0.8", "a reserved address"),
        ("198.18.0.1", "a reserved address"),
        ("fc00::1", "an address inside a private network"),
        ("fd12:3456::1", "an address inside a private network"),
        ("fec0::1", "an address inside a private network"),
        ("169.254.169.254", "an address of the local link, where machines keep their secrets"),
        ("fe80::1", "an address of the local link, where machines keep their secrets"),
        ("224.0.0.1", "an address of a group of machines"),
        ("ff02::1", "an address of a group of machines"),
        ("100.64.0.1", "an address inside a provider's network"),
        ("100.127.255.255", "an address inside a provider's network"),
        ("240.0.0.1", "a reserved address"),
        ("255.255.255.255", "a reserved address"),
        ("203.0.113.9", "a reserved address"),
        ("2001:db8::1", "a reserved address"),
        ("2002:808:808::1", "an address of a gateway"),
        ("192.88.99.1", "an address of a gateway"),
        ("64:ff9b:1::1", "an address of a gateway"),
        ("::ffff:127.0.0.1", "this very machine"),
        ("::ffff:10.0.0.1", "an address inside a private network"),
        ("::ffff:100.64.0.1", "an address inside a provider's network"),
        ("::127.0.0.1", "this very machine"),
        ("2002:7f00:1::", "this very machine"),
        ("2002:a00:1::1", "an address inside a private network"),
        ("64:ff9b::7f00:1", "this very machine"),
        ("64:ff9b::a9fe:a9fe", "an address of the local link, where machines keep their secrets"),
    ],
)
def test_refused(address: str, reason: str) -> None:
    """Each by its kind, in whatever it is wrapped."""
    assert reason == why_refused(ip_address(address))


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "100.63.255.255", "100.128.0.1", "172.32.0.1", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"],
)
def test_read_from(address: str) -> None:
    """Public ones, and public ones behind a provider's gateway."""
    assert why_refused(ip_address(address)) is None


def test_networks_that_the_operator_allows() -> None:
    """They and no others; also where the address is wrapped."""
    allowed = [ip_network("10.1.0.0/16"), ip_network("fd00:1::/32")]
    for address in ("10.1.2.3", "::ffff:10.1.2.3", "fd00:1::5"):
        assert why_refused(ip_address(address), allowed) is None
    for address in ("10.2.0.1", "127.0.0.1", "fd00:2::5"):
        assert why_refused(ip_address(address), allowed) is not None


@given(st.ip_addresses(v=4))
def test_wrapping_hides_nothing(address: IPv4Address) -> None:
    """What is refused bare is refused mapped, in 6to4 and in NAT64."""
    if why_refused(address) is None:
        return
    number = int(address)
    for wrapped in (0xFFFF << 32 | number, 0x2002 << 112 | number << 80, 0x64FF9B << 96 | number):
        assert why_refused(IPv6Address(wrapped)) is not None


@given(st.ip_addresses(v=4) | st.ip_addresses(v=6))
def test_only_public_ones_pass(address: IPv4Address | IPv6Address) -> None:
    """Python's own idea of private is never let through."""
    inner = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    if why_refused(address) is None:
        assert (inner or address).is_global


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("10.0.0.1", PRIVATE),
        ("[::1]", IPv6Address("::1")),
        ("fe80::1%eth0", IPv6Address("fe80::1")),
        ("city.example", None),
        ("", None),
    ],
)
def test_addresses_are_told_from_names(text: str, address: IPv4Address | IPv6Address | None) -> None:
    """With brackets, and with an interface's name."""
    assert address == parse_address(text)
