"""RSS 2.0 and Atom 1.0 of a channel and its articles, by feedgen."""

import html
import re
from collections.abc import Iterable
from typing import Any

from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator
from feedgen.util import xml_elem

from news_ingest.publishing.addresses import as_uri
from news_ingest.publishing.channel import (
    GENERATOR,
    Channel,
    categories_of,
    changed,
    declared,
    identity,
    markup_of,
    newest,
    plain,
    published,
    seconds,
    source_identity,
    source_of,
    title_of,
)
from news_ingest.values import StoredArticle

RSS_TYPE = "application/rss+xml"
ATOM_TYPE = "application/atom+xml"

_RSS_LANGUAGES = {"zh-Hant": "zh-TW", "zh-Hans": "zh-CN"}
"""RSS names Chinese by countries; Atom by scripts, as BCP 47 has it."""

# What readers, ours among them, would take for markup in a title.
_LIKE_MARKUP = re.compile(r"</?[A-Za-z!]|&(?:#\w+|[A-Za-z]\w*);")


def rss(channel: Channel, articles: Iterable[StoredArticle]) -> bytes:
    """RSS 2.0 of the newest articles."""
    feed = _feed(channel, RSS_TYPE)
    language = declared(channel.language)
    if language:
        feed.language(_RSS_LANGUAGES.get(language, language))
    feed.load_extension("dc", atom=False)
    for article in newest(articles):
        entry = _Entry(article)
        feed.add_entry(entry, order="append")
        title = title_of(article)
        # RSS does not say what a title is, and readers guess: what looks like markup is escaped for them.
        entry.title(html.escape(title, quote=False) if _LIKE_MARKUP.search(title) else title)
        entry.description(markup_of(article))
        address, name = as_uri(article.feed_url), source_of(article)
        if name:
            entry.dc.dc_creator(name)
            if address:
                entry.source(address, name)
    return bytes(feed.rss_str())


def atom(channel: Channel, articles: Iterable[StoredArticle]) -> bytes:
    """Atom 1.0 of the newest articles."""
    feed = _feed(channel, ATOM_TYPE)
    feed.author(name=plain(channel.title))
    language = declared(channel.language)
    if language:
        feed.language(language)
    for article in newest(articles):
        entry = _Entry(article)
        feed.add_entry(entry, order="append")
        entry.title(title_of(article))
        entry.updated(seconds(changed(article)))
        entry.content(markup_of(article), type="html")
        if source_of(article):
            entry.author(name=source_of(article))
    return bytes(feed.atom_str())


def _feed(channel: Channel, kind: str) -> Any:
    feed = FeedGenerator()
    feed.id(channel.address)
    feed.title(plain(channel.title))
    feed.description(plain(channel.description or channel.title))
    # The home page last: feedgen's RSS takes its <link> from there.
    feed.link(href=channel.address, rel="self", type=kind)
    feed.link(href=channel.home, rel="alternate", type="text/html")
    feed.updated(seconds(channel.updated))
    feed.generator(GENERATOR)
    return feed


class _Entry(FeedEntry):  # type: ignore[misc]  # feedgen has no types
    """An article; in Atom with what feedgen has no words for: a title that looks like markup, a complete source."""

    def __init__(self, article: StoredArticle) -> None:
        super().__init__()
        self._article = article
        self.guid(identity(article), permalink=False)
        address, came_out = as_uri(article.url), published(article)
        if address:
            self.link(href=address, rel="alternate", type="text/html")
        if came_out is not None:
            self.published(seconds(came_out))
        self.category([{"term": tag} for tag in categories_of(article)])

    def atom_entry(self, extensions: bool = True) -> Any:
        element = super().atom_entry(extensions)
        title = element.find("title")
        if _LIKE_MARKUP.search(title.text):
            title.set("type", "html")
            title.text = html.escape(title.text, quote=False)
        if source_of(self._article):
            source = xml_elem("source", element)
            xml_elem("id", source).text = source_identity(self._article)
            xml_elem("title", source).text = source_of(self._article)
            xml_elem("updated", source).text = seconds(changed(self._article)).isoformat()
            if as_uri(self._article.feed_url):
                xml_elem("link", source, rel="self", href=as_uri(self._article.feed_url))
        return element
