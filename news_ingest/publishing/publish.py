"""Publish stored articles: a channel for each language and topic in three formats, and an OPML of them all."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from news_ingest.opml_editing import write_opml
from news_ingest.publishing.addresses import as_uri
from news_ingest.publishing.channel import Channel, categories_of, newest
from news_ingest.publishing.errors import PublishError
from news_ingest.publishing.files import replace_file
from news_ingest.publishing.json_feed import json_feed
from news_ingest.publishing.xml_feeds import atom, rss
from news_ingest.subjects.language import UNKNOWN
from news_ingest.values import FeedSpec, StoredArticle

NEWS = "news"
"""The channel with every topic."""

OPML = "feeds.opml"

Render = Callable[[Channel, Iterable[StoredArticle]], bytes]
FORMATS: Mapping[str, Render] = {"rss.xml": rss, "atom.xml": atom, "json": json_feed}
"""Ending of a file → what it holds."""

Title = Callable[[str, str | None], str]
"""Language and topic (None: all topics) → what the channel is called."""

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}")


@dataclass(frozen=True, slots=True)
class PublishedChannel:
    """A channel as published. `topic` is None for all of them; `files` are relative to the folder."""

    language: str
    topic: str | None
    title: str
    articles: int
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Published:
    """What was published. `written` and `unchanged` count files, the OPML among them."""

    channels: tuple[PublishedChannel, ...]
    opml: str
    written: int
    unchanged: int


def publish(
    articles: Sequence[StoredArticle],
    folder: Path,
    base_url: str,
    *,
    languages: Sequence[str] = (),
    topics: Sequence[str] = (),
    title: Title | None = None,
    home: str = "",
    now: datetime | None = None,
) -> Published:
    """Write the feeds below `folder`, which is served at `base_url`; a file that stays as it was is not touched.

    `languages` and `topics`: those asked for, also where they have no articles yet; else all that there are. `home` is
    the page that they belong to (default: `base_url`). Raises `PublishError`.
    """
    channels, files = render(
        articles, base_url, languages=languages, topics=topics, title=title or _title, home=home, now=now
    )
    written = 0
    try:
        for name, data in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            written += replace_file(path, data)
    except OSError as error:
        problem = f"the feeds can't be written ({error.strerror or error})"
        raise PublishError(
            str(folder), problem, "Check the folder, its permissions and the room on the disk"
        ) from error
    return Published(channels, OPML, written, len(files) - written)


def render(
    articles: Sequence[StoredArticle],
    base_url: str,
    *,
    languages: Sequence[str] = (),
    topics: Sequence[str] = (),
    title: Title,
    home: str = "",
    now: datetime | None = None,
) -> tuple[tuple[PublishedChannel, ...], dict[str, bytes]]:
    """The channels, and the files by their relative names. The OPML comes last: no address in it leads nowhere."""
    base = _address(base_url).rstrip("/")
    home = _address(home) if home else f"{base}/"
    by_language: dict[str, list[StoredArticle]] = {language: [] for language in languages}
    for article in articles:
        language = article.language or UNKNOWN
        if language in by_language or not languages:
            by_language.setdefault(language, []).append(article)
    # A feed without articles is as old as the youngest of all changes: it need not change with every run.
    latest = max((article.updated for article in articles), default=now or datetime.now(UTC))
    channels: list[PublishedChannel] = []
    files: dict[str, bytes] = {}
    for language, group in sorted(by_language.items()):
        for topic, chosen in _by_topic(group, topics).items():
            shown = newest(chosen)
            stem = f"{_named(language)}/{NEWS if topic is None else _named(topic)}"
            updated = max((article.updated for article in shown), default=latest)
            name = title(language, topic)
            for ending, formed in FORMATS.items():
                channel = Channel(name, home, f"{base}/{stem}.{ending}", language, updated)
                files[f"{stem}.{ending}"] = formed(channel, shown)
            names = tuple(f"{stem}.{ending}" for ending in FORMATS)
            channels.append(PublishedChannel(language, topic, name, len(shown), names))
    specs = [_listed(channel, base) for channel in channels]
    files[OPML] = write_opml(specs, title=title(languages[0] if len(languages) == 1 else "en", None))
    return tuple(channels), files


def is_topic(name: str) -> bool:
    """Whether a channel may be called so: a file is named after it."""
    return _NAME.fullmatch(name) is not None and name != NEWS


def _by_topic(articles: Sequence[StoredArticle], topics: Sequence[str]) -> dict[str | None, list[StoredArticle]]:
    asked = topics or sorted({tag for article in articles for tag in categories_of(article) if is_topic(tag)})
    by_topic: dict[str | None, list[StoredArticle]] = {None: list(articles), **{topic: [] for topic in asked}}
    for article in articles:
        for tag in categories_of(article):
            if tag in by_topic:
                by_topic[tag].append(article)
    return by_topic


def _listed(channel: PublishedChannel, base: str) -> FeedSpec:
    address = f"{base}/{channel.files[0]}"
    language = None if channel.language == UNKNOWN else channel.language
    return FeedSpec(address, address, channel.title, language, channel.language)


def _named(name: str) -> str:
    if not is_topic(name):
        raise PublishError(name, "no file can be named so", "Take a language's tag, or a topic's id of the glossary")
    return name


def _address(url: str) -> str:
    found = as_uri(url)
    if not found or "?" in found or "#" in found:
        raise PublishError(
            url, "this is no address that feeds can be published at", "Give one like https://city.example/"
        )
    return found


def _title(language: str, topic: str | None) -> str:
    return " · ".join(part for part in ("News", topic, language) if part)
