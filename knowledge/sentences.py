"""Sentence boundaries by spaCy's blank pipelines; no model, no download.

Chinese and Japanese have no spaces, so their text is cut into characters and ends at 。！？ only: a full stop
in "3.5" or "pay.taipei" is not an end there.
"""

import re
from functools import lru_cache

from knowledge.blank_spacy import Language, spacy

_CJK_LANGUAGES = ("zh", "ja")
_LONGEST = 100_000
"""Characters handed to spaCy at once; longer text is cut at this length (spaCy refuses 1,000,000)."""


@lru_cache(maxsize=4)
def _pipeline(cjk: bool) -> Language:
    if cjk:
        pipeline = spacy.blank("zh")
        pipeline.add_pipe("sentencizer", config={"punct_chars": ["。", "！", "？", "!", "?"]})
    else:
        pipeline = spacy.blank("en")
        pipeline.add_pipe("sentencizer")
    return pipeline


def sentence_spans(text: str, language: str) -> list[tuple[int, int]]:
    """The sentences of `text` as `(start, end)` character offsets, without the white space around them.

    A line break always ends a sentence: headlines and list items carry no full stop.
    """
    pipeline = _pipeline(language.split("-")[0] in _CJK_LANGUAGES)
    spans: list[tuple[int, int]] = []
    for line in re.finditer(r"[^\n]+", text):
        for offset in range(line.start(), line.end(), _LONGEST):
            part = text[offset : min(offset + _LONGEST, line.end())]
            for sentence in pipeline(part).sents:
                trimmed = sentence.text.strip()
                if trimmed:
                    start = offset + sentence.start_char + sentence.text.index(trimmed[0])
                    spans.append((start, start + len(trimmed)))
    return spans
