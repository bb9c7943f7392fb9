"""Addresses as they go over the wire."""

import pytest

from news_ingest.fetching.url import parse_url


@pytest.mark.parametrize(
    ("text", "written", "host", "target"),
    [
        ("http://city.example/feed", "http://city.example/feed", "city.example", "/feed"),
        ("HTTPS://City.Example:443", "https://city.example/", "city.example", "/"),
        ("http://city.example:8080/a?b[0]=1#c", "http://city.example:8080/a?b[0]=1", "city.example", "/a?b[0]=1"),
        ("http://[::1]:80/%41 b", "http://[::1]/%41%20b", "::1", "/%41%20b"),
        ("http://臺北.example/新", "http://xn--djrz40i.example/%E6%96%B0", "xn--djrz40i.example", "/%E6%96%B0"),
        ("http://a:p%40@city.example/", "http://a:p%40@city.example/", "city.example", "/"),
    ],
)
def test_parsed(text: str, written: str, host: str, target: str) -> None:
    """In ASCII, without the usual port, and without a fragment."""
    url = parse_url(text)
    assert (written, host, target) == (str(url), url.host, url.target)


def test_credentials() -> None:
    """Unescaped; none where none are given."""
    assert ("a", "p@") == parse_url("http://a:p%40@city.example/").credentials
    assert parse_url("http://city.example/").credentials is None


@pytest.mark.parametrize("text", ["city.example", "ftp://x/y", "http://", "http://a b/", "http://x:99999/", "http://["])
def test_no_address(text: str) -> None:
    """Whatever is wrong with it, it is a `ValueError`."""
    with pytest.raises(ValueError):
        parse_url(text)


@pytest.mark.parametrize(
    ("reference", "leads"),
    [("/b", "http://x.example/b"), ("c?d", "http://x.example/a/c?d"), ("//y.example", "http://y.example/")],
)
def test_join(reference: str, leads: str) -> None:
    """As browsers do."""
    assert leads == str(parse_url("http://x.example/a/b").join(reference))
