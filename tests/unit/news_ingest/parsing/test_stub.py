"""Which texts are only an opening."""

import pytest

from news_ingest.parsing.stub import MAX_STUB, is_stub

LINK = "https://city.example/news/1"


@pytest.mark.parametrize(
    "text",
    [
        "The pool reopens on Monday…",
        "The pool reopens on Monday...",
        "The pool reopens on Monday [...]",
        "The pool reopens on Monday [&hellip;]".replace("&hellip;", "…"),
        "The pool reopens on Monday. Read more",
        "The pool reopens on Monday. (more)",
        "The pool reopens on Monday.\nMore »",
        "The pool reopens on Monday. Continue reading →",
        "游泳池週一重新開放……",
        "游泳池週一重新開放。閱讀更多",
        "游泳池週一重新開放。（繼續閱讀）",
        "游泳池週一重新開放。\n更多",
        "プールは月曜日に再開します。続きを読む",
        "The pool",
        "",
    ],
)
def test_openings(text: str) -> None:
    """They end as publishers end them, or say no more than the title."""
    assert is_stub("The pool", text, LINK)


@pytest.mark.parametrize(
    "text",
    [
        "The pool reopens on Monday.",
        "Nobody wants to hear about sycamore",
        "游泳池週一重新開放。",
        "本館典藏逾三萬冊，數量更多元",
        "x" * MAX_STUB + "…",
    ],
)
def test_whole_texts(text: str) -> None:
    """A short text may be all there is, and a long one is enough."""
    assert not is_stub("The pool", text, LINK)


@pytest.mark.parametrize("url", ["", "https://city.example/"])
def test_nothing_is_a_stub_without_a_page_to_read(url: str) -> None:
    """Neither without a link, nor with one to the front page."""
    assert not is_stub("The pool", "It reopens…", url)
