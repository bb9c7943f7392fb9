"""What kind of thing a question asks for, and whether a document tells anything of that kind.

A question about the price of what the city has told of is near in every other way; but where nothing is said of money,
it isn't answered. Only kinds that leave a sign in any text are told apart: money, a year, what holds now.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal, TypeAlias

from knowledge.documents import Document
from knowledge.retrieval.currency import asks_for_current
from knowledge.text.current_words import NEXT_YEAR_SPACED, NEXT_YEAR_UNSPACED
from knowledge.text.money_words import ASKS_SPACED, ASKS_UNSPACED, TELLS_SPACED, TELLS_UNSPACED
from knowledge.text.phrases import Phrases

Kind: TypeAlias = Literal["money", "year", "now"]

_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_CURRENCY: Final = re.compile(r"[$€£¥₩฿₫₺]\s?\d|\d\s?[$€£¥₩฿₫₺元円원]")


@dataclass(frozen=True, slots=True)
class Told:
    """What a document, in all the languages that it is in, tells of: money, these years, and only what is over."""

    money: bool
    years: frozenset[str]
    over: bool

    @classmethod
    def by(cls, versions: Iterable[Document]) -> "Told":
        """From a document's versions; whatever has a day on which it took place is taken for over."""
        versions = list(versions)
        texts = ["\n".join([one.title, *one.questions, one.text]) for one in versions]
        years = frozenset(year for text in texts for year in _YEAR.findall(text))
        return cls(any(map(_tells_of_money, texts)), years, any(one.event is not None for one in versions))


def unmet(question: str, told: Told) -> frozenset[Kind]:
    """What the question asks for, and the document does not tell."""
    found: list[Kind] = []
    if not told.money and _asks_for_money(question):
        found.append("money")
    if not told.years.issuperset(_YEAR.findall(question)) or (told.over and _next_year().stand_in(question)):
        found.append("year")
    if told.over and asks_for_current(question):
        found.append("now")
    return frozenset(found)


@lru_cache(maxsize=4_096)
def _asks_for_money(question: str) -> bool:
    return _asking().stand_in(question)


def _tells_of_money(text: str) -> bool:
    return _CURRENCY.search(text) is not None or _telling().stand_in(text)


@lru_cache(maxsize=1)
def _asking() -> Phrases:
    return Phrases(ASKS_SPACED, ASKS_UNSPACED)


@lru_cache(maxsize=1)
def _next_year() -> Phrases:
    return Phrases(NEXT_YEAR_SPACED, NEXT_YEAR_UNSPACED)


@lru_cache(maxsize=1)
def _telling() -> Phrases:
    return Phrases(TELLS_SPACED, TELLS_UNSPACED)
