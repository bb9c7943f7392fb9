"""The HTTP client of the dialogue server's REST channel."""

import asyncio
import json
from collections.abc import Mapping
from types import TracebackType
from typing import Final, Self

import httpx

from bot.errors import RasaUnavailable
from bot.payloads import Payload, parse_reply
from bot.ports import Dialogue, Metadata

_TRIES: Final = 2


class RasaClient(Dialogue):
    """Talks with the server at `base_url`, e.g. `http://127.0.0.1:5005`.

    `timeout` is how many seconds a reply may take. A refused connection, a status other than 200 and an
    empty list (what Rasa sends when its action server fails) are tried once more after `retry_delay` seconds.
    A reply that is too slow is not asked for again: that would only lengthen the queue.
    """

    def __init__(
        self,
        base_url: str,
        *,
        timeout: float = 20.0,
        retry_delay: float = 0.5,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._base_url = base_url
        self._retry_delay = retry_delay
        # The server is on this machine: proxies from the environment have no business here.
        self._http = httpx.AsyncClient(
            base_url=base_url,
            timeout=httpx.Timeout(timeout, connect=3.0),
            trust_env=False,
            transport=transport,
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def healthy(self) -> bool:
        """Whether the server answers at all; it does so only once its model is loaded."""
        try:
            return (await self._http.get("/", timeout=3.0)).status_code == httpx.codes.OK
        except httpx.HTTPError:
            return False

    async def send(self, sender: str, text: str, metadata: Metadata) -> list[Payload]:
        """Ask; raises `RasaUnavailable`, and `ValueError` for what the server would take as an intent."""
        if text.lstrip().startswith("/"):
            raise ValueError("text that starts with '/' must go through bot.prepare")
        return await self._post(sender, text, metadata)

    async def send_intent(
        self, sender: str, intent: str, entities: Mapping[str, str], metadata: Metadata
    ) -> list[Payload]:
        """Say what a button or a command means; raises `RasaUnavailable`."""
        details = json.dumps(dict(entities), ensure_ascii=False) if entities else ""
        return await self._post(sender, f"/{intent}{details}", metadata)

    async def _post(self, sender: str, message: str, metadata: Metadata) -> list[Payload]:
        content = {"sender": sender, "message": message, "metadata": metadata}
        problem: RasaUnavailable | None = None
        for attempt in range(_TRIES):
            if attempt:
                await asyncio.sleep(self._retry_delay)
            try:
                return await self._post_once(content)
            except _WorthAnotherTry as error:
                problem = RasaUnavailable(f"{error} ({self._base_url}); see 'citydesk doctor'")
                problem.__cause__ = error.__cause__
        assert problem is not None
        raise problem

    async def _post_once(self, content: Mapping[str, object]) -> list[Payload]:
        try:
            response = await self._http.post("/webhooks/rest/webhook", json=content)
        except (httpx.ReadTimeout, httpx.WriteTimeout) as error:
            raise RasaUnavailable(f"the dialogue server took too long ({self._base_url})") from error
        except httpx.HTTPError as error:
            raise _WorthAnotherTry(f"the dialogue server can't be reached: {error}") from error
        if response.status_code != httpx.codes.OK:
            raise _WorthAnotherTry(f"the dialogue server answered with status {response.status_code}")
        messages = parse_reply(response.content)
        if not messages:
            raise _WorthAnotherTry("the dialogue server gave an empty reply; is the action server running?")
        return messages


class _WorthAnotherTry(Exception):
    """A failure that may pass by itself."""
