"""Addresses: spellings of one page become one, and two pages never do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news_ingest.deciding.addresses import address_key, canonical_url

PAGE = "https://city.example/news/1"


@pytest.mark.parametrize(
    ("expected", "url"),
    [
        (PAGE, PAGE),
        (PAGE, "HTTPS://City.EXAMPLE/news/1"),
        (PAGE, "https://city.example:443/news/1"),
        (PAGE, "https://city.example./news/1"),
        (PAGE, f"  {PAGE}\n"),
        (PAGE, f"{PAGE}#top"),
        (PAGE, f"{PAGE}?"),
        (PAGE, f"{PAGE}?&"),
        (PAGE, f"{PAGE}?utm_source=rss&utm_medium=feed"),
        (PAGE, f"{PAGE}?UTM_Source=rss"),
        (PAGE, f"{PAGE}?fbclid=IwAR1"),
        (PAGE, f"{PAGE}?gclid=a&msclkid=b&mc_cid=c&mc_eid=d"),
        (f"{PAGE}?a=1&b=2", f"{PAGE}?b=2&utm_campaign=x&a=1#end"),
        (f"{PAGE}?a=1&a=2", f"{PAGE}?a=2&a=1"),
        (f"{PAGE}?print", f"{PAGE}?print"),
        (f"{PAGE}?q=", f"{PAGE}?q="),
        (f"{PAGE}?q=%E5%8F%B0", f"{PAGE}?q=%e5%8f%b0"),
        ("https://city.example/%E5%8F%B0", "https://city.example/%e5%8f%b0"),
        ("https://city.example/", "https://city.example"),
        ("https://city.example/?n=1", "https://city.example?n=1"),
        ("http://city.example/", "http://city.example:80/"),
        ("http://city.example:443/", "http://city.example:443/"),
        ("https://city.example:8443/a", "https://city.example:8443/a"),
        ("https://[2001:db8::1]/a", "https://[2001:DB8::1]:443/a"),
        ("https://[2001:db8::1]:8443/a", "https://[2001:DB8::1]:8443/a"),
        ("https://city.example/#/news/1", "https://city.example/#/news/1"),
        ("https://city.example/#!news", "https://city.example/#!news"),
        ("https://台北.example/", "https://台北.example"),
        ("", ""),
        ("news-101", "news-101"),
        ("urn:uuid:1", "urn:uuid:1"),
        ("mailto:desk@city.example", "mailto:desk@city.example"),
        ("https://[broken", "https://[broken"),
        ("https://city.example:port/", "https://city.example:port/"),
        ("https:///news", "https:///news"),
    ],
)
def test_canonical_url(expected: str, url: str) -> None:
    """What only spells a page differently goes; what is no address of a page stays as it is."""
    assert expected == canonical_url(url)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (PAGE, "https://city.example/news/2"),
        (PAGE, "https://city.example/News/1"),
        (PAGE, f"{PAGE}/"),
        (PAGE, "https://www.city.example/news/1"),
        (PAGE, "https://city.example:8443/news/1"),
        (f"{PAGE}?cid=1", f"{PAGE}?cid=2"),
        (f"{PAGE}?uid=1", f"{PAGE}?uid=2"),
        (f"{PAGE}?source=fire", f"{PAGE}?source=police"),
        (f"{PAGE}?session=3", f"{PAGE}?session=4"),
        (f"{PAGE}?ref=12", f"{PAGE}?ref=13"),
        (f"{PAGE}?sn=a&n=b", f"{PAGE}?sn=b&n=a"),
        (f"{PAGE}?id=A", f"{PAGE}?id=a"),
        (f"{PAGE}?q", f"{PAGE}?q="),
        ("https://city.example/#/news/1", "https://city.example/#/news/2"),
    ],
)
def test_different_pages_stay_apart(one: str, other: str) -> None:
    """What may tell two articles from each other is kept."""
    assert canonical_url(one) != canonical_url(other)
    assert address_key(one) != address_key(other)


def test_key_is_the_same_with_and_without_tls() -> None:
    """A site that moves to https has the same articles still."""
    assert "//city.example/news/1" == address_key("http://city.example:80/news/1#x") == address_key(PAGE)


_URLS = st.builds(
    "{}://{}{}{}?{}#{}".format,
    st.sampled_from(["http", "HTTPS", "ftp", ""]),
    st.sampled_from(["City.example", "city.example.", "[::1]", "[x", "台北.example", ""]),
    st.sampled_from(["", ":80", ":443", ":99999", ":x"]),
    st.sampled_from(["", "/", "/a b", "/%e5", "/台", "//x"]),
    st.text("ab=&%?utm_", max_size=12),
    st.text("/!ab#", max_size=4),
)


@given(st.one_of(st.text(max_size=40), _URLS))
def test_any_text_has_one_canonical_form(url: str) -> None:
    """Nothing crashes it, and its result is its own canonical form."""
    once = canonical_url(url)
    assert once == canonical_url(once)


@given(
    st.sampled_from(["http", "https"]),
    st.sampled_from(["city.example", "www.city.example.", "city", "a-b.example"]),
    st.text("a/.~_-", max_size=6),
    st.text("?ab=&_/-", max_size=8),
    st.booleans(),
)
def test_the_short_way_leads_where_the_long_one_does(
    scheme: str, host: str, path: str, query: str, tracked: bool
) -> None:
    """Addresses without anything odd are told at a glance; a space before them makes that impossible."""
    url = f"{scheme}://{host}/{path}?{query}{'&utm_source=rss' if tracked else ''}"
    assert canonical_url(f" {url}") == canonical_url(url)


@given(st.permutations(["a=1", "b=2", "c", "d=%E5", "utm_id=9"]))
def test_order_of_parameters_does_not_matter(parameters: list[str]) -> None:
    """All orders are one address."""
    assert f"{PAGE}?a=1&b=2&c&d=%E5" == canonical_url(f"{PAGE}?{'&'.join(parameters)}")
