"""The connections of a run: kept, guarded, and through the environment's proxies where the operator lets them count."""

import ssl
from functools import cached_property
from urllib.request import getproxies, proxy_bypass

import httpcore
import httpx

from news_ingest.errors import FeedUnreachable
from news_ingest.fetching.addresses import parse_address
from news_ingest.fetching.guard import GuardedBackend

_IDLE = 15.0
"""Seconds that an idle connection is kept."""


class Pools:
    """A pool for what is fetched in the open, one for what is fetched over TLS, and one for each proxy.

    Each is made when it is first needed: to read the certificates that the world trusts takes as long as many answers.
    A proxy resolves names itself, so for what goes through one only addresses written as numbers are checked here.
    """

    def __init__(
        self, backend: GuardedBackend, *, connections: int, use_proxies: bool, ssl_context: ssl.SSLContext | None
    ) -> None:
        self._backend = backend
        self._connections = connections
        self._use_proxies = use_proxies
        self._given_context = ssl_context
        self._proxies = getproxies() if use_proxies else {}
        self._direct: dict[bool, httpcore.AsyncConnectionPool] = {}
        self._by_proxy: dict[str, httpcore.AsyncConnectionPool] = {}

    def pool_for(self, url: httpx.URL) -> httpcore.AsyncConnectionPool:
        """Raises `AddressRefused`, and `FeedUnreachable` for a proxy of a kind that can't be used."""
        if not self._proxies:
            return self._straight(url)
        proxy = self._proxies.get(url.scheme) or self._proxies.get("all")
        if not proxy or proxy_bypass(url.host):
            return self._straight(url)
        literal = parse_address("127.0.0.1" if url.host == "localhost" else url.host)
        if literal is not None:
            self._backend.check(url.host, literal)
        if proxy not in self._by_proxy:
            self._by_proxy[proxy] = self._through(proxy)
        return self._by_proxy[proxy]

    async def aclose(self) -> None:
        """Close all connections."""
        for pool in (*self._direct.values(), *self._by_proxy.values()):
            await pool.aclose()

    def _straight(self, url: httpx.URL) -> httpcore.AsyncConnectionPool:
        secret = url.scheme == "https"
        if secret not in self._direct:
            self._direct[secret] = httpcore.AsyncConnectionPool(
                ssl_context=self._ssl_context if secret else None,
                max_connections=self._connections,
                keepalive_expiry=_IDLE,
                http2=True,
                network_backend=self._backend,
            )
        return self._direct[secret]

    @cached_property
    def _ssl_context(self) -> ssl.SSLContext:
        return self._given_context or httpx.create_ssl_context(trust_env=self._use_proxies)

    def _through(self, address: str) -> httpcore.AsyncConnectionPool:
        try:
            proxy = httpx.Proxy(address if "://" in address else f"http://{address}")
        except (ValueError, httpx.InvalidURL) as error:
            raise _unusable(address) from error
        if proxy.url.scheme not in ("http", "https"):
            raise _unusable(proxy.url.scheme)
        return httpcore.AsyncHTTPProxy(
            proxy_url=httpcore.URL(
                scheme=proxy.url.raw_scheme, host=proxy.url.raw_host, port=proxy.url.port, target=proxy.url.raw_path
            ),
            proxy_auth=proxy.raw_auth,
            ssl_context=self._ssl_context,
            max_connections=self._connections,
            keepalive_expiry=_IDLE,
            http2=True,
            # The operator chose the proxy: it may well be on this machine.
            network_backend=GuardedBackend(allow_private=True),
        )


def _unusable(proxy: str) -> FeedUnreachable:
    return FeedUnreachable(
        "proxy", f"the environment names one that can't be used ({proxy})", "Name an http or https proxy, or none"
    )
