"""The article of a page, or none."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from news_ingest.parsing.fulltext import full_text

URL = "https://city.example/news/1"
PARAGRAPHS = [
    "植物園的溫室整修完成，今天上午重新對外開放，首週免費入園。",
    "溫室內新增三百種熱帶植物，並設置無障礙坡道與雙語解說牌。",
    "園方提醒，假日人潮較多，請盡量搭乘大眾運輸工具前往。",
]
PAGE = (
    "<!doctype html><html><head><meta charset='CHARSET'><title>溫室開放</title><script>track()</script></head><body>"
    "<nav><a href='/'>首頁</a><a href='/map'>網站導覽</a></nav><main><article>"
    + "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    + "</article></main><footer>版權所有</footer></body></html>"
)


@pytest.mark.parametrize(
    ("charset", "content_type"),
    [
        ("utf-8", "text/html; charset=utf-8"),
        ("utf-8", None),
        ("utf-8", "text/html; charset=klingon"),
        ("big5", "text/html; charset=big5"),
        ("big5", "text/html"),
    ],
)
def test_the_article_is_found(charset: str, content_type: str | None) -> None:
    """Its paragraphs, without menu, script and footer, in whatever encoding."""
    page = PAGE.replace("CHARSET", charset).encode(charset)
    assert "\n".join(PARAGRAPHS) == full_text(page, URL, content_type)


@pytest.mark.parametrize(
    ("page", "content_type"),
    [
        (b"", None),
        (b"   ", "text/html"),
        (b"<html><body><h1>404</h1><p>Not found</p></body></html>", "text/html"),
        (b"%PDF-1.4 " + b"words " * 100, "application/pdf"),
        (b"\x00\xff" * 200, None),
        (b"<b><div>" * 50_000, "text/html"),
    ],
)
def test_no_article_is_none(page: bytes, content_type: str | None) -> None:
    """Error pages, other files, noise."""
    assert full_text(page, URL, content_type) is None


@given(st.integers(0, len(PAGE)), st.binary(max_size=12), st.integers(0, len(PAGE)))
@settings(deadline=None, max_examples=25)
def test_damaged_pages_never_raise(position: int, damage: bytes, end: int) -> None:
    """What comes out is tidy text or nothing."""
    page = PAGE.encode()
    text = full_text((page[:position] + damage + page[position:])[: end * 2], URL, "text/html")
    assert text is None or text == text.strip()
