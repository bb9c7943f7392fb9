"""What the server knows: updates that wait, chats, calls that were made, refusals to come."""

import threading
import time
from dataclasses import dataclass, field
from typing import Any

from tests.botapi.rejections import Rejected

Json = dict[str, Any]


@dataclass
class State:
    """Shared by all request threads; `changed` guards every field."""

    token: str
    bot: Json = field(
        default_factory=lambda: {
            "id": 999,
            "is_bot": True,
            "first_name": "CityDesk",
            "username": "city_desk_bot",
        }
    )
    updates: list[Json] = field(default_factory=list)
    calls: list[Json] = field(default_factory=list)
    chats: dict[int, Json] = field(default_factory=dict)
    queries: set[str] = field(default_factory=set)
    refusals: list[tuple[str, Rejected]] = field(default_factory=list)
    next_update: int = 1
    next_message: int = 10_000
    polling: bool = False
    changed: threading.Condition = field(default_factory=threading.Condition)

    def push(self, update: Json) -> int:
        """Let an update arrive; its chat and its button press become known."""
        with self.changed:
            number = self.next_update
            self.next_update += 1
            self.updates.append({"update_id": number, **update})
            query = update.get("callback_query")
            message = query.get("message") if query else update.get("message")
            if message:
                self.chats[message["chat"]["id"]] = message["chat"]
            if query:
                self.queries.add(query["id"])
            self.changed.notify_all()
            return number

    def record(self, method: str, parameters: Json, refused: str | None) -> None:
        """Write a call down, the refused ones with their reason."""
        with self.changed:
            self.calls.append({"method": method, "parameters": parameters, "refused": refused})
            self.changed.notify_all()

    def calls_since(self, first: int, least: int, seconds: float) -> list[Json]:
        """The calls from number `first` on, once there are `least` of them or the time is over."""
        deadline = time.monotonic() + seconds
        with self.changed:
            while len(self.calls) - first < least:
                if not self.changed.wait(max(0.0, deadline - time.monotonic())) and time.monotonic() >= deadline:
                    break
            return self.calls[first:]

    def refuse_if_asked(self, method: str) -> None:
        """Raise the next refusal that a test ordered for `method`."""
        with self.changed:
            for at, (wanted, refusal) in enumerate(self.refusals):
                if wanted == method:
                    del self.refusals[at]
                    raise refusal
