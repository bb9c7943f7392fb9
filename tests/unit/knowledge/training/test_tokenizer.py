"""Pieces are words where words are frequent, and never mix scripts."""

import random

import numpy as np
import pytest
from tokenizers import Tokenizer
from tokenizers.models import Unigram

from knowledge.training.recipe import Recipe
from knowledge.training.tokenizer import Pieces, learn_pieces, weakened

TEXTS = [
    "The hospital is near the library",
    "The library is against the law of the hospital",
    "圖書館在醫院附近",
    "医院在图书馆附近",
    "請撥打119電話",
    "مكتبة المدينة قريبة من المستشفى",
    "도서관은 병원 근처에 있습니다",
]


WORDS = ("library", "hospital", "water", "meter", "summit", "tour", "station", "bridge", "market", "garden", "museum")


@pytest.fixture(scope="module")
def pieces() -> Pieces:
    """Pieces of the sentences above, and of 500 in which some words stand in any order."""
    chance = random.Random(0)
    texts = [*TEXTS, *(" ".join(chance.choices(WORDS, k=6)) for _ in range(500))]
    return learn_pieces(dict.fromkeys(texts, 4), Recipe(pieces=300))


def cut(pieces: Pieces, text: str) -> list[str]:
    return [t for t in pieces.tokenizer.encode(text, add_special_tokens=False).tokens if t != "▁"]


def test_frequent_words_are_whole_pieces(pieces: Pieces) -> None:
    """Also one that is part of no other word."""
    assert ["▁library"] == cut(pieces, "Library")


def test_both_scripts_of_chinese_are_cut_alike(pieces: Pieces) -> None:
    """Traditional and Simplified are one text."""
    assert cut(pieces, "圖書館在醫院附近") == cut(pieces, "图书馆在医院附近")


def test_han_pieces_have_no_mark_of_a_word_start(pieces: Pieces) -> None:
    """In the middle of a sentence they would not be found with it."""
    assert [] == [p for p in pieces.tokenizer.get_vocab() if p.startswith("▁") and any("一" <= c <= "鿿" for c in p)]


def test_numbers_and_names_within_chinese_are_their_own(pieces: Pieces) -> None:
    """What stands between Han is cut as it is between spaces."""
    assert cut(pieces, "請撥打 library 電話") == cut(pieces, "請撥打library電話")


def test_the_article_of_arabic_is_no_part_of_the_word(pieces: Pieces) -> None:
    """With or without "and" before it."""
    assert cut(pieces, "مدينة") == cut(pieces, "المدينة") == cut(pieces, "والمدينة")


def test_weakened_pieces_are_the_same_tokens_cut_shorter(pieces: Pieces) -> None:
    """No token changes its number, and no text is lost."""
    weak = weakened(pieces, 1.0, np.random.default_rng(0))
    assert pieces.tokenizer.get_vocab() == weak.tokenizer.get_vocab()
    assert "▁library" == "".join(cut(weak, "library"))
    assert len(cut(pieces, "library")) < len(cut(weak, "library"))


def test_weakening_nothing_changes_nothing(pieces: Pieces) -> None:
    """The share is what is taken away."""
    weak = weakened(pieces, 0.0, np.random.default_rng(0))
    assert [cut(pieces, text) for text in TEXTS] == [cut(weak, text) for text in TEXTS]


def test_the_other_learner_gives_pieces_too() -> None:
    """The starting point that trials are compared with is cut that way."""
    pieces = learn_pieces(dict.fromkeys(TEXTS, 20), Recipe(pieces=120, learner="tokenizers", folded=False))
    assert [] != [token for token in pieces.tokenizer.encode("the library").ids if token not in pieces.ignored]


def test_pieces_of_scripts_without_spaces_are_told() -> None:
    """Chinese and kana, with and without the mark of a start; not Latin, Arabic or Hangul."""
    names = ["<unk>", "电话", "▁電", "のは", "カー", "▁water", "a电", "도서관", "مدينة", "▁"]
    pieces = Pieces(Tokenizer(Unigram([(name, -1.0) for name in names], unk_id=0)), frozenset())
    assert [1, 2, 3, 4] == sorted(pieces.unspaced())
