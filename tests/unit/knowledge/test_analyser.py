"""The analyser gives the same terms for what people take to be the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.analyser import fold, terms


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("智慧電錶", "智慧电表"),
        ("ＶＩＤＥＯ　１１９", "video 119"),
        ("Poznań", "poznan"),
        ("Wrocław", "wroclaw"),
        ("smart meters", "Smart Meter"),
        ("スマートメーター", "ｽﾏｰﾄﾒｰﾀｰ"),
        ("翡翠水庫", "翡翠水库"),
        ("visiting tours", "visited tour"),
    ],
)
def test_forms_of_the_same_word_meet(one: str, other: str) -> None:
    """Script, width, accents, case and endings do not hide a word."""
    assert terms(one) == terms(other)


def test_chinese_becomes_bigrams() -> None:
    """Two neighbouring characters are a term, as nothing marks where words end."""
    assert ("公共", "共住", "住宅") == terms("公共住宅")


def test_a_single_character_is_a_term() -> None:
    """A run of one character is not lost."""
    assert ("水",) == terms("水 abc")[1:]


def test_question_words_are_no_terms() -> None:
    """What only says that something is asked does not match anything."""
    assert ("三表",) == terms("三表是什麼？")
    assert ("smart", "meter") == terms("what are the smart meters")


def test_numbers_in_names_stay() -> None:
    """The three in 'three meters' tells it from other meters."""
    assert "three" in terms("the three smart meters")
    assert "119" in terms("video 119")


@pytest.mark.parametrize("text", ["", "   ", "🎉🎉", "!?…", "\x00\x07", "\ud800"])
def test_text_without_words_has_no_terms(text: str) -> None:
    """Nothing to match is no error."""
    assert () == terms(text)


@given(st.text(max_size=200))
def test_any_text_is_survived(text: str) -> None:
    """Terms are never empty and never hold white space, whatever comes in."""
    assert all(term and not term.isspace() and " " not in term for term in terms(text))


@given(st.text(alphabet="臺台灣湾电電錶表水库庫學学", max_size=20))
def test_folding_is_stable(text: str) -> None:
    """Folded text folds to itself."""
    assert fold(text) == fold(fold(text))
