"""RSS, Atom and JSON Feed: valid by the validators' rules, and read by others as what they were made of."""

import io
import json
import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from news_ingest.parsing.parse import parse_feed
from news_ingest.publishing.channel import (
    NEWEST,
    Channel,
    changed,
    identity,
    newest,
    published,
    seconds,
    text_of,
    title_of,
)
from news_ingest.publishing.json_feed import json_feed
from news_ingest.publishing.xml_feeds import atom, rss
from news_ingest.values import ParsedFeed, Retrieved, StoredArticle
from tests.unit.news_ingest.publishing.feed_rules import atom_breaches, json_breaches, rss_breaches
from tests.unit.news_ingest.publishing.made_articles import (
    HARD_TITLES,
    HOME,
    NOW,
    WRITTEN,
    article,
    articles,
    channel,
    stored_texts,
    stored_titles,
)

Render = Callable[[Channel, Iterable[StoredArticle]], bytes]
Breaches = Callable[[bytes, str], list[str]]

FORMATS: dict[str, tuple[Render, Breaches]] = {
    "rss.xml": (rss, rss_breaches),
    "atom.xml": (atom, atom_breaches),
    "json": (json_feed, json_breaches),
}
XML = ["rss.xml", "atom.xml"]
TYPES = {"rss.xml": "application/rss+xml", "atom.xml": "application/atom+xml", "json": "application/feed+json"}

each_format = pytest.mark.parametrize("ending", FORMATS)
each_xml = pytest.mark.parametrize("ending", XML)


def rendered(ending: str, stored: Iterable[StoredArticle], language: str = "en") -> bytes:
    return FORMATS[ending][0](channel(language, ending), stored)


def breaches(ending: str, body: bytes, language: str = "en") -> list[str]:
    return FORMATS[ending][1](body, channel(language, ending).address)


def parsed(ending: str, body: bytes) -> ParsedFeed:
    return parse_feed(Retrieved(channel("en", ending).address, body, TYPES[ending]))


def by_feedparser(body: bytes, ending: str) -> Any:
    return feedparser.parse(io.BytesIO(body), response_headers={"content-type": f"{TYPES[ending]}; charset=utf-8"})


@each_format
@settings(max_examples=60, deadline=None)
@given(stored=articles(), title=st.text(st.characters(), min_size=1, max_size=20))
def test_valid_whatever_the_articles(ending: str, stored: list[StoredArticle], title: str) -> None:
    """Control characters, lone surrogates, addresses that are none, years of all kinds: no rule is broken."""
    named = replace(channel("en", ending), title=f"News {title}")
    assert [] == FORMATS[ending][1](FORMATS[ending][0](named, stored), named.address)


@each_format
@settings(max_examples=60, deadline=None)
@given(stored=articles(stored_texts, stored_titles))
def test_everything_comes_back(ending: str, stored: list[StoredArticle]) -> None:
    """feedparser finds no fault, and our own parser the same titles, texts, instants, in the same order."""
    body = rendered(ending, stored)
    if ending in XML:
        assert not by_feedparser(body, ending)["bozo"]
    assert expected(ending, stored) == [
        (entry.guid, entry.title, entry.text, entry.published) for entry in parsed(ending, body).entries
    ]


def expected(ending: str, stored: list[StoredArticle]) -> list[tuple[str, str, str, datetime | None]]:
    shown = newest(stored)
    # Where Atom and JSON Feed have no date of publication, readers take that of the last change.
    dates = [published(one) or (None if ending == "rss.xml" else changed(one)) for one in shown]
    return [
        (identity(one), read_title(ending, one), text_of(one), seconds(date) if date else None)
        for one, date in zip(shown, dates, strict=True)
    ]


def read_title(ending: str, stored: StoredArticle) -> str:
    """In JSON Feed a title is plain text and stays so; our parser drops tags from it, as many feeds put some there."""
    title = title_of(stored)
    if ending == "json" and "<" in title:
        [entry] = parsed(ending, rendered(ending, [stored])).entries
        assert title == json.loads(rendered(ending, [stored]))["items"][0]["title"]
        return entry.title
    return title


