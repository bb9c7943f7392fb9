"""Pieces fit, are valid each, and lose nothing; cuts stand where a reader pauses."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.payloads import Payload
from bot.render_html import render_html
from bot.split import MAX_UNITS, split_html, units
from tests.botapi.markup import visible_text
from tests.unit.bot.samples import answer, source, wild_messages
from wording.catalogue import Wording

WORDING = Wording(Path("content"))


def squeezed(text: str) -> str:
    return "".join(text.split())


def check(html: str, limit: int) -> list[str]:
    pieces = split_html(html, limit)
    assert all(units(piece) <= limit for piece in pieces)
    assert all(visible_text(piece).strip() for piece in pieces)
    assert "".join(squeezed(visible_text(piece)) for piece in pieces) == squeezed(visible_text(html))
    return pieces


@settings(max_examples=60, deadline=None)
@given(wild_messages(), st.integers(1, 60))
def test_any_message_of_any_length(message: Payload, times: int) -> None:
    """At Telegram's own limit: fits, valid, complete."""
    long = message.model_copy(update={"text": message.text * times})
    check(render_html(long, WORDING), MAX_UNITS)


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "&amp;",
                "&lt;",
                "a",
                "word ",
                "字",
                "。",
                "「",
                "」",
                "\n",
                "\n\n",
                "😀",
                "👩\u200d👧",
                ". ",
                "e\u0301",
            ]
        ),
        max_size=200,
    ),
    st.integers(100, 200),
)
def test_small_limits(parts: list[str], limit: int) -> None:
    """Entities, emoji and tags are never cut, wherever the limit falls."""
    half = len(parts) // 2
    html = "<b>" + "".join(parts[:half]) + "<i>" + "".join(parts[half:]) + "</i></b>"
    pieces = check(html, limit)
    assert not any(visible_text(piece).startswith(("\u200d", "\u0301")) for piece in pieces)


def test_short_text_is_left_alone() -> None:
    """Nothing is cut without need."""
    assert split_html("<b>A</b>\n\nB") == ["<b>A</b>\n\nB"]
    assert split_html("") == []
    assert split_html(" \n ") == []


@pytest.mark.parametrize(
    ("limit", "text", "expected"),
    [
        (20, "aaaa bbbb\n\ncc. dd\nee ff gg hh ii jj", "aaaa bbbb"),
        (20, "aaaa bbbb cc\ndd. ee ff gg hh ii", "aaaa bbbb cc"),
        (20, "aaaa bbbb. cc dd ee ff gg hh", "aaaa bbbb."),
        (18, "市府今天宣布三表。大家都說這樣很好很方便", "市府今天宣布三表。"),
        (18, "市府說「三表上路了！」大家都說很好很方便嗎", "市府說「三表上路了！」"),
        (20, "aaaa bbbb cccc dddd eeee ffff", "aaaa bbbb cccc dddd"),
        (19, "市府今天宣布三種智慧電表都要上路了「好」，", "市府今天宣布三種智慧電表都要上路了"),
    ],
)
def test_where_it_is_cut(limit: int, text: str, expected: str) -> None:
    """Paragraph before line before sentence before word; never before a closing mark."""
    assert split_html(text, limit)[0] == expected


def test_a_long_quotation_is_quoted_in_each_piece() -> None:
    """An open block is closed at the cut and opened again."""
    quote = "The mayor said a sentence. " * 400
    message = answer(f"The city reported:\n{quote.strip()}", source(quote=quote.strip()))
    pieces = check(render_html(message, WORDING), MAX_UNITS)
    assert len(pieces) == 3
    assert all("<blockquote>" in piece and "</blockquote>" in piece for piece in pieces)
    assert all(visible_text(piece).rstrip().endswith("sentence.") for piece in pieces[:-1])
