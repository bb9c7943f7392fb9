"""Cleaning: text only, paragraphs kept, nothing that hides or steers; for any input whatever."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news_ingest.parsing.clean import MAX_TITLE, clean_html, clean_text, clean_title


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("", ""),
        ("plain", "plain"),
        ("<p>One</p><p>Two</p>", "One\nTwo"),
        ("One<br>Two<br/>Three", "One\nTwo\nThree"),
        ("<p>One\n  line</p>", "One line"),
        ("<p>一行\n  文字</p>", "一行文字"),
        ("<p>中文\nEnglish</p>", "中文 English"),
        ("<ul><li>a</li><li>b</li></ul>", "a\nb"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
        ("a <b>bold</b> and <a href='javascript:x'>link</a>", "a bold and link"),
        ("a<script>alert(1)</script>b", "ab"),
        ("a<style>p{color:red}</style>b", "ab"),
        ("a<!-- hidden -->b", "ab"),
        ("a<iframe src='//x'>inner</iframe>b", "ab"),
        ("<svg><script>alert(1)</script></svg>x", "x"),
        ("<img src=x onerror=alert(1)>x", "x"),
        ("&lt;b&gt; &amp; &quot;quoted&quot; &#39;", '<b> & "quoted" \''),
        ("&nbsp;spaced&nbsp;&nbsp;out&nbsp;", "spaced out"),
        ("5 < 6 and 7 > 6", "5 < 6 and 7 > 6"),
        ("<scr<script>ipt>alert(1)</script>", "ipt>alert(1)"),
        ("unclosed <b>bold <p>new", "unclosed bold\nnew"),
        ("\u3000\u3000首行縮排", "首行縮排"),
        ("nul\x00l and \x1b[31mred", "null and [31mred"),
        ("evil\u202etxt.exe", "eviltxt.exe"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
    ],
)
def test_markup_becomes_text(markup: str, text: str) -> None:
    """Each fragment gives exactly this text."""
    assert text == clean_html(markup)


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "nest", ["<b><div>", "<b></x><div></y>", "<table><a>", "<a><p>", "<p>", "<li>", "<br>", "<td>"]
)
def test_deep_nesting_is_flattened_quickly(nest: str) -> None:
    """Markup made to keep a parser busy still gives its text."""
    assert "deep" == clean_html(nest * 20_000 + "deep")


def test_flattened_markup_keeps_its_paragraphs() -> None:
    """An article with more tags than anyone writes is read all the same."""
    assert "a\n" * 4_000 + "end" == clean_html("<div><i>a</i></div>" * 4_000 + "end")


def test_long_title_is_cut_with_an_ellipsis() -> None:
    """A title is one line of at most `MAX_TITLE` characters."""
    title = clean_title("word " * 200, is_html=False)
    assert len(title) <= MAX_TITLE
    assert title.endswith("…")


@given(st.text())
def test_any_markup_gives_tidy_text(markup: str) -> None:
    """No control character, no empty line, no space at an edge; and it can be stored as UTF-8."""
    text = clean_html(markup)
    assert not [c for c in text if c != "\n" and unicodedata.category(c) in ("Cc", "Cs")]
    assert all(line == line.strip() and line for line in text.split("\n")) or text == ""
    assert text.encode("utf-8").decode("utf-8") == text


@given(
    st.lists(st.sampled_from(["<script>", "</script>", "<p>", "<", ">", "&lt;", "x", "<!--", "-->", "<b ", "'", '"']))
)
def test_broken_markup_never_raises(pieces: list[str]) -> None:
    """However tags are cut up, text comes out."""
    assert isinstance(clean_html("".join(pieces)), str)


@given(st.text())
def test_cleaning_text_twice_is_as_good_as_once(text: str) -> None:
    """Otherwise a digest could change without a change."""
    once = clean_text(text)
    assert once == clean_text(once)
