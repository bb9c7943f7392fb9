"""An answer from news is the source's own words: the best sentence, and what completes it."""

import math
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.answering.extracts import (
    GAP,
    MOST_SENTENCES,
    Span,
    breaks_off,
    extract,
    limit_for,
    quotation,
    quote_from,
)
from knowledge.documents import Document, Source
from knowledge.text.sentences import sentence_spans

LIBRARY = (
    "New library opens\n"
    "The library at the park opens on 3 May. It has 200 seats and a room for children. "
    "Parking costs 20 dollars an hour. The mayor thanked everyone. Books can be returned at any station.\n"
    "Media contact: Ms Lin, 02-1234"
)


def quoted(text: str, scores: list[float], language: str = "en", limit: int = 600) -> str:
    """What is quoted of `text`, whose sentences are found as the index finds them."""
    return quotation(text, extract(text, sentence_spans(text, language), scores, limit, language))


def test_the_best_sentence_is_quoted() -> None:
    """The others say nothing on the question."""
    assert "Parking costs 20 dollars an hour." == quoted(LIBRARY, [0, 0.1, 0.1, 0.9, 0, 0.1, 0])


def test_a_sentence_that_leans_back_brings_the_one_before() -> None:
    """Nobody knows what "it" is otherwise."""
    expected = "The library at the park opens on 3 May. It has 200 seats and a room for children."
    assert expected == quoted(LIBRARY, [0, 0.1, 0.9, 0.1, 0, 0, 0])


def test_what_leans_back_stands_alone_where_there_is_no_room() -> None:
    """The answer comes before its context."""
    assert "It has 200 seats and a room for children." == quoted(LIBRARY, [0, 0.1, 0.9, 0, 0, 0, 0], limit=60)


def test_a_good_neighbour_is_quoted_along() -> None:
    """In one piece, as it stands in the source."""
    expected = "Parking costs 20 dollars an hour. The mayor thanked everyone."
    assert expected == quoted(LIBRARY, [0, 0, 0, 0.9, 0.7, 0, 0])


def test_what_stands_apart_must_be_nearly_as_good() -> None:
    """And the gap is shown."""
    parts = "Parking costs 20 dollars an hour." + GAP + "Books can be returned at any station."
    assert parts == quoted(LIBRARY, [0, 0, 0, 0.9, 0, 0.85, 0])
    assert "Parking costs 20 dollars an hour." == quoted(LIBRARY, [0, 0, 0, 0.9, 0, 0.75, 0])


def test_headline_and_contact_are_passed_over() -> None:
    """However well they fit: a headline answers nothing, and a press officer is not for readers."""
    expected = "The library at the park opens on 3 May."
    assert expected == quoted(LIBRARY, [1.0, 0.3, 0, 0, 0, 0, 0.9])


def test_a_headline_is_quoted_when_there_is_nothing_else() -> None:
    """An item without a body stands for its own text."""
    assert "New library opens" == quoted("New library opens", [0.4])


def test_a_colon_brings_what_it_announces() -> None:
    """A list's heading without its first item would be half an answer."""
    text = "民眾可以在下列地點領取，說明如下：\n一、市政大樓：\n一樓服務臺每天九點到五點發放。\n新聞聯絡人：林小姐"
    expected = "民眾可以在下列地點領取，說明如下：\n一、市政大樓：\n一樓服務臺每天九點到五點發放。"
    assert expected == quoted(text, [0.9, 0, 0.1, 0], "zh-Hant")


def test_a_chain_of_pronouns_stops_at_three_sentences() -> None:
    """Otherwise an article could be quoted whole."""
    text = "市長到場致詞。他感謝志工。他也感謝店家。他最後宣布活動延長一週。"
    assert "他感謝志工。他也感謝店家。他最後宣布活動延長一週。" == quoted(text, [0, 0, 0, 1], "zh-Hant")


