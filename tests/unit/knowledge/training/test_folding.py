"""What is written in several ways is one text to the encoder."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers.normalizers import NFKC, Precompiled
from tokenizers.normalizers import Sequence as Normalizers

from knowledge.training.folding import character_map, fold, rules

folding = Normalizers([NFKC(), Precompiled(character_map())])  # as the tokenizer has them


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("電話號碼", "电话号码"),
        ("ＴＡＩＰＥＩ", "taipei"),
        ("ｶﾞｽ", "ガス"),
        ("İSTANBUL", "istanbul"),
        ("ΆΝΘΡΩΠΟΣ", "άνθρωπος"),
        ("Ανθρώπους", "ανθρωπουσ"),
        ("أَهْلًا", "اهلا"),
        ("مدينة", "مدينه"),
        ("١١٩", "119"),
        ("Straße", "STRASSE"),
        ("cafe\u0301", "café"),
        ("ừ", unicodedata.normalize("NFD", "ừ")),
        ("ﬁne", "fine"),
    ],
)
def test_these_are_one(one: str, other: str) -> None:
    """In the tokenizer's own normalizer, as readers of the model have it."""
    assert folding.normalize_str(one) == folding.normalize_str(other)


@pytest.mark.parametrize(("one", "other"), [("é", "e"), ("ma", "má"), ("が", "か"), ("ö", "o"), ("ș", "s")])
def test_these_stay_two(one: str, other: str) -> None:
    """Accents that part words, tones and voiced sounds are kept."""
    assert folding.normalize_str(one) != folding.normalize_str(other)


def test_hangul_becomes_its_letters() -> None:
    """So that the stem of 했다 can be seen; three syllable parts at most."""
    assert unicodedata.normalize("NFD", "한국") == fold("한") + fold("국")


@pytest.mark.parametrize("sign", ["。", "!", "・", "\u200b", "\x00", "🚒", "\u00ad"])
def test_signs_part_words(sign: str) -> None:
    """Punctuation, symbols, control and format characters are spaces."""
    assert "" == fold(sign).strip()


def test_a_rule_changes_what_it_is_for() -> None:
    """Identities would only cost space, and the compiler refuses them."""
    assert [] == [written for written, folded in rules().items() if written == folded]


@given(st.text(st.characters(codec="utf-8"), max_size=40))
def test_folding_twice_is_folding_once(text: str) -> None:
    """Otherwise a text and its folded form would have two vectors."""
    once = folding.normalize_str(text)
    assert once == folding.normalize_str(once)
