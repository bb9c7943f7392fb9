"""Articles as documents: ids, dates on the city's calendar, honest links."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from knowledge.documents import Document, Source
from news_ingest.links import http_link, is_home_page
from news_ingest.publishing.documents import as_document
from news_ingest.values import StoredArticle

NOW = datetime(2018, 4, 3, 18, tzinfo=UTC)
ARTICLE = StoredArticle(
    "0123456789abcdef", "feed", "Feed", "g", "https://city.example/1", "Title", "Body\nMore", "en", NOW, NOW, NOW, True
)


def test_article_becomes_a_document() -> None:
    """18:00 in UTC is the next day in Taipei."""
    source = Source("Title", "https://city.example/1", "en", date(2018, 4, 4), False)
    expected = Document("news:0123456789abcdef", "news", "en", "Title", "Body\nMore", source, sample=True)
    assert expected == as_document(ARTICLE)


def test_headline_stands_in_for_a_missing_body() -> None:
    """A document has a text."""
    assert "Title" == as_document(replace(ARTICLE, text="")).text


def test_article_without_a_date() -> None:
    """No date is made up."""
    assert as_document(replace(ARTICLE, published=None)).source.published is None


@pytest.mark.parametrize(
    ("url", "home"),
    [
        ("https://city.example", True),
        ("https://city.example/", True),
        ("", True),
        ("https://city.example/news", False),
        ("https://city.example/?id=7", False),
        ("https://city.example/#/news/7", False),
        ("http://[broken", True),
    ],
)
def test_front_pages_are_told_from_articles(url: str, home: bool) -> None:
    """A reader is told when the link leads to a front page only."""
    assert home == is_home_page(url)


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("https://city.example/a", "https://city.example/a"),
        (" /b ", "https://base.example/b"),
        ("c?d=1", "https://base.example/dir/c?d=1"),
        ("//other.example/e", "https://other.example/e"),
        ("", ""),
        (None, ""),
        ("javascript:alert(1)", ""),
        ("http://", ""),
        ("http://[", ""),
        ("https://city.example/" + "x" * 3000, ""),
        ("https://city.example/a b", ""),
        ("https://city.example/\u202ea", ""),
    ],
)
def test_links(link: str | None, url: str) -> None:
    """Absolute and harmless, or none."""
    assert url == http_link(link, "https://base.example/dir/feed.xml")
