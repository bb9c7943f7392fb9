"""The one to three sentences of an article that answer a question, as spans of its text."""

import unicodedata
from collections.abc import Sequence
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from knowledge.answering.leaning import leans_back, promises_more
from knowledge.documents import Document
from knowledge.text.boilerplate import is_boilerplate
from knowledge.text.sentences import sentence_spans

Span: TypeAlias = tuple[int, int]

MOST_SENTENCES: Final = 3
GAP: Final = " … "
"""Stands between two parts of a quotation that do not stand side by side in the source."""

# Shares of the best sentence's score. A neighbour reads on, so it may say less than one that stands apart.
_NEIGHBOUR_FROM: Final = 0.7
_APART_FROM: Final = 0.9

_CLAUSE_ENDS: Final = "，、；：,;:،؛—"
_LIMITS: Final = {"zh": 300, "ja": 300, "ko": 400, "th": 500}
_LIMIT: Final = 600


def limit_for(language: str) -> int:
    """How many characters a quotation may have in `language` (a BCP 47 tag): about what a phone shows at once."""
    return _LIMITS.get(language.split("-")[0].lower(), _LIMIT)


def extract(
    text: str,
    spans: Sequence[Span],
    scores: Sequence[float] | NDArray[np.floating],
    limit: int,
    language: str = "",
) -> tuple[Span, ...]:
    """The best sentence of `text`, and up to two that complete it, as ordered spans with `text[start:end]` quoted.

    `spans` are sentences of `text` in order, `scores` (n,) how well each answers; a score that is no number counts
    as none. Neighbours come as one span, with the white space between them. What leans back ("He said …") brings the
    sentence before it where there is room. Contact lines, dates and headlines are passed over unless there is
    nothing else.
    The quotation, `GAP`s included, has at most `limit` characters: a longer sentence ends at a clause. Without
    sentences the result is empty. Raises `ValueError` for arrays of different lengths, spans that are not in order
    within `text`, or a limit below 1.
    """
    _check(text, spans, len(scores), limit)
    worth = [float(score) if np.isfinite(score) else float("-inf") for score in scores]
    spans = [_trimmed(text, span) for span in spans]
    filled = [number for number, (start, end) in enumerate(spans) if start < end]
    usable = [number for number in filled if not is_boilerplate(text, *spans[number])] or filled
    if not usable:
        return ()
    best = max(usable, key=lambda number: worth[number])
    if spans[best][1] - spans[best][0] > limit:
        return (_cut(text, spans[best], limit),)
    chosen = _complete(text, spans, best, filled, usable, limit, language)
    for number in _wished(text, spans, worth, best, usable, language):
        grown = chosen | {number}
        if len(grown) <= MOST_SENTENCES and _length(_merged(text, spans, grown)) <= limit:
            chosen = grown
    return _merged(text, spans, chosen)


def quote_from(document: Document, spans: Sequence[Span], scores: Sequence[float]) -> str:
    """The quotation of a news item that answers, from the sentences that a search found in it.

    Where it found none, as in a version in another language, the first sentence that is worth quoting.
    """
    found = spans or sentence_spans(document.text, document.language)
    fits = scores if spans else [0.0] * len(found)
    parts = extract(document.text, found, fits, limit_for(document.language), document.language)
    return quotation(document.text, parts) or document.title


def quotation(text: str, spans: Sequence[Span]) -> str:
    """The quoted parts of `text`, joined by `GAP`."""
    return GAP.join(text[start:end] for start, end in spans)


def breaks_off(text: str, quote: str) -> bool:
    """Whether `quote`, taken from `text`, ends within a sentence: a reader has to be told that it goes on."""
    last = quote.rsplit(GAP, 1)[-1].rstrip()
    if not last or (unicodedata.category(last[-1])[0] == "P" and last[-1] not in _CLAUSE_ENDS):
        return False
    rest = text[text.rfind(last) + len(last) :] if last in text else ""
    line = rest.split("\n", 1)[0]
    return bool(line.strip())


def _complete(
    text: str, spans: Sequence[Span], best: int, filled: list[int], usable: list[int], limit: int, language: str
) -> frozenset[int]:
    """The best sentence with what it cannot be understood without, as far as there is room."""
    chosen = frozenset({best})
    wanted = []
    last = first = best
    while promises_more(text[slice(*spans[last])]) and last + 1 in filled:  # often a heading, and then the first item
        last += 1
        wanted.append(last)
    while leans_back(text[slice(*spans[first])], language) and first - 1 in usable:
        first -= 1
        wanted.append(first)
    for number in wanted:
        grown = chosen | {number}
        if len(grown) > MOST_SENTENCES or _length(_merged(text, spans, grown)) > limit:
            break
        chosen = grown
    return chosen


def _wished(
    text: str, spans: Sequence[Span], worth: list[float], best: int, usable: list[int], language: str
) -> list[int]:
    """Other sentences good enough to be quoted too: neighbours first, then the better ones first."""

    def stands(number: int) -> bool:
        beside = abs(number - best) == 1
        least = worth[best] * (_NEIGHBOUR_FROM if beside else _APART_FROM)
        # One that leans back and comes after the best leans on it; anywhere else it would hang in the air.
        return worth[number] >= least and (number == best + 1 or not leans_back(text[slice(*spans[number])], language))

    if worth[best] <= 0:
        return []
    others = [number for number in usable if number != best and stands(number)]
    return sorted(others, key=lambda number: (abs(number - best) > 1, -worth[number], number))


def _merged(text: str, spans: Sequence[Span], chosen: frozenset[int]) -> tuple[Span, ...]:
    """The chosen sentences in order, neighbours as one span when nothing but white space parts them."""
    parts: list[Span] = []
    last = -2
    for number in sorted(chosen):
        start, end = spans[number]
        if number == last + 1 and parts and not text[parts[-1][1] : start].strip():
            parts[-1] = (parts[-1][0], end)
        else:
            parts.append((start, end))
        last = number
    return tuple(parts)


def _trimmed(text: str, span: Span) -> Span:
    """The span without the white space at its ends."""
    inner = text[slice(*span)]
    start = span[0] + len(inner) - len(inner.lstrip())
    return start, max(start, span[0] + len(inner.rstrip()))


def _length(parts: Sequence[Span]) -> int:
    return sum(end - start for start, end in parts) + len(GAP) * max(0, len(parts) - 1)


def _cut(text: str, span: Span, limit: int) -> Span:
    """The beginning of a sentence that is too long, up to a clause's end or a space, never within a character."""
    start, hard = span[0], span[0] + limit
    half = start + limit // 2
    for marks in (_CLAUSE_ENDS, " \t\n\u3000"):
        ends = [at for at in range(half, hard + 1) if at > start and at < span[1] and text[at] in marks]
        if ends:
            return start, start + len(text[start : ends[-1]].rstrip())
    end = hard
    while end > start + 1 and (unicodedata.category(text[end])[0] == "M" or "\u200d" in text[end - 1 : end + 1]):
        end -= 1
    return start, end


def _check(text: str, spans: Sequence[Span], scores: int, limit: int) -> None:
    if len(spans) != scores:
        raise ValueError(f"{len(spans)} sentences, but {scores} scores")
    if limit < 1:
        raise ValueError(f"a quotation of at most {limit} characters cannot be made")
    last = 0
    for start, end in spans:
        if not last <= start <= end <= len(text):
            raise ValueError(f"sentence {start} to {end} is not in order within a text of {len(text)} characters")
        last = end