def test_json_holds_the_text_plain_and_as_html() -> None:
    [item] = json.loads(rendered("json", [article(title="R&D", text="5 < 6\n<b>")]))["items"]
    assert ("R&D", "5 < 6\n<b>") == (item["title"], item["content_text"])
    assert "<p>5 &lt; 6</p><p>&lt;b&gt;</p>" == item["content_html"]


@each_xml
@pytest.mark.parametrize("title", HARD_TITLES)
def test_titles_that_look_like_markup(ending: str, title: str) -> None:
    """They are titles all the same, and no reader is given a tag to act on."""
    body = rendered(ending, [article(title=title)])
    assert [title] == [entry.title for entry in parsed(ending, body).entries]


@each_format
@pytest.mark.parametrize("forbidden", ["\0", "\b", "\v", "\f", "\x1b", "\x1f", "\ud800", "\udfff", "\ufffe", "\uffff"])
def test_what_xml_cannot_write(ending: str, forbidden: str) -> None:
    """It is left out of titles, texts, names and subjects, and the rest is read as it was."""
    words = [f"Night{forbidden} market", f"The path{forbidden} is open.", f"The {forbidden}Mayor", f"green{forbidden}"]
    stored = article(title=words[0], text=words[1], feed_title=words[2], tags=(words[3],))
    named = channel("en", ending, title=f"News{forbidden} from the city")
    body = FORMATS[ending][0](named, [stored])
    assert [] == breaches(ending, body)
    again = parsed(ending, body)
    assert ("News from the city", "Night market", "The path is open.") == (
        again.title,
        again.entries[0].title,
        again.entries[0].text,
    )
    assert "The Mayor" in body.decode() and "green" in body.decode()


@each_format
@pytest.mark.parametrize("language", WRITTEN)
def test_languages(ending: str, language: str) -> None:
    """Each is named as its format wants it, and known again; the text as well, from right to left too."""
    stored = [article(1, language)]
    body = rendered(ending, stored, language)
    assert [] == breaches(ending, body, language)
    if ending == "json":
        assert (language, language) == (json.loads(body)["language"], json.loads(body)["items"][0]["language"])
    else:
        found = by_feedparser(body, ending)
        declared = {"zh-Hant": "zh-TW", "zh-Hans": "zh-CN"}.get(language, language) if ending == "rss.xml" else language
        assert (0, declared) == (found["bozo"], found["feed"]["language"])
    again = parsed(ending, body)
    assert (language, language) == (again.language, again.entries[0].language)
    assert (stored[0].title, stored[0].text) == (again.entries[0].title, again.entries[0].text)


@each_format
@pytest.mark.parametrize(("language", "declared"), [("ar", True), ("he", True), ("en", False), ("zh-Hant", False)])
def test_direction(ending: str, language: str, declared: bool) -> None:
    """Feeds have no place for the direction but the markup of their texts."""
    body = rendered(ending, [replace(article(1, "ar"), language=language)], language).decode()
    assert declared == ("rtl" in body)


@each_format
def test_an_unknown_language_is_not_declared(ending: str) -> None:
    body = rendered(ending, [replace(article(), language="und")], "und")
    assert [] == breaches(ending, body, "und")
    assert b"language" not in body and b"xml:lang" not in body


@each_format
def test_an_empty_channel_is_valid(ending: str) -> None:
    body = rendered(ending, [])
    assert [] == breaches(ending, body)
    if ending in XML:
        found = by_feedparser(body, ending)
        assert (0, [], "News from the city") == (found["bozo"], found["entries"], found["feed"]["title"])
        assert () == parsed(ending, body).entries


@each_xml
def test_what_readers_see_of_a_channel(ending: str) -> None:
    """Title, home page, its own address, and when something last changed."""
    feed = by_feedparser(rendered(ending, [article()]), ending)["feed"]
    links = {(link["rel"], link["href"]) for link in feed["links"]}
    assert {("alternate", HOME), ("self", channel("en", ending).address)} == links
    assert (HOME, NOW.timetuple()[:6]) == (feed["link"], feed["updated_parsed"][:6])


@each_xml
def test_what_readers_see_of_an_article(ending: str) -> None:
    """A guid that is no link, its address, its source by name and address, its subjects."""
    stored = article(tags=("green-energy", "xinyi-district"), sample=True)
    [entry] = by_feedparser(rendered(ending, [stored]), ending)["entries"]
    assert identity(stored) == entry["id"]
    if ending == "rss.xml":
        assert not entry["guidislink"]
    assert "https://city.example/news/1" == entry["link"]
    assert ("Office of the Mayor", "Office of the Mayor") == (entry["author"], entry["source"]["title"])
    assert "https://city.example/rss?a=1&b=2" in str(entry["source"])
    assert ["green-energy", "xinyi-district", "sample"] == [tag["term"] for tag in entry["tags"]]