def test_a_sentence_that_is_too_long_ends_at_a_clause() -> None:
    """And it can be told that it goes on."""
    text = "市府表示，" + "為了讓民眾安心，" * 30 + "將加派人力。"
    quote = quoted(text, [1.0], "zh-Hant", limit=100)
    assert quote.endswith("為了讓民眾安心")
    assert 50 <= len(quote) <= 100
    assert breaks_off(text, quote)


def test_an_article_is_quoted_by_what_was_found_in_it() -> None:
    """Without found sentences, its first one worth quoting; without any text, its headline."""
    source = Source("New library opens", "https://www.gov.taipei/", "en")
    article = Document("news:0123456789abcdef", "news", "en", "New library opens", LIBRARY, source)
    spans = sentence_spans(LIBRARY, "en")
    assert "Parking costs 20 dollars an hour." == quote_from(article, spans, [0, 0, 0, 0.9, 0, 0, 0])
    assert "The library at the park opens on 3 May." == quote_from(article, (), ())
    assert "New library opens" == quote_from(replace(article, text=""), (), ())


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        ("Parking costs 20 dollars an hour.", False),
        ("Parking costs 20", True),
        ("New library opens", False),
        ("Parking costs 20 dollars an hour." + GAP + "Books can be returned", True),
        ("", False),
    ],
)
def test_whether_a_quotation_breaks_off(quote: str, expected: bool) -> None:
    """Within a sentence it does, at the end of a line or sentence it does not."""
    assert expected == breaks_off(LIBRARY, quote)


def test_scores_that_are_no_numbers_count_as_none() -> None:
    """A damaged vector must not win."""
    assert "Parking costs 20 dollars an hour." == quoted(LIBRARY, [math.nan, math.nan, math.nan, 0.2, 0, 0, 0])


def test_nothing_gives_nothing() -> None:
    """An empty article has no sentences."""
    assert () == extract("", [], np.zeros(0), 100)
    assert () == extract("  ", [(0, 2)], [1.0], 100)


@pytest.mark.parametrize(
    ("spans", "scores", "limit"),
    [([(0, 3)], [], 9), ([(0, 99)], [1.0], 9), ([(3, 5), (0, 2)], [1, 1], 9), ([(2, 1)], [1.0], 9), ([(0, 3)], [1], 0)],
)
def test_what_does_not_fit_together_is_refused(spans: list[Span], scores: list[float], limit: int) -> None:
    """Spans of another text would quote what nobody said."""
    with pytest.raises(ValueError, match=r"scores|in order|quotation"):
        extract("some text", spans, scores, limit)


@pytest.mark.parametrize(("language", "expected"), [("zh-Hant", 300), ("ja", 300), ("en", 600), ("", 600)])
def test_dense_scripts_need_fewer_characters(language: str, expected: int) -> None:
    """About as much on the screen in every language."""
    assert expected == limit_for(language)


WORDS = st.text(st.sampled_from("ab它 。.!?：:，,\n… \u3000\u0301\u200d臺北市2018年3月新聞聯絡人：\ud800"), max_size=40)


@given(
    st.lists(WORDS, min_size=1, max_size=8),
    st.data(),
    st.integers(1, 60),
    st.sampled_from(["en", "zh-Hant", "ja", "th", ""]),
)
def test_only_the_source_is_quoted(pieces: list[str], data: st.DataObject, limit: int, language: str) -> None:
    """Whatever text, sentences and scores: ordered parts of the source, few and short enough, and never nothing."""
    text = "".join(pieces)
    spans, at = [], 0
    for piece in pieces:
        spans.append((at, at + len(piece)))
        at += len(piece)
    number = st.floats(allow_nan=True, allow_infinity=True)
    scores = data.draw(st.lists(number, min_size=len(spans), max_size=len(spans)))
    parts = extract(text, spans, scores, limit, language)
    quote = quotation(text, parts)
    assert all(part in text for part in (text[start:end] for start, end in parts))
    assert all(0 <= start < end <= len(text) for start, end in parts)
    assert all(before[1] <= after[0] for before, after in pairwise(parts))
    assert len(parts) <= MOST_SENTENCES and len(quote) <= limit
    assert bool(parts) == bool(text.strip())
    assert isinstance(breaks_off(text, quote), bool)
