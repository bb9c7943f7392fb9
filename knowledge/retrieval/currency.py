"""What holds today: which documents have expired, which events are over, and whether a question asks for now.

Nothing here looks at a clock: the day is given, on the city's calendar.
"""

import re
import unicodedata
from datetime import date
from functools import lru_cache
from typing import Final, Literal, TypeAlias

from knowledge.documents import Document
from knowledge.text.analyser import fold
from knowledge.text.current_words import NOT_MEANT, SPACED, UNSPACED

HALF_LIFE_DAYS: Final = 90
"""After this many days news counts half. A season: what the city announces (courses, events, roadworks, fees for a
term) has mostly run its course by the next one."""
OUTDATED_BELOW: Final = 0.25
"""News less recent than this, two half-lives old, is not shown as current without saying so."""

Standing: TypeAlias = Literal["current", "over", "expired"]

# Accents over Latin and Greek letters, Arabic vowel signs and hamzas; marks of other scripts are letters' own parts.
_ACCENTS: Final = re.compile("[\u0300-\u036f\u064b-\u065f\u0670]")
_LETTERS: Final = str.maketrans({"đ": "d", "ł": "l", "ı": "i"})
# 最近 is "lately" but for places, where it is "nearest": 離車站最近, 最近的醫院 (folded here).
_NEAREST: Final = re.compile("离.{0,12}最近|最近的?(?=.{0,4}(?:站|医院|图书馆|公园|停车场|派出所|厕所))")
_ARABIC_PREFIX: Final = "(?:[وفبل]{1,2})?"


def is_expired(document: Document, today: date) -> bool:
    """Whether the last day on which the document holds has passed."""
    return document.valid_until is not None and document.valid_until < today


def standing(document: Document, today: date) -> Standing:
    """Whether a document holds today.

    `expired`: must not be offered as if it did. `over`: tells rightly of an event that has passed. Else `current`.
    """
    if is_expired(document, today):
        return "expired"
    return "over" if document.event is not None and document.event.end < today else "current"


def recency(published: date | None, today: date) -> float:
    """How recent a day of publication is: 1 today (or later), half after each `HALF_LIFE_DAYS`, 0 where unknown."""
    if published is None:
        return 0.0
    return float(0.5 ** (max(0, (today - published).days) / HALF_LIFE_DAYS))


def is_outdated(document: Document, today: date) -> bool:
    """Whether a news item is too old to pass for current; an undated one is. FAQ entries are kept by their editors."""
    return document.kind == "news" and recency(document.source.published, today) < OUTDATED_BELOW


def asks_for_current(text: str) -> bool:
    """Whether a question asks for what is new, holds now or comes next, in any of the fifteen languages."""
    unspaced, spaced, not_meant = _patterns()
    words = not_meant.sub(" ", f" {_plain(text)} ")
    return spaced.search(words) is not None or unspaced.search(_NEAREST.sub("", words.replace(" ", ""))) is not None


def _plain(text: str) -> str:
    """Folded, without accents, every run of signs and white space one space."""
    bare = _ACCENTS.sub("", unicodedata.normalize("NFD", fold(text).translate(_LETTERS)))
    signs = "".join(
        " " if unicodedata.category(char)[0] in "PSZC" else char for char in unicodedata.normalize("NFC", bare)
    )
    return " ".join(signs.split())


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    unspaced = [_plain(word).replace(" ", "") for words in UNSPACED.values() for word in words.split("|")]
    spaced = [
        (_ARABIC_PREFIX if language == "ar" else "")
        + re.escape(_plain(word))
        + (r"[^ ]*" if word.endswith("*") else "")
        for language, words in SPACED.items()
        for word in words.split("|")
    ]
    not_meant = [re.escape(_plain(phrase)) for phrase in NOT_MEANT.split("|")]
    return (
        re.compile("|".join(map(re.escape, unspaced))),
        re.compile(f" (?:{'|'.join(spaced)})(?= )"),
        re.compile(f" (?:{'|'.join(not_meant)})(?= )"),
    )
