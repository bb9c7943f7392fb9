"""No measured process reaches the network: libraries are told so, and what tries all the same fails."""

import socket
import sys
from collections.abc import Mapping

VARIABLES: Mapping[str, str] = {
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "HAYSTACK_TELEMETRY_ENABLED": "False",
    "DO_NOT_TRACK": "1",
}
"""What each library reads before it would ask or tell a server anything."""

_FORBIDDEN = frozenset({"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"})
_LOCAL = getattr(socket, "AF_UNIX", None)


class NetworkUsed(RuntimeError):
    """A measured library wanted to reach a server."""


def forbid_network() -> None:
    """From now on, for as long as this process lives, looking up or reaching another machine raises NetworkUsed."""
    sys.addaudithook(_refuse)


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    if event not in _FORBIDDEN:
        return
    first = arguments[0]
    if isinstance(first, socket.socket) and first.family == _LOCAL:
        return
    raise NetworkUsed(f"{event} {arguments[1:] or arguments}: measured processes stay on this machine")
