"""What every channel says about a source, and where the quotation stands in a text."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from bot.payloads import Payload, Prompt, SourceNote
from wording import messages
from wording.catalogue import Wording

_LONGEST_LINK = 1_500


@dataclass(frozen=True, slots=True)
class Body:
    """A message's text in three parts; `quote` is empty when nothing is quoted.

    `lists` says that the text listed its sources' titles, each on a line after a bullet. Those lines are left
    out here, since the sources are shown below the text anyhow, with their links.
    """

    before: str
    quote: str
    after: str
    lists: bool = False


def body(message: Payload) -> Body:
    """Part the text around the quotation of its first news source, which the text holds word for word."""
    text = message.text
    headlines = tuple(f"• {source.title}" for source in sources(message) if source.title)
    kept = [line for line in text.split("\n") if not (headlines and line.startswith(headlines))]
    if len(kept) < text.count("\n") + 1:
        return Body("\n".join(kept), "", "", lists=True)
    for source in sources(message):
        quote = (source.quote or "").strip()
        if source.kind == "news" and quote and quote in text:
            before, _, after = text.partition(quote)
            return Body(before.rstrip(), quote, after.lstrip())
    return Body(text, "", "")


def sources(message: Payload) -> tuple[SourceNote, ...]:
    """The sources of a message; a prompt has none."""
    return () if isinstance(message, Prompt) else message.sources


def marks(source: SourceNote, message: Payload, wording: Wording) -> list[str]:
    """What is said behind a source's title: date, language where it is another, and what to beware of."""
    language = message.language
    said = []
    if source.published is not None:
        said.append(wording.text(messages.PUBLISHED, language, date=wording.date(source.published, language)))
    name = wording.language_name(source.language, language)
    if source.kind == "news" and source.language != language and name not in message.text:
        said.append(name)
    if source.url_is_home_page:
        said.append(wording.text(messages.HOME_PAGE, language))
    if source.sample:
        said.append(wording.text(messages.SAMPLE, language))
    return said


def origin(message: Payload, wording: Wording) -> str | None:
    """The sentence that an FAQ answer rests on a page in another language, unless the text says so itself."""
    for source in sources(message):
        if source.kind == "faq" and source.language != message.language:
            name = wording.language_name(source.language, message.language)
            sentence = wording.text(messages.BASED_ON_PAGE_IN, message.language, language=name)
            return None if sentence in message.text else sentence
    return None


def link(source: SourceNote) -> str | None:
    """The source's address when it is a web address of a sane length, else None."""
    try:
        parts = urlsplit(source.url)
    except ValueError:
        return None
    plain = not any(char.isspace() or not char.isprintable() for char in source.url)
    short = len(source.url) <= _LONGEST_LINK
    return source.url if parts.scheme in ("http", "https") and parts.netloc and plain and short else None
