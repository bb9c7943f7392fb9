"""A message for the terminal: Rich markup for people, plain lines for pipes."""

import re
import unicodedata

from rich.markup import escape as escape_markup

from bot.payloads import Payload, SourceNote
from bot.sources import body, link, marks, origin, sources
from wording import messages
from wording.catalogue import Wording

_BLANK_LINES = re.compile(r"\n{3,}")


def render_text(message: Payload, wording: Wording, *, markup: bool) -> str:
    """The message, its sources one per line, its choices numbered from 1; no newline at the end.

    With `markup` it is Rich markup with everything of others' escaped; without, it is plain text. Control
    characters are dropped, so that no text from a feed can steer a terminal.
    """
    parts = body(message)
    lines = [_clean(parts.before, markup)]
    if parts.quote:
        quoted = "\n".join(f"  {line}" for line in _clean(parts.quote, markup).split("\n"))
        lines += [f"[italic]{quoted}[/italic]" if markup else quoted, _clean(parts.after, markup)]
    note = origin(message, wording)
    if note:
        lines.append(f"[dim]{_clean(note, markup)}[/dim]" if markup else _clean(note, markup))
    lines += [_source(source, message, wording, markup, listed=parts.lists) for source in sources(message)]
    for number, button in enumerate(message.buttons, start=1):
        title = _clean(button.title, markup)
        lines.append(f"  [bold]{number}.[/bold] {title}" if markup else f"  {number}. {title}")
    return "\n".join(line for line in lines if line.strip())


def _source(source: SourceNote, message: Payload, wording: Wording, markup: bool, *, listed: bool) -> str:
    url = link(source)
    said = [source.title.strip() or source.id, *marks(source, message, wording), *([url] if url else [])]
    line = _clean(" · ".join(said), markup).replace("\n", " ")
    if listed:  # the sources are what is told, as with the latest news
        return f"• {line}"
    label = _clean(wording.text(messages.SOURCE, message.language), markup)
    return f"[dim]{label}{line}[/dim]" if markup else f"{label}{line}"


def _clean(text: str, markup: bool) -> str:
    kept = "".join(char for char in text if char == "\n" or unicodedata.category(char) not in ("Cc", "Cs"))
    kept = _BLANK_LINES.sub("\n\n", kept)
    return escape_markup(kept) if markup else kept
