"""One form for what is written in several ways: full-width and half-width, Traditional and Simplified.

Every character is replaced by exactly one, so positions in the folded text are positions in the message.
"""

import unicodedata
from functools import lru_cache

import opencc

_TO_SIMPLIFIED = opencc.OpenCC("t2s")
_UNREADABLE = "\ufffd"


def fold(text: str) -> str:
    """The text in its one form, of the same length.

    Control and format characters become spaces, and halves of surrogate pairs (which no encoder takes) the
    replacement character.
    """
    return "".join(_fold_character(char) for char in text)


@lru_cache(maxsize=20_000)
def _fold_character(char: str) -> str:
    category = unicodedata.category(char)
    if category == "Cs":
        return _UNREADABLE
    if category in ("Cc", "Cf"):
        return " "
    char = _if_single(unicodedata.normalize("NFKC", char), char)
    return _if_single(_TO_SIMPLIFIED.convert(char), char)


def _if_single(candidate: str, otherwise: str) -> str:
    return candidate if len(candidate) == 1 else otherwise
