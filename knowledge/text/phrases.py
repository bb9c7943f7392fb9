"""Words and phrases of many languages, looked for in one go: by whole words where words are spaced, else anywhere."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Final

from knowledge.text.analyser import fold

# Accents over Latin and Greek letters, Arabic vowel signs and hamzas; marks of other scripts are letters' own parts.
_ACCENTS: Final = re.compile("[\u0300-\u036f\u064b-\u065f\u0670]")
_LETTERS: Final = str.maketrans({"đ": "d", "ł": "l", "ı": "i"})
_ARABIC_PREFIX: Final = "(?:[وفبل]{1,2})?"
_NEVER: Final = re.compile("(?!)")


class Phrases:
    """Phrases by language, those of one language divided by `|`; a `*` at the end stands for any ending."""

    def __init__(self, spaced: Mapping[str, str], unspaced: Mapping[str, str], not_meant: str = "") -> None:
        """`unspaced` are of languages that put no spaces between words. `not_meant` are taken out of a text before."""
        self._spaced = _whole([_of(phrase, language) for language, phrase in _each(spaced)])
        self._unspaced = re.compile("|".join(re.escape(squeezed(phrase)) for _, phrase in _each(unspaced)) or "(?!)")
        self._not_meant = _whole([re.escape(plain(phrase)) for phrase in not_meant.split("|") if phrase])

    def stand_in(self, text: str, unspaced_not_meant: re.Pattern[str] = _NEVER) -> bool:
        """Whether any of them stands in `text`; a match of `unspaced_not_meant` (folded, no spaces) is passed over."""
        words = self._not_meant.sub(" ", f" {plain(text)} ")
        if self._spaced.search(words) is not None:
            return True
        return self._unspaced.search(unspaced_not_meant.sub("", words.replace(" ", ""))) is not None


def plain(text: str) -> str:
    """Folded, without accents, every run of signs and white space one space."""
    bare = _ACCENTS.sub("", unicodedata.normalize("NFD", fold(text).translate(_LETTERS)))
    signs = "".join(
        " " if unicodedata.category(char)[0] in "PSZC" else char for char in unicodedata.normalize("NFC", bare)
    )
    return " ".join(signs.split())


def squeezed(text: str) -> str:
    """The same without any space."""
    return plain(text).replace(" ", "")


def _each(phrases: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(language, phrase) for language, joined in phrases.items() for phrase in joined.split("|")]


def _of(phrase: str, language: str) -> str:
    prefix = _ARABIC_PREFIX if language == "ar" else ""
    return prefix + re.escape(plain(phrase)) + (r"[^ ]*" if phrase.endswith("*") else "")


def _whole(patterns: list[str]) -> re.Pattern[str]:
    return re.compile(f" (?:{'|'.join(patterns)})(?= )") if patterns else _NEVER
