"""What a channel needs of the dialogue server."""

from collections.abc import Mapping
from typing import Literal, Protocol, TypedDict

from bot.payloads import Payload


class Metadata(TypedDict):
    """What goes with every message: the client's own language tag, and the channel."""

    client_language: str | None
    channel: Literal["telegram", "terminal"]


class Dialogue(Protocol):
    """Whoever answers what people write. Both methods raise `RasaUnavailable`."""

    async def send(self, sender: str, text: str, metadata: Metadata) -> list[Payload]:
        """Ask in the conversation `sender`; `text` comes from `bot.prepare`. Gives at least one message."""
        ...

    async def send_intent(
        self, sender: str, intent: str, entities: Mapping[str, str], metadata: Metadata
    ) -> list[Payload]:
        """Say in the conversation `sender` what a button or a command means. Gives at least one message."""
        ...
