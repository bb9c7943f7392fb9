"""No text breaks an encoder: every one gives a unit vector or zeros, the same alone and in a batch."""

from functools import lru_cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.encoder import Encoder, SentenceTransformerEncoder, Vectors
from knowledge.static import StaticEncoder

MEGABYTE = 1_000_000

texts = st.lists(
    st.one_of(
        st.text(st.characters(exclude_categories=())),  # surrogates too
        st.text(st.sampled_from("水費道をのバスใ่กمرحبا한국नमस्ते שלום Ωλ Жд éß ﷺ①０Ａ\u200d\ufeff\ud83d\ude00😀")),
    ),
    max_size=8,
)


@lru_cache(maxsize=1)
def static() -> StaticEncoder:
    return StaticEncoder()


@lru_cache(maxsize=1)
def torch_based() -> SentenceTransformerEncoder:
    return SentenceTransformerEncoder()


def assert_unit_or_zero(vectors: Vectors) -> None:
    assert np.isfinite(vectors).all()
    lengths = np.linalg.norm(vectors, axis=1)
    assert np.logical_or(np.isclose(lengths, 0, atol=1e-4), np.isclose(lengths, 1, atol=1e-4)).all(), lengths


@given(texts)
@settings(max_examples=300, deadline=None)
def test_every_text_has_its_own_vector_in_any_company(batch: list[str]) -> None:
    vectors = static().encode(batch)
    assert_unit_or_zero(vectors)
    assert (len(batch), static().dimension) == vectors.shape
    for vector, text in zip(vectors, batch, strict=True):
        np.testing.assert_array_equal(vector, static().encode([text], "query")[0])


@given(texts)
@settings(max_examples=100, deadline=None)
def test_both_classes_give_the_same_vectors(batch: list[str]) -> None:
    """With torch or without: an index built by one is searched by the other."""
    np.testing.assert_allclose(torch_based().encode(batch, "passage"), static().encode(batch), atol=1e-3)


@pytest.mark.parametrize(
    "text",
    [
        "a" * MEGABYTE,
        "水" * MEGABYTE,
        "water bill " * (MEGABYTE // 11),
        " " * MEGABYTE,
        "😀" * MEGABYTE,
        "\ud800" * MEGABYTE,
        "\x00" * MEGABYTE,
        "".join(map(chr, range(0x10000))),
    ],
    ids=["letters", "han", "words", "spaces", "emoji", "surrogates", "nul", "every character"],
)
def test_a_megabyte_is_a_text(text: str) -> None:
    """With and without spaces; about a second at most."""
    assert_unit_or_zero(static().encode([text, "after it"]))


@pytest.mark.parametrize("encoder", [static, torch_based], ids=["static", "torch"])
@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("water \ud800bill", "water \ufffdbill"),
        ("\udc00\ud800", "\ufffd\ufffd"),
        ("\ud840\udc0b水", "\U0002000b水"),
    ],
    ids=["alone", "wrong way round", "a pair"],
)
def test_halves_of_characters_are_joined_or_replaced(encoder: type[Encoder], given: str, meant: str) -> None:
    """As they come out of JSON that was cut or escaped: a pair is a character, one alone is U+FFFD."""
    first, second = encoder().encode([given, meant], "passage")
    np.testing.assert_array_equal(second, first)


@pytest.mark.parametrize("encoder", [static, torch_based], ids=["static", "torch"])
@pytest.mark.parametrize(
    ("given", "named"),
    [(["a", None], "item 1 is of type NoneType"), ([b"a"], "item 0 is of type bytes"), ("a", "list of texts")],
)
def test_what_is_not_a_list_of_texts_is_an_error(encoder: type[Encoder], given: list[str], named: str) -> None:
    """A single text would pass as a list of its letters, and an absent one as nothing."""
    with pytest.raises(TypeError, match=named):
        encoder().encode(given, "query")
