"""Many texts at once have the very terms that each has alone, in the same order."""

import gzip
import json
import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from knowledge.text.analyser import hashes, terms
from knowledge.text.row_hashes import row_hashes

NEWS = Path(__file__).parents[4].parent / "shared" / "data" / "news" / "tainan-2022.jsonl.gz"
MIXED = (
    "臺台北電表著着於于坏坯薴瑦乾的是請問什麼嗎吧酒目士A aé\u0301İßΣςأ\u0640กำเ\u0e4d가ᄀ\u1161カガｶﾞ\u3099ー々〇㐷"
    "\uf900\U00020000𠮷\u2f00\u2017\u200b\ufe0f１1٣²_~. \x00\x1e\x1f\n\ud800\udc00हिन्दी〆〡〱"
)
WILD = st.text(alphabet=MIXED, max_size=40) | st.text(max_size=60)
CHINESE = st.text(alphabet="臺北市著名於單一的是請問什麼嗎乾瞭解，。 A4c2018", max_size=40)


def alone(texts: Sequence[str]) -> tuple[list[int], list[int]]:
    """What is expected: all numbers, and where those of each text begin."""
    found = [hashes(terms(text)) for text in texts]
    return np.concatenate([np.zeros(0, np.uint32), *found]).tolist(), [0, *np.cumsum([*map(len, found)]).tolist()]


def together(texts: Sequence[str]) -> tuple[list[int], list[int]]:
    numbers, bounds = row_hashes(texts)
    assert (np.dtype(np.uint32), np.dtype(np.int64)) == (numbers.dtype, bounds.dtype)
    return numbers.tolist(), bounds.tolist()


@given(st.lists(WILD | CHINESE, max_size=12))
@example([])
@example([""])
@example(["", "臺", "", "水電"])
@example(["是誰", "the", "請問", "電表"])  # nothing but stop words
@example(["都民の広場", "電表", "도서관에서", "ห้องอะไร", "smart meters"])
@example(["瑦", "臺北瑦", "臺北"])  # simplified to a character beyond the basic plane
@example(["臺\x1e北", "臺北"])
@example(["臺", "北"])  # no pair reaches from one text to the next
@example(["乾", "坤"])  # nor a phrase of OpenCC's
@example(["為", "什麼"])  # nor a filler
@example(["A", "\u0301b"])  # nor a word
@example(["目的", "的士", "目", "的", "士"])
@settings(max_examples=500, deadline=None)
def test_any_texts_together_have_the_terms_of_each(texts: list[str]) -> None:
    assert alone(texts) == together(texts)


@given(st.lists(st.text(alphabet=st.characters(min_codepoint=0x2000, max_codepoint=0xFFFF), max_size=30), max_size=6))
@settings(max_examples=300, deadline=None)
def test_texts_of_east_asian_characters_too(texts: list[str]) -> None:
    assert alone(texts) == together(texts)


def test_every_character_of_the_basic_plane() -> None:
    """Each by itself, and each between two Han characters."""
    texts = [chr(code) for code in range(0x10000)]
    texts += [f"臺{character}北" for character in texts]
    assert alone(texts) == together(texts)


def test_real_news() -> None:
    if not NEWS.is_file():
        missing = f"{NEWS.name} is missing: put it into ../shared/data/news to run this test"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    with gzip.open(NEWS, "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line, _ in zip(lines, range(600), strict=False)]
    texts = [text for record in records for text in (record["title"], *record["content"].split("。"))]
    assert alone(texts) == together(texts)