@each_format
def test_a_source_that_is_a_file(ending: str) -> None:
    """It is named, but its path is nobody's business."""
    body = rendered(ending, [article(feed_url="sample/city-news.xml")])
    assert [] == breaches(ending, body)
    assert b"Office of the Mayor" in body and b"city-news.xml" not in body


def test_the_id_stays_when_all_else_changes() -> None:
    """Only the article's own id counts, and two articles never share one."""
    edited = article(title="New title", url="https://elsewhere.example/", language="ja", guid="other")
    assert identity(article()) == identity(edited)
    assert identity(article(1)) != identity(article(2))


@pytest.mark.parametrize(
    ("changes", "came_out", "last_change"),
    [
        ({}, NOW - timedelta(hours=1), NOW - timedelta(hours=1)),
        ({"updated": NOW + timedelta(hours=2)}, NOW - timedelta(hours=1), NOW + timedelta(hours=2)),
        ({"published": None}, None, NOW),
        ({"published": NOW + timedelta(days=200)}, None, NOW),
        ({"published": NOW + timedelta(hours=3)}, NOW + timedelta(hours=3), NOW + timedelta(hours=3)),
    ],
)
def test_dates(changes: dict[str, Any], came_out: datetime | None, last_change: datetime) -> None:
    """No date is made up; one far ahead is a slip; a correction counts from when it was seen."""
    stored = article(**changes)
    assert (came_out, last_change) == (published(stored), changed(stored))


def test_the_newest_fifty() -> None:
    """By date, an undated one by when it came in, equal ones by id; in every format."""
    many = [article(number) for number in range(1, 80)]
    undated, twin = article(90, published=None), article(91, published=NOW - timedelta(hours=1))
    shown = newest([*reversed(many), twin, undated])
    assert [undated, many[0], twin, *many[1 : NEWEST - 2]] == shown
    assert NEWEST == len(parsed("rss.xml", rendered("rss.xml", many)).entries)
    assert NEWEST == len(parsed("atom.xml", rendered("atom.xml", many)).entries)
    assert NEWEST == len(json.loads(rendered("json", many))["items"])


@each_format
def test_the_same_articles_give_the_same_bytes(ending: str) -> None:
    """In whatever order they come: nothing of the clock gets in."""
    stored = [article(number) for number in range(5)]
    assert rendered(ending, stored) == rendered(ending, reversed(stored))


