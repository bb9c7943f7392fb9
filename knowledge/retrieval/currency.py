"""What holds today: which documents have expired, which events are over, and whether a question asks for now.

Nothing here looks at a clock: the day is given, on the city's calendar.
"""

import re
from datetime import date
from functools import lru_cache
from typing import Final, Literal, TypeAlias

from knowledge.documents import Document
from knowledge.text.current_words import NOT_MEANT, SPACED, UNSPACED
from knowledge.text.phrases import Phrases

HALF_LIFE_DAYS: Final = 90
"""After this many days news counts half. A season: what the city announces (courses, events, roadworks, fees for a
term) has mostly run its course by the next one."""
OUTDATED_BELOW: Final = 0.25
"""News less recent than this, two half-lives old, is not shown as current without saying so."""

Standing: TypeAlias = Literal["current", "over", "expired"]

# 最近 is "lately" but for places, where it is "nearest": 離車站最近, 最近的醫院 (folded here).
_NEAREST: Final = re.compile("离.{0,12}最近|最近的?(?=.{0,4}(?:站|医院|图书馆|公园|停车场|派出所|厕所))")


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
    return _current().stand_in(text, _NEAREST)


@lru_cache(maxsize=1)
def _current() -> Phrases:
    return Phrases(SPACED, UNSPACED, NOT_MEANT)
