"""Addresses: which may be followed, which are the same, what is shown of them, and which were meant."""

import pytest

from news_ingest.links import http_link, masked, meant, one_spelling


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("https://city.example/rss", "https://city.example/rss"),
        ("https://user:secret@city.example/rss", "https://user:***@city.example/rss"),
        ("HTTPS://user:secret@city.example", "HTTPS://user:***@city.example"),
        ("https://user:se:cr@et@city.example/", "https://user:***@city.example/"),
        ("https://:secret@city.example/", "https://:***@city.example/"),
        ("https://key-of-the-editors@city.example/", "https://***@city.example/"),
        ("https://city.example/@mayor", "https://city.example/@mayor"),
        ("https://city.example?from=a@b.example", "https://city.example?from=a@b.example"),
        ("https://[::1]:8080/", "https://[::1]:8080/"),
        ("mail mayor@city.example", "mail mayor@city.example"),
        (
            "http://a:b@one.example/x: moved to 'http://c:d@two.example/y'.",
            "http://a:***@one.example/x: moved to 'http://c:***@two.example/y'.",
        ),
    ],
)
def test_passwords_are_not_shown(text: str, shown: str) -> None:
    """Wherever in a text an address stands; nothing else is touched, and a second time changes nothing."""
    assert shown == masked(text)
    assert shown == masked(shown)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://City.Example/Rss", "HTTPS://city.example/Rss", True),
        ("https://city.example/Rss", "https://city.example/rss", False),
        ("https://city.example/?A", "https://city.example/?a", False),
        ("https://city.example", "https://city.example/", True),
        ("https://city.example:443/a", "https://city.example/a", True),
        ("http://city.example:80/a", "http://city.example/a", True),
        ("http://city.example:443/a", "http://city.example/a", False),
        ("http://city.example/a", "https://city.example/a", False),
        ("https://city.example/a#top", "https://city.example/a", True),
        ("https://User:Secret@City.example/", "https://User:Secret@city.example/", True),
        ("https://User:Secret@city.example/", "https://User:secret@city.example/", False),
        ("/lists/News.xml", "/lists/news.xml", False),
        ("https://[::1", "https://[::1]/", False),
    ],
)
def test_addresses_that_are_the_same(one: str, other: str, same: bool) -> None:
    """Capitals count in a path, a query and a password, not in scheme and host."""
    assert same == (one_spelling(one) == one_spelling(other))


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("www.city.example/rss", "https://www.city.example/rss"),
        ("city.example", "https://city.example"),
        ("city.example:8443/rss?a=1", "https://city.example:8443/rss?a=1"),
        ("臺北.example/新聞", "https://臺北.example/新聞"),
        ("user:secret@city.example/rss", "https://user:secret@city.example/rss"),
        ("news.xml", ""),
        ("News.RSS", ""),
        ("news.xml/rss", "https://news.xml/rss"),
        ("content/news.xml", ""),
        ("./news.xml", ""),
        ("../city.example/rss", ""),
        ("/srv/city.example/rss", ""),
        ("ftp://city.example/", ""),
        ("news", ""),
        ("city.example /rss", ""),
        ("1.5", ""),
        ("", ""),
    ],
)
def test_what_was_meant(text: str, address: str) -> None:
    """Only what begins like the name of a site; a file that is not there is none."""
    assert address == meant(text)


@pytest.mark.parametrize("link", ["/news/1", "news/1", "//city.example/news/1", "?a=1", "https://city.example/news/1"])
def test_a_feeds_password_does_not_go_into_its_links(link: str) -> None:
    """Everyone sees the links, and only we may read the feed."""
    assert "secret" not in http_link(link, "https://user:secret@city.example/rss")
    assert http_link(link, "https://city.example/rss") == http_link(link, "https://user:secret@city.example/rss")
