"""What people do on Telegram, and what the strict Bot API server saw of the gateway."""

import itertools
import time
from typing import Any, Final

import httpx

Json = dict[str, Any]

PRIVATE: Final[Json] = {"id": 7, "type": "private", "first_name": "Mei"}
GROUP: Final[Json] = {"id": -70, "type": "group", "title": "Neighbours"}
BOT_NAME: Final = "@city_desk_bot"


class TelegramSide:
    """Pushes updates to the Bot API server at `address` and reads what the gateway called."""

    def __init__(self, address: str) -> None:
        self._http = httpx.Client(base_url=address, trust_env=False, timeout=20)
        self._numbers = itertools.count(100)
        self._seen = 0

    def close(self) -> None:
        self._http.close()

    def write(self, text: str, chat: Json = PRIVATE, client: str | None = "en", **more: object) -> None:
        """A person writes `text`; commands and mentions are marked as Telegram's clients do."""
        entities = []
        head = text.split(maxsplit=1)[0] if text.strip() else ""
        if head.startswith("/") and head.isascii() and len(head) > 1:
            entities.append({"type": "bot_command", "offset": 0, "length": len(head)})
        elif BOT_NAME in text:
            entities.append({"type": "mention", "offset": text.index(BOT_NAME), "length": len(BOT_NAME)})
        self.arrive({"text": text, **({"entities": entities} if entities else {}), **more}, chat, client)

    def arrive(self, content: Json, chat: Json = PRIVATE, client: str | None = "en") -> None:
        """Any message arrives."""
        self._push({"message": {**self._message(chat), "from": _person(client), **content}})

    def press(self, data: str, query: str, client: str | None = "en") -> None:
        """A person presses a button."""
        shown = {**self._message(PRIVATE), "text": "choose"}
        pressed = {"id": query, "from": _person(client), "chat_instance": "1", "message": shown, "data": data}
        self._push({"callback_query": pressed})

    def refuse(self, method: str, code: int, description: str, **parameters: int) -> None:
        """Let the next call of `method` fail."""
        order = {"method": method, "error_code": code, "description": description, "parameters": parameters}
        self._http.post("/control/refuse", json=order).raise_for_status()

    def calls(self, least: int = 0, seconds: float = 10) -> list[Json]:
        """The calls since the last look, once there are `least`."""
        query: dict[str, float] = {"first": self._seen, "least": least, "seconds": seconds}
        found: list[Json] = self._http.get("/control/calls", params=query).json()["calls"]
        self._seen += len(found)
        return found

    def sent(self, count: int = 1, seconds: float = 10) -> list[Json]:
        """The parameters of the next `count` messages sent; the server must have refused nothing."""
        messages: list[Json] = []
        deadline = time.monotonic() + seconds
        while len(messages) < count:
            calls = self.calls(1, seconds=min(seconds, 10))
            assert calls or time.monotonic() < deadline, f"only {len(messages)} of {count} messages came"
            assert [call for call in calls if call["refused"]] == []
            messages += [call["parameters"] for call in calls if call["method"] == "sendMessage"]
        return messages

    def _message(self, chat: Json) -> Json:
        return {"message_id": next(self._numbers), "date": 1_700_000_000, "chat": chat}

    def _push(self, update: Json) -> None:
        self._http.post("/control/update", json=update).raise_for_status()


def _person(client: str | None) -> Json:
    person = {"id": 7, "is_bot": False, "first_name": "Mei"}
    return person if client is None else {**person, "language_code": client}
