"""Addresses in published feeds: absolute, and in those characters that a URI has."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news_ingest.publishing.addresses import as_uri


@pytest.mark.parametrize(
    ("address", "uri"),
    [
        ("https://city.example/a?b=1&c=%20#d", "https://city.example/a?b=1&c=%20#d"),
        ("https://city.example/新聞?q=河濱", "https://city.example/%E6%96%B0%E8%81%9E?q=%E6%B2%B3%E6%BF%B1"),
        ("https://臺北.example/", "https://xn--djrz40i.example/"),
        ("https://city.example/100%?a[]=1", "https://city.example/100%25?a%5B%5D=1"),
        ("https://user:secret@city.example:8443/x", "https://city.example:8443/x"),
        ("http://[::1]:8080/x", "http://[::1]:8080/x"),
        ('https://city.example/"<b>', "https://city.example/%22%3Cb%3E"),
        ("https://city.example", "https://city.example"),
        ("https://city.example:port/", ""),
        ('http://a"b/', ""),
        ("http://" + "a" * 80 + ".example/", ""),
        ("sample/news.xml", ""),
        ("/lists/news.xml", ""),
        ("javascript:alert(1)", ""),
        ("", ""),
    ],
)
def test_addresses(address: str, uri: str) -> None:
    assert uri == as_uri(address)


@given(st.text(st.characters()).map("https://city.example/{}".format) | st.text(st.characters()))
def test_twice_is_as_good_as_once(address: str) -> None:
    """Nothing is escaped a second time, and nothing raises."""
    assert as_uri(address) == as_uri(as_uri(address))
