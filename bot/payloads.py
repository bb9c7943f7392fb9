"""What the dialogue server replies, parsed: the messages that a channel shows."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from bot.errors import MalformedReply


class _Record(BaseModel):
    # Fields that a newer server adds are passed over, so that the two can be updated one after the other.
    model_config = ConfigDict(frozen=True, extra="ignore")


class Button(_Record):
    """A choice: `title` is shown, `payload` (`/intent{json}`) goes back when it is chosen."""

    title: str = Field(min_length=1)
    payload: str = Field(min_length=1)


class SourceNote(_Record):
    """Where an answer comes from. `quote` is the exact span that is quoted, in the source's language."""

    id: str
    kind: Literal["faq", "news"]
    title: str
    url: str
    published: date | None = None
    language: str
    quote: str | None = None
    sample: bool = False
    url_is_home_page: bool = False


class Message(_Record):
    """What every message has: plain `text` in `language`, and choices. `id` is what feedback refers to."""

    id: str
    text: str = Field(min_length=1)
    language: str
    buttons: tuple[Button, ...] = ()


class Answer(Message):
    """An answer to a question, or the admission that there is none."""

    type: Literal["answer"]
    status: Literal["answered", "uncertain", "no_answer"]
    confidence: float | None = None
    sources: tuple[SourceNote, ...] = ()


class Prompt(Message):
    """A question back to the reader."""

    type: Literal["prompt"]


class Notice(Message):
    """Anything else that CityDesk says; the latest news come with their sources."""

    type: Literal["notice"]
    sources: tuple[SourceNote, ...] = ()


Payload = Answer | Prompt | Notice


class _Envelope(_Record):
    custom: Annotated[Payload, Field(discriminator="type")]


_REPLY: TypeAdapter[list[_Envelope]] = TypeAdapter(list[_Envelope])


def parse_reply(body: bytes) -> list[Payload]:
    """The messages in the REST channel's reply; raises `MalformedReply` when it is not as agreed."""
    try:
        return [envelope.custom for envelope in _REPLY.validate_json(body)]
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(step) for step in first["loc"]) or "the reply"
        problem = f"the dialogue server's reply is not as agreed: {where}: {first['msg']}"
        raise MalformedReply(problem) from error
