"""A message as Telegram HTML: everything escaped, the source linked, a quotation in a block of its own."""

from html import escape
from typing import Final

from bot.payloads import Payload, SourceNote
from bot.sources import body, link, marks, origin, sources
from wording import messages
from wording.catalogue import Wording

_LONGEST_TITLE: Final = 300


def render_html(message: Payload, wording: Wording) -> str:
    """Telegram HTML of any length, for `bot.split`; uses the tags `a`, `b`, `i` and `blockquote` only.

    The message's language must be one of ours (else `wording.errors.UnknownLanguage`).
    """
    parts = body(message)
    blocks = [escape(parts.before, quote=False)]
    if parts.quote:
        blocks.append(f"<blockquote>{escape(parts.quote, quote=False)}</blockquote>")
        blocks.append(escape(parts.after, quote=False))
    note = origin(message, wording)
    if note:
        blocks.append(f"<i>{escape(note, quote=False)}</i>")
    head = "\n".join(block for block in blocks if block.strip())
    foot = _sources(message, wording, listed=parts.lists)
    return f"{head}\n\n{foot}" if foot else head


def render_notice(text: str) -> str:
    """A sentence of the channel itself, set apart from an answer."""
    return f"<i>{escape(text, quote=False)}</i>"


def _sources(message: Payload, wording: Wording, *, listed: bool) -> str:
    lines = [_source(source, message, wording) for source in sources(message)]
    if not lines:
        return ""
    if listed or len(lines) > 1:
        return "\n".join(f"• {line}" for line in lines)
    label = escape(wording.text(messages.SOURCE, message.language), quote=False)
    return f"<b>{label}</b>{lines[0]}"


def _source(source: SourceNote, message: Payload, wording: Wording) -> str:
    title = source.title.strip() or source.id
    if len(title) > _LONGEST_TITLE:
        title = title[: _LONGEST_TITLE - 1] + "…"
    shown = escape(title, quote=False)
    url = link(source)
    if url is not None:
        shown = f'<a href="{escape(url)}">{shown}</a>'
    return " · ".join([shown, *(escape(mark, quote=False) for mark in marks(source, message, wording))])
