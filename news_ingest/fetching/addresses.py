"""Which machines feeds may be read from, by the number of their network address. Computes only."""

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

_THIS_NETWORK = IPv4Network("0.0.0.0/8")
_SHARED = IPv4Network("100.64.0.0/10")
_COMPATIBLE = IPv6Network("::/96")
_NAT64 = IPv6Network("64:ff9b::/96")
_GATEWAYS: tuple[Network, ...] = (
    IPv4Network("192.88.99.0/24"),
    IPv6Network("64:ff9b:1::/48"),
    IPv6Network("2002::/16"),
    _COMPATIBLE,
)
# IANA's registries of special addresses. Python's own tables change from one release to the next.
_RESERVED: tuple[Network, ...] = tuple(
    map(
        IPv4Network,
        ("192.0.0.0/24", "192.0.2.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4"),
    )
) + tuple(map(IPv6Network, ("100::/64", "2001::/23", "2001:db8::/32", "3fff::/20", "5f00::/16")))


def parse_address(text: str) -> Address | None:
    """The address written in `text` (brackets and an interface's name left out), None where it is a name."""
    try:
        return ip_address(text.strip("[]").partition("%")[0])
    except ValueError:
        return None


def why_refused(address: Address, allowed: Sequence[Network] = ()) -> str | None:
    """What kind of private address it is, in words that end "which is …"; None for a public or an allowed one.

    An address that carries another inside (mapped, 6to4, Teredo, NAT64) is judged by that one too, since the
    network in between may unpack it.
    """
    if _within(address, allowed):
        return None
    for inner in _carried(address):
        reason = why_refused(inner, allowed)
        if reason is not None:
            return reason
    # A mapped address is nothing but the one inside; and what Python calls reserved holds the others too.
    if isinstance(address, IPv6Address) and (address.ipv4_mapped or address in _NAT64):
        return None
    return _own_kind(address)


def _own_kind(address: Address) -> str | None:
    if address.is_loopback:
        return "this very machine"
    if address.is_unspecified or address in _THIS_NETWORK:
        return "no machine's address"
    if address.is_link_local:
        return "an address of the local link, where machines keep their secrets"
    if address.is_multicast:
        return "an address of a group of machines"
    if address in _SHARED:
        return "an address inside a provider's network"
    if _within(address, _GATEWAYS):
        return "an address of a gateway"
    if _within(address, _RESERVED):
        return "a reserved address"
    if address.is_private or (isinstance(address, IPv6Address) and address.is_site_local):
        return "an address inside a private network"
    if address.is_reserved or not address.is_global:
        return "a reserved address"
    return None


def _within(address: Address, networks: Sequence[Network]) -> bool:
    return any(address in network for network in networks if network.version == address.version)


def _carried(address: Address) -> list[IPv4Address]:
    """IPv4 addresses inside an IPv6 address."""
    if not isinstance(address, IPv6Address):
        return []
    carried = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if address in _NAT64 or (address in _COMPATIBLE and int(address) > 1):
        carried.append(IPv4Address(int(address) & 0xFFFFFFFF))
    return [inner for inner in carried if inner is not None]
