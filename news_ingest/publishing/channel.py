"""What a published feed is, and how an article looks in one, whatever the format. Pure functions."""

import html
import re
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from news_ingest.publishing.addresses import as_uri
from news_ingest.subjects.language import UNKNOWN
from news_ingest.values import StoredArticle

NEWEST = 50
"""Articles in one feed."""

SAMPLE = "sample"
"""The category of articles that stand in for real ones."""

GENERATOR = "CityDesk"

_TOLERATED_FUTURE = timedelta(days=1)
_RIGHT_TO_LEFT = frozenset({"ar", "ckb", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"})
# XML 1.0 has no way of writing these.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NAMESPACE = uuid.UUID("6f1c52a7-0c6e-5d8b-9a35-3c1c8c6c0d11")


@dataclass(frozen=True, slots=True)
class Channel:
    """One feed to publish. `home` (the page it belongs to) and `address` (its own) are absolute http(s) addresses.

    `language` is one of our tags (`zh-Hant`), `und` where there is none; `updated` aware, the last change of any of
    its articles.
    """

    title: str
    home: str
    address: str
    language: str
    updated: datetime
    description: str = ""


Place = tuple[float, str]
"""Where an article stands in a channel: the lower, the higher up."""


def newest(articles: Iterable[StoredArticle], limit: int = NEWEST) -> list[StoredArticle]:
    """At most `limit` articles, the newest first; of equal age in the order of their ids."""
    return sorted(articles, key=place)[: max(limit, 0)]


def place(article: StoredArticle) -> Place:
    """The newest come first, those of equal age in the order of their ids."""
    return -(published(article) or article.first_seen).timestamp(), article.id


def published(article: StoredArticle) -> datetime | None:
    """When it came out; None where nobody said so, or where a slip of the pen would keep it on top for years."""
    said = article.published
    return said if said is not None and said <= article.first_seen + _TOLERATED_FUTURE else None


def changed(article: StoredArticle) -> datetime:
    """Its last change, which is when it came out where it never changed."""
    came_out = published(article)
    return article.updated if came_out is None or article.updated > article.first_seen else came_out


def identity(article: StoredArticle) -> str:
    """An IRI that names the article for ever, on every machine and under every address."""
    return urn(f"article:{article.id}")


def source_identity(article: StoredArticle) -> str:
    """An IRI for the feed that it came from: its address where it has one."""
    return as_uri(article.feed_url) or urn(f"feed:{article.feed_url}")


def urn(name: str) -> str:
    """The UUID, as an IRI, that always stands for this name."""
    return f"urn:uuid:{uuid.uuid5(_NAMESPACE, plain(name))}"


def plain(text: str) -> str:
    """The text without the characters that XML forbids."""
    return _FORBIDDEN.sub("", text)


def title_of(article: StoredArticle) -> str:
    """Its headline; where there is none the first line of the text, and at last its id: feeds can't do without."""
    return next((line for line in (_line(article.title), _line(article.text)) if line), article.id)


def text_of(article: StoredArticle) -> str:
    """Its text, one paragraph a line. A headline without a body stands for its own text."""
    return plain(article.text).strip() or title_of(article)


def markup_of(article: StoredArticle) -> str:
    """Its text as HTML paragraphs; they say so where they run from right to left, since feeds have no place for it."""
    opening = '<p dir="rtl">' if article.language.split("-")[0] in _RIGHT_TO_LEFT else "<p>"
    lines = (line.strip() for line in text_of(article).splitlines())
    return "".join(f"{opening}{html.escape(line, quote=False)}</p>" for line in lines if line)


def source_of(article: StoredArticle) -> str:
    """What the feed that it came from is called; empty where it has no name."""
    return _line(article.feed_title)


def categories_of(article: StoredArticle) -> Sequence[str]:
    """Ids of its subjects and districts, each once; `sample` for what stands in for a real article."""
    tags = [_line(tag) for tag in article.tags]
    return list(dict.fromkeys([tag for tag in tags if tag] + [SAMPLE] * article.sample))


def declared(language: str) -> str | None:
    """A language as BCP 47 writes it, None for the unknown one."""
    return None if language in ("", UNKNOWN) else language


def seconds(moment: datetime) -> datetime:
    """The instant to the second: RSS has no finer ones, and the formats shall agree."""
    return moment.replace(microsecond=0)


def _line(text: str) -> str:
    return plain(text).strip().partition("\n")[0].strip()
