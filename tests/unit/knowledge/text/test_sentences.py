"""Sentences end where a reader sees an end."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.text.sentences import sentence_spans


def sentences(text: str, language: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text, language)]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "One came. Two left! Why?", ["One came.", "Two left!", "Why?"]),
        (
            "zh-Hant",
            "三表是水錶、電錶。共有3.5萬人！好嗎？",
            ["三表是水錶、電錶。", "共有3.5萬人！", "好嗎？"],
        ),
        ("ja", "初日です。pay.taipeiを使います。", ["初日です。", "pay.taipeiを使います。"]),
        ("en", "A headline\nA sentence.", ["A headline", "A sentence."]),
        ("en", "", []),
        ("en", " \n ", []),
    ],
)
def test_ends(language: str, text: str, expected: list[str]) -> None:
    """Full-width marks end Chinese and Japanese sentences; a full stop in a number or name does not."""
    assert expected == sentences(text, language)


@given(st.text(max_size=300), st.sampled_from(["en", "zh-Hant", "ja"]))
def test_spans_are_in_order_and_not_empty(text: str, language: str) -> None:
    """Spans never overlap, never hold only white space, and lie within the text."""
    spans = sentence_spans(text, language)
    assert all(text[start:end].strip() for start, end in spans)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
