"""Phrases of many languages, found as people type them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.text.phrases import Phrases, plain

NOW = Phrases({"en": "now|right away", "tr": "bugün*", "ar": "اليوم"}, {"zh": "現在", "ja": "今の"}, "not now")


@pytest.mark.parametrize(
    "text",
    [
        "NOW!",
        "is it on, now?",
        "do it right  away",
        "Bugünkü haberler",
        "واليوم",
        "现在呢",
        "現 在",
        "今の天気",
        "ｎｏｗ",
    ],
)
def test_they_are_found_however_they_are_written(text: str) -> None:
    """Case, width, signs, spaces, endings where a star says so, Arabic prefixes, both scripts of Chinese."""
    assert NOW.stand_in(text)


@pytest.mark.parametrize("text", ["", "!!!", "I know", "snow", "nowhere", "right far away", "it is not now", "今"])
def test_parts_of_words_are_none(text: str) -> None:
    """Nor is what is said not to be meant."""
    assert not NOW.stand_in(text)


def test_unspaced_text_can_be_passed_over() -> None:
    """Matched after folding."""
    assert not NOW.stand_in("現在完成式", re.compile("现在完成"))
    assert NOW.stand_in("現在的現在完成式", re.compile("现在完成"))


def test_nothing_stands_nowhere() -> None:
    """No phrases, no match."""
    assert not Phrases({}, {}).stand_in("now")


@given(st.text())
def test_plain_text_is_words_and_single_spaces(text: str) -> None:
    """Whatever is typed; once is enough."""
    found = plain(text)
    assert " ".join(found.split()) == found
    assert isinstance(NOW.stand_in(text), bool)
