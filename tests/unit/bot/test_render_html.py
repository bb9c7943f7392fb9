"""Telegram HTML: valid whatever comes, and saying all that a reader must know."""

from pathlib import Path

import pytest
from hypothesis import given

from bot.payloads import Payload
from bot.render_html import render_html
from bot.sources import body
from tests.botapi.markup import visible_text
from tests.unit.bot.samples import answer, notice, source, wild_messages
from wording.catalogue import Wording

WORDING = Wording(Path("content"))


def squeezed(text: str) -> str:
    return "".join(text.split())


@given(wild_messages())
def test_always_valid_and_complete(message: Payload) -> None:
    """The strict parser accepts it, and no part of the text is lost."""
    shown = squeezed(visible_text(render_html(message, WORDING)))
    parts = body(message)
    for part in (parts.before, parts.quote, parts.after):
        assert squeezed(part) in shown


def test_a_news_answer() -> None:
    """Frame, quotation, and the source with its date in the reader's way."""
    note = source(quote="We won.")
    html = render_html(answer("The city reported on April 3, 2018:\nWe won.", note), WORDING)
    expected = (
        "The city reported on April 3, 2018:\n"
        "<blockquote>We won.</blockquote>\n\n"
        '<b>Source: </b><a href="https://city.example/news/1">City wins award</a> · published April 3, 2018'
    )
    assert html == expected


@pytest.mark.parametrize(("language", "label"), [("zh-Hant", "資料來源："), ("ja", "出典：")])
def test_the_label_has_the_colon_of_the_readers_script(language: str, label: str) -> None:
    """Full width and no space after it in Chinese and Japanese."""
    assert f"\n\n<b>{label}</b><a " in render_html(answer("Text", source(), language=language), WORDING)


def test_special_characters_everywhere() -> None:
    """Before, in and after the quotation, in the title and in the address."""
    note = source(quote="<c> & d", title="<e>", url="https://city.example/?a=1&b=%22")
    html = render_html(answer("<a> & b <c> & d <f> & g", note), WORDING)
    assert visible_text(html).startswith("<a> & b\n<c> & d\n<f> & g\n\nSource: <e>")


def test_an_faq_answer_from_a_page_in_another_language() -> None:
    """It is said once, whether the text says it already or not."""
    note = source(kind="faq", quote=None)
    for text in ("智慧電表、水表和瓦斯表。", "智慧電表、水表和瓦斯表。\n\n本回答依據英文網頁整理。"):
        html = render_html(answer(text, note, language="zh-Hant"), WORDING)
        assert html.count("本回答依據英文網頁整理。") == 1


def test_marks() -> None:
    """A home page and sample data are named as such; a foreign news item's language as well."""
    note = source(sample=True, url_is_home_page=True, published=None, language="ja")
    html = render_html(answer("Text", note), WORDING)
    assert html.endswith(" · Japanese · home page of the city (the exact page is not known) · sample data")


def test_a_list_of_headlines_is_linked_once() -> None:
    """Headlines that the text lists are shown once: as links."""
    notes = [source(title=title, quote=title) for title in ("One", "Two")]
    text = "The latest news:\n• One (April 3, 2018)\n• Two (April 3, 2018)"
    html = render_html(answer(text, *notes), WORDING)
    assert html.startswith("The latest news:\n\n• <a ")
    assert html.count("One") == html.count("Two") == 1
    assert "blockquote" not in html


def test_an_address_that_can_not_be_followed_is_not_linked() -> None:
    """The title stays, the link goes."""
    html = render_html(answer("Text", source(url="javascript:alert(1)")), WORDING)
    assert "<a" not in html
    assert "City wins award" in html


def test_a_notice_is_just_its_text() -> None:
    """No label, no source line."""
    assert render_html(notice("A & B"), WORDING) == "A &amp; B"
