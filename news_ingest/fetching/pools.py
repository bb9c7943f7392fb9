"""The connections of a run: kept, guarded, and through the environment's proxies where the operator lets them count."""

import os
import ssl
from functools import cached_property
from urllib.request import getproxies, proxy_bypass

import certifi
import httpcore

from news_ingest.errors import FeedUnreachable
from news_ingest.fetching.addresses import parse_address
from news_ingest.fetching.connections import Connections
from news_ingest.fetching.guard import GuardedBackend
from news_ingest.fetching.url import Url, parse_url
from news_ingest.links import masked

_IDLE = 15.0
"""Seconds that an idle connection is kept."""


class Pools:
    """The connections of our own, and httpcore's pool for each proxy, made when it is first needed. So are the
    certificates that the world trusts: to read them takes as long as many answers.

    A proxy resolves names itself, so for what goes through one only addresses written as numbers are checked here.
    """

    def __init__(
        self, backend: GuardedBackend, *, connections: int, use_proxies: bool, ssl_context: ssl.SSLContext | None
    ) -> None:
        self._backend = backend
        self._most = connections
        self._use_proxies = use_proxies
        self._given_context = ssl_context
        self._proxies = getproxies() if use_proxies else {}
        self._direct = Connections(backend, lambda: self._ssl_context, most=connections, idle=_IDLE)
        self._by_proxy: dict[str, httpcore.AsyncConnectionPool] = {}

    def pool_for(self, url: Url) -> Connections | httpcore.AsyncConnectionPool:
        """Raises `AddressRefused`, and `FeedUnreachable` for a proxy of a kind that can't be used."""
        if not self._proxies:
            return self._direct
        proxy = self._proxies.get(url.scheme) or self._proxies.get("all")
        if not proxy or proxy_bypass(url.host):
            return self._direct
        literal = parse_address("127.0.0.1" if url.host == "localhost" else url.host)
        if literal is not None:
            self._backend.check(url.host, literal)
        if proxy not in self._by_proxy:
            self._by_proxy[proxy] = self._through(proxy)
        return self._by_proxy[proxy]

    async def aclose(self) -> None:
        """Close all connections."""
        await self._direct.aclose()
        for pool in self._by_proxy.values():
            await pool.aclose()

    @cached_property
    def _ssl_context(self) -> ssl.SSLContext:
        return self._given_context or _trusting_the_world(by_environment=self._use_proxies)

    def _through(self, address: str) -> httpcore.AsyncHTTPProxy:
        try:
            proxy = parse_url(address if "://" in address else f"http://{address}")
        except ValueError as error:
            raise _unusable(address) from error
        return httpcore.AsyncHTTPProxy(
            proxy_url=httpcore.URL(scheme=proxy.scheme, host=proxy.host, port=proxy.port, target=proxy.target),
            proxy_auth=proxy.credentials,
            ssl_context=self._ssl_context,
            max_connections=self._most,
            keepalive_expiry=_IDLE,
            http2=True,
            # The operator chose the proxy: it may well be on this machine.
            network_backend=GuardedBackend(allow_private=True),
        )


def _trusting_the_world(*, by_environment: bool) -> ssl.SSLContext:
    """The certificates that browsers trust, or those of SSL_CERT_FILE or SSL_CERT_DIR where the environment counts."""
    file, folder = (os.environ.get(name) if by_environment else None for name in ("SSL_CERT_FILE", "SSL_CERT_DIR"))
    if file or folder:
        return ssl.create_default_context(cafile=file or None, capath=None if file else folder)
    return ssl.create_default_context(cafile=certifi.where())


def _unusable(proxy: str) -> FeedUnreachable:
    problem = f"the environment names one that can't be used ({masked(proxy)})"
    return FeedUnreachable("proxy", problem, "Name an http or https proxy, or none")
