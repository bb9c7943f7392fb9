"""The port through which bytes become entries and texts, and its plainest adapter."""

from abc import ABC, abstractmethod
from datetime import tzinfo

from news_ingest.parsing.fulltext import full_text
from news_ingest.parsing.parse import parse_feed
from news_ingest.values import FeedSpec, ParsedFeed, Retrieved


class Parser(ABC):
    """Reads feeds, and the pages that they link; both may be called many times at once."""

    @abstractmethod
    async def parse(self, retrieved: Retrieved, spec: FeedSpec, zone: tzinfo) -> ParsedFeed:
        """As `news_ingest.parsing.parse.parse_feed`, whose errors it raises; `FeedUnreadable` where it gives up."""

    @abstractmethod
    async def full_text(self, page: Retrieved) -> str | None:
        """As `news_ingest.parsing.fulltext.full_text`; raises `FeedUnreadable` where it gives up."""


class InlineParser(Parser):
    """Reads in this process, which does nothing else meanwhile: for tests and measurements."""

    async def parse(self, retrieved: Retrieved, spec: FeedSpec, zone: tzinfo) -> ParsedFeed:
        """See the port."""
        return parse_feed(retrieved, spec, zone)

    async def full_text(self, page: Retrieved) -> str | None:
        """See the port."""
        return full_text(page.body, page.url, page.content_type)
