"""Sentence boundaries: by spaCy's blank pipeline where words are parted, by plain signs where they are not.

No model, no download. Chinese and Japanese text ends at 。！？ only: a full stop in "3.5" or "pay.taipei" is not an end
there. Thai has no sign for it; writers part sentences, and clauses too, by a space.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from knowledge.text.blank_spacy import Language, spacy

_CJK_LANGUAGES = ("zh", "ja")
_CJK_SENTENCE = re.compile(r"[^\n。！？!?]*[。！？!?]+[」』”’）)】》]*|[^\n。！？!?]+")
_THAI_LEAST = 60
"""Characters that a stretch of Thai has before it ends at a space: a clause or two."""
_THAI_SENTENCE = re.compile(rf"[^\n]{{{_THAI_LEAST},}}?(?=[ \n]|$)|[^\n]+", re.MULTILINE)
_LONGEST = 100_000
"""Characters handed to spaCy at once; longer text is cut at this length (spaCy refuses 1,000,000)."""


@lru_cache(maxsize=1)
def _pipeline() -> Language:
    pipeline = spacy.blank("en")
    pipeline.add_pipe("sentencizer")
    return pipeline


def sentence_spans(text: str, language: str) -> list[tuple[int, int]]:
    """The sentences of `text` as `(start, end)` character offsets, without the white space around them.

    A line break always ends a sentence: headlines and list items carry no full stop.
    """
    main = language.split("-")[0]
    if main in _CJK_LANGUAGES or main == "th":
        pattern = _THAI_SENTENCE if main == "th" else _CJK_SENTENCE
        found: Iterator[tuple[int, int]] = (match.span() for match in pattern.finditer(text))
    else:
        found = _by_spacy(text)
    return [span for start, end in found if (span := _trimmed(text, start, end))]


def _by_spacy(text: str) -> Iterator[tuple[int, int]]:
    for line in re.finditer(r"[^\n]+", text):
        for offset in range(line.start(), line.end(), _LONGEST):
            part = text[offset : min(offset + _LONGEST, line.end())]
            for sentence in _pipeline()(part).sents:
                yield offset + sentence.start_char, offset + sentence.end_char


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The span without the white space around it; None where there is nothing else."""
    sentence = text[start:end]
    trimmed = sentence.strip()
    if not trimmed:
        return None
    start += len(sentence) - len(sentence.lstrip())
    return start, start + len(trimmed)
