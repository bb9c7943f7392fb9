"""Our feeds damaged at random: only `IngestError` comes out, soon. `python -m bench.feed_mutations` does many more."""

import time

from hypothesis import given, settings

from bench.feed_mutations import SLOW, damaged_feeds
from news_ingest.errors import IngestError
from news_ingest.parsing.parse import parse_feed
from news_ingest.values import Retrieved
from tests.unit.news_ingest.parsing.test_parse_golden import PATHS


@given(damaged_feeds([path.read_bytes() for path in PATHS]))
@settings(deadline=None, max_examples=300)
def test_damaged_feeds(feed: tuple[bytes, str | None]) -> None:
    """Bytes flipped, parts cut, repeated and nested, encodings swapped."""
    body, content_type = feed
    start = time.process_time()
    try:
        entries = parse_feed(Retrieved("https://city.example/feed", body, content_type)).entries
    except IngestError as error:
        assert error.advice
        entries = ()
    assert time.process_time() - start < SLOW
    assert len(entries) == len({entry.guid for entry in entries})
