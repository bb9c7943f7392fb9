"""What a person wrote, made safe for the dialogue server."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from bot.errors import EmptyMessage

MAX_CHARACTERS: Final = 500

_WHITESPACE: Final = re.compile(r"\s+")
# Invisible marks that carry no meaning here and hide what stands first: zero-width space, word joiner, byte
# order mark, bidirectional overrides. The joiners U+200C/D stay, since emoji and some scripts need them.
_INVISIBLE: Final = frozenset("\u200b\u2060\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True, slots=True)
class Prepared:
    """Cleaned text of 1 to `MAX_CHARACTERS` characters; `truncated` says that more was written."""

    text: str
    truncated: bool


def prepare(raw: str) -> Prepared:
    """Clean what a person wrote; raises `EmptyMessage` when nothing is left.

    The result is NFC without control characters and lone surrogates, white space collapsed to single spaces.
    It never starts with `/`: the dialogue server would take such a text as a ready-made intent.
    """
    kept = "".join(char for char in raw if _is_kept(char))
    text = _WHITESPACE.sub(" ", unicodedata.normalize("NFC", kept)).lstrip(" /").rstrip(" ")
    if not text:
        raise EmptyMessage("nothing is left of the message; write a question")
    shortened = text[:MAX_CHARACTERS].rstrip(" ")
    return Prepared(shortened, truncated=len(text) > MAX_CHARACTERS)


def _is_kept(char: str) -> bool:
    if char.isspace():
        return True
    return char not in _INVISIBLE and unicodedata.category(char) not in ("Cc", "Cs")
