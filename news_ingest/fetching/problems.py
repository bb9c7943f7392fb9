"""What went wrong with a fetch, in words for an editor: what, where, what to do next. Library errors end here."""

import math
from collections.abc import Mapping
from datetime import datetime, timedelta

import httpcore

from news_ingest.errors import FeedAddressInvalid, FeedError, FeedForbidden, FeedGone, FeedNotFound, FeedUnreachable
from news_ingest.fetching.freshness import retry_after
from news_ingest.fetching.guard import AddressRefused, HostUnknown
from news_ingest.fetching.stream import TlsFailed

_LATER = "Wait; if it stays so for days, ask the publisher"
_CHECK = "Check the address in the list of feeds"


def no_connection(where: str, error: Exception) -> FeedError:
    """For what httpcore and the guard raise."""
    match error:
        case AddressRefused():
            there = "from there" if error.host in where else "from where it leads"
            return FeedForbidden(
                where,
                f"feeds are not read {there}: {error}",
                f"{_CHECK}; if it is meant, the operator adds {error.address} to CITYDESK_FEED_NETWORKS "
                "(addresses, or networks such as 10.1.0.0/16, with commas between)",
            )
        case HostUnknown():
            return FeedUnreachable(where, f"no host of the name {error} is known here", f"{_CHECK}, and the network")
        case TlsFailed():
            return FeedUnreachable(where, str(error), "Tell the publisher; the feed is not read until it is mended")
        case httpcore.ConnectTimeout():
            return FeedUnreachable(where, "the server took too long to take the connection", _LATER)
        case httpcore.TimeoutException():
            return FeedUnreachable(where, "the server took too long to answer", _LATER)
        case httpcore.ConnectError() | httpcore.ProxyError():
            return FeedUnreachable(where, f"no connection ({error})", f"{_CHECK}, and the network")
        case httpcore.ReadError() | httpcore.WriteError():
            return FeedUnreachable(where, "the connection broke off before anything came", _LATER)
        case httpcore.RemoteProtocolError() if "disconnected" in str(error):
            return FeedUnreachable(where, "the connection broke off before anything came", _LATER)
    return FeedUnreachable(
        where, f"what came is not what a web server answers ({error})", f"{_CHECK}: is there a web server?"
    )


def bad_status(where: str, status: int, headers: Mapping[str, str], now: datetime) -> FeedError:
    """For an answer that is neither a feed, nor a redirect, nor "nothing new"."""
    if status == 410:
        return FeedGone(
            where,
            "the server says that it is gone for good (HTTP 410)",
            "Take it out of the list, or ask the publisher for the new address",
        )
    if status == 404:
        return FeedNotFound(
            where, "the server knows no such page (HTTP 404)", "Ask the publisher for the feed's new address"
        )
    wait = retry_after(headers, now)
    if status in (401, 403, 407):
        advice = "The server lets nobody in without leave; ask the publisher"
    elif wait:
        advice = f"Wait: the server asks to be left alone for {_spoken(wait)}"
    else:
        advice = _LATER
    return FeedUnreachable(where, f"the server answered HTTP {status}", advice, status=status, retry_after=wait)


def too_slow(where: str, seconds: float) -> FeedError:
    """For a feed that was not through by its deadline."""
    return FeedUnreachable(where, f"it was not through after {seconds:g} seconds", _LATER)


def endless_redirects(where: str) -> FeedError:
    """For a chain of redirects that comes round, or is too long."""
    return FeedUnreachable(
        where, "it leads from one address to the next without end", "Ask the publisher for the feed's address"
    )


def leads_nowhere(where: str, status: int) -> FeedError:
    """For a redirect that names no address."""
    return FeedUnreachable(
        where,
        f"the server says that it is elsewhere, but not where (HTTP {status})",
        "Ask the publisher for the feed's address",
        status=status,
    )


def bad_address(where: str, error: object) -> FeedError:
    """For an address that is none, or a redirect to one."""
    return FeedAddressInvalid(where, f"it is no usable address, or leads to one that isn't ({error})", _CHECK)


def strangely_packed(where: str, packing: str) -> FeedError:
    """For an answer packed in a way that was not asked for."""
    return FeedUnreachable(
        where, f"the answer is packed in a way that was not asked for ({packing[:40]})", "Tell the publisher"
    )


def badly_packed(where: str) -> FeedError:
    """For an answer that says it is packed, and isn't."""
    return FeedUnreachable(where, "the answer can't be unpacked", f"{_LATER} to look at its gzip")


def unasked_304(where: str) -> FeedError:
    """For "nothing new" to somebody who has nothing."""
    return FeedUnreachable(
        where, "the server says that nothing is new, to a reader that has nothing yet (HTTP 304)", _LATER, status=304
    )


def robots_say_no(where: str, name: str) -> FeedError:
    """For a feed that its site's robots.txt closes to programs."""
    return FeedForbidden(
        where,
        f"the site's robots.txt asks {name} not to read it",
        "Ask the publisher for leave; the operator can then set robots.txt aside",
    )


def _spoken(wait: timedelta) -> str:
    """In the largest unit of which there is one: 90 seconds, an hour, 3 days; rounded up, for it is a promise."""
    seconds = max(1, math.ceil(wait.total_seconds()))
    for one, many, size in (("a day", "days", 86_400), ("an hour", "hours", 3_600), ("a minute", "minutes", 60)):
        if seconds == size:
            return one
        if seconds > size and (seconds % size == 0 or seconds >= 2 * size):
            return f"{math.ceil(seconds / size)} {many}"
    return "a second" if seconds == 1 else f"{seconds} seconds"