@pytest.mark.parametrize(
    ("ending", "pattern", "wrong", "breach"),
    [
        ("rss.xml", r"<\?xml.*?\?>", "", "does not say that it is UTF-8"),
        ("rss.xml", r"Night market", "Night\bmarket", "not well-formed XML"),
        ("rss.xml", r"Night market", "Night\ufffemarket", "not well-formed XML"),
        ("rss.xml", r'version="2.0"', "", "the root is not"),
        ("rss.xml", r"<title>News from the city</title>", "", "0 times title"),
        ("rss.xml", r"<link>https://news.*?</link>", "", "0 times link"),
        ("rss.xml", r"<description>News from the city</description>", "", "0 times description"),
        ("rss.xml", r"<guid.*?</guid>", "", "0 times guid"),
        ("rss.xml", r"(<pubDate>.*?</pubDate>)", r"\1\1", "2 times pubDate"),
        ("rss.xml", r"<atom:link[^>]*/>", "", "not one self link"),
        ("rss.xml", r"https://news.city.example/en/news.rss.xml", "https://a.example/", "not one self link"),
        ("rss.xml", r"application/rss\+xml", "text/xml", "not one self link"),
        ("rss.xml", r" \+0000", "", "no date with a zone"),
        ("rss.xml", r"Tue, 24 Nov 2026", "2026-11-24", "lastBuildDate is no date"),
        ("rss.xml", r"Tue, 24", "Wed, 24", "wrong day of the week"),
        ("rss.xml", r'isPermaLink="false"', "", "the guid is no permalink"),
        ("rss.xml", r"https://city.example/news/1<", "/news/1<", "no absolute URI"),
        ("rss.xml", r'<source url="[^"]*"', '<source url="rss"', "source is no absolute URI"),
        ("rss.xml", r">en<", ">english<", "no language tag"),
        ("rss.xml", r"<guid.*?</guid>", "<guid>https://a.example/</guid>", "2 entries with the id"),
        ("rss.xml", r"&lt;/p&gt;", "", "not well-formed HTML"),
        ("rss.xml", r"<pubDate>", "<author>a</author><pubDate>", "unknown element author"),
        ("atom.xml", r"<\?xml.*?\?>", "", "does not say that it is UTF-8"),
        ("atom.xml", r"Night market", "Night\x1bmarket", "not well-formed XML"),
        ("atom.xml", r"http://www.w3.org/2005/Atom", "https://a.example/", "the root is not"),
        ("atom.xml", r"<feed[^>]*>\s*<id>.*?</id>", '<feed xmlns="http://www.w3.org/2005/Atom">', "0 times"),
        ("atom.xml", r"<title>News from the city</title>", "", "0 times .*title"),
        ("atom.xml", r"<updated>.*?</updated>", "", "0 times .*updated"),
        ("atom.xml", r"urn:uuid:[^<]*", "news-1", "no IRI of ours"),
        ("atom.xml", r"urn:uuid:[^<]*", f"urn:uuid:{UUID(int=0)}", "2 entries with the id"),
        ("atom.xml", r"\+00:00", "", "no date with a zone"),
        ("atom.xml", r"2026-11-24T", "24 Nov 2026 ", "no date with a zone"),
        ("atom.xml", r"<author>.*?</author>", "", "author"),
        ("atom.xml", r"<name>.*?</name>", "", "0 times .*name"),
        ("atom.xml", r'rel="self"', 'rel="alternate"', "not one self link"),
        ("atom.xml", r'(<link href="https://city[^>]*/>)', r"\1\1", "2 alternate links of one kind"),
        ("atom.xml", r'href="https://city', 'href="//city', "link is no absolute URI"),
        ("atom.xml", r'xml:lang="en"', 'xml:lang="und"', "no language tag"),
        ("atom.xml", r"<content.*?</content>", "", "no content in HTML"),
        ("atom.xml", r'term="green-energy"', 'term=""', "a category without a term"),
        ("json", r'"id": ".*?",', "", "no IRI of ours"),
        ("json", r"urn:uuid:[^\"]*", f"urn:uuid:{UUID(int=0)}", "2 entries with the id"),
        ("json", r"version/1.1", "version/1", "not version 1.1"),
        ("json", r'"title": "News from the city"', '"title": ""', "no title"),
        ("json", r'"items": .*]', '"items": {}', "items is no list"),
        ("json", r'"feed_url": ".*?"', '"feed_url": "/news.json"', "feed_url is not"),
        ("json", r'"url": "https:', '"url": "', "no absolute URI"),
        ("json", r"Night market", "Night\x01market", "not JSON"),
        ("json", r"\+00:00", "", "no date with a zone"),
        ("json", r'"language": "en"', '"language": "English"', "no language tag"),
        ("json", r'"content_(html|text)": "', r'"\1": "', "no content"),
        ("json", r'"green-energy"', "7", "a tag that is no text"),
        ("json", r'"name": ".*?"', '"called": "a"', "an author without anything"),
    ],
)
def test_the_rules_find_what_is_wrong(ending: str, pattern: str, wrong: str, breach: str) -> None:
    """Each of these faults, put into a valid feed, is named."""
    stored = [article(1, tags=("green-energy",)), article(2)]
    assert [] == breaches(ending, rendered(ending, stored))
    body = rendered(ending, stored).decode()
    broken, count = re.subn(pattern, wrong, body)
    assert count
    assert re.search(breach, "\n".join(breaches(ending, broken.encode())))


def test_instants_keep_their_zone() -> None:
    """RSS writes its dates by the rules of mail, with a zone."""
    body = rendered("rss.xml", [article(published=datetime(2026, 3, 5, 7, 9, 5, 250_000, tzinfo=UTC))]).decode()
    assert "<pubDate>Thu, 05 Mar 2026 07:09:05 +0000</pubDate>" in body
