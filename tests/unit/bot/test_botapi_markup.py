"""The tests' own reader of Telegram HTML is as strict as Telegram."""

import pytest

from tests.botapi.markup import visible_text
from tests.botapi.rejections import Rejected


def test_what_telegram_takes() -> None:
    """Documented tags, entities, and a link."""
    source = '<b>A &amp; <i>B</i></b> <a href="https://a.example/?x=1&amp;y">c &lt; d</a> &#39;&quot;'
    assert visible_text(source) == "A & B c < d '\""


@pytest.mark.parametrize(
    "source",
    [
        "a < b",
        "a & b",
        "&nbsp;",
        "<b>",
        "</b>",
        "<b><i></b></i>",
        "<p>x</p>",
        "<br>",
        '<b class="x">y</b>',
        '<a href="javascript:x">y</a>',
        '<a href="https://a.example/?a&b">y</a>',
        "<blockquote><blockquote>x</blockquote></blockquote>",
    ],
)
def test_what_telegram_refuses(source: str) -> None:
    """Everything else is refused with status 400."""
    with pytest.raises(Rejected, match="can't parse entities"):
        visible_text(source)
