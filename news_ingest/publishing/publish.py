"""Publish stored articles: a channel for each language and topic in three formats, and an OPML of them all."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from news_ingest.opml_editing import write_opml
from news_ingest.publishing.addresses import as_uri
from news_ingest.publishing.channel import Channel, newest
from news_ingest.publishing.errors import PublishError
from news_ingest.publishing.folder import Folder
from news_ingest.publishing.json_feed import json_feed
from news_ingest.publishing.selecting import NEWS, Articles, Selected, is_file_name, is_topic, select
from news_ingest.publishing.xml_feeds import atom, rss
from news_ingest.subjects.language import UNKNOWN
from news_ingest.values import FeedSpec, StoredArticle

OPML = "feeds.opml"

Render = Callable[[Channel, Iterable[StoredArticle]], bytes]
FORMATS: Mapping[str, Render] = {"rss.xml": rss, "atom.xml": atom, "json": json_feed}
"""Ending of a file → what it holds."""

Title = Callable[[str, str | None], str]
"""Language and topic (None: all topics) → what the channel is called."""


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
    """What was published. `written`, `unchanged` and `removed` count files, the OPML among them."""

    channels: tuple[PublishedChannel, ...]
    opml: str
    written: int
    unchanged: int
    removed: int


def publish(
    store: Articles,
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

    `languages` and `topics`: those asked for, also where they have no articles yet; else all that there are. What an
    earlier run wrote and this one does not is removed. `home` is the page that the feeds belong to (default:
    `base_url`). Memory does not grow with what is stored. Raises `PublishError`, `StoreError`.
    """
    base = _address(base_url).rstrip("/")
    press = _Press(store, base, _address(home) if home else f"{base}/", title or _title)
    _check_names(languages, topics)
    selection = select(store.iter_articles(duplicates=False), languages, topics)
    _check_names([channel.language for channel in selection.channels], ())
    # A feed without articles is as old as the youngest of all changes: it need not change with every run.
    latest = selection.latest or now or datetime.now(UTC)
    channels: list[PublishedChannel] = []
    with _told(folder):
        place = Folder(folder)
        for selected in selection.channels:
            channel, files = press.print(selected, latest)
            channels.append(channel)
            for name, data in files.items():
                place.write(name, data)
        # The list comes after what it lists, and before anything is removed: no address in it leads nowhere.
        place.write(OPML, press.list_of(channels, languages))
        removed = place.finish()
    return Published(tuple(channels), OPML, place.written, place.unchanged, removed)


@dataclass(frozen=True, slots=True)
class _Press:
    """Makes the files: articles of `store` at `base`, belonging to `home`, in channels called as `title` has it."""

    store: Articles
    base: str
    home: str
    title: Title

    def print(self, selected: Selected, latest: datetime) -> tuple[PublishedChannel, dict[str, bytes]]:
        """A channel and its files, by their relative names. `latest`: its age where it has no articles."""
        shown = newest(self.store.by_ids(selected.ids))
        language, topic = selected.language, selected.topic
        title = self.title(language, topic)
        updated = max((article.updated for article in shown), default=latest)
        stem = f"{language}/{NEWS if topic is None else topic}"
        files = {
            f"{stem}.{ending}": render(
                Channel(title, self.home, f"{self.base}/{stem}.{ending}", language, updated), shown
            )
            for ending, render in FORMATS.items()
        }
        return PublishedChannel(language, topic, title, len(shown), tuple(files)), files

    def list_of(self, channels: Iterable[PublishedChannel], languages: Sequence[str]) -> bytes:
        """An OPML of the channels by their RSS, its title in the only language that was asked for, else in English."""
        specs = [self._listed(channel) for channel in channels]
        return write_opml(specs, title=self.title(languages[0] if len(languages) == 1 else "en", None))

    def _listed(self, channel: PublishedChannel) -> FeedSpec:
        address = f"{self.base}/{channel.files[0]}"
        language = None if channel.language == UNKNOWN else channel.language
        return FeedSpec(address, address, channel.title, language, channel.language)


def _check_names(languages: Iterable[str], topics: Iterable[str]) -> None:
    unfit = [name for name in languages if not is_file_name(name)] + [name for name in topics if not is_topic(name)]
    for name in unfit:
        raise PublishError(name, "no file can be named so", "Take a language's tag, or a topic's id of the glossary")


def _address(url: str) -> str:
    found = as_uri(url)
    if not found or "?" in found or "#" in found:
        raise PublishError(
            url, "this is no address that feeds can be published at", "Give one like https://city.example/"
        )
    return found


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        problem = f"the feeds can't be written ({error.strerror or error})"
        advice = "Check the folder, its permissions and the room on the disk"
        raise PublishError(str(folder), problem, advice) from error


def _title(language: str, topic: str | None) -> str:
    return " · ".join(part for part in ("News", topic, language) if part)
