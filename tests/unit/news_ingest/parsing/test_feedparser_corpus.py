"""feedparser's own test files: two thousand odd feeds, none of which may bring the parser down."""

import os
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from news_ingest.errors import IngestError
from news_ingest.parsing.parse import parse_feed
from news_ingest.values import Retrieved

CORPUS = Path(__file__).parents[4].parent / "shared" / "data" / "feeds" / "feedparser-tests.tar.gz"


def corpus() -> Iterator[tuple[str, bytes]]:
    if not CORPUS.is_file():
        missing = "feedparser-tests.tar.gz is missing: put it into ../shared/data/feeds to run this test"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    with tarfile.open(CORPUS) as tar:
        for member in tar:
            file = tar.extractfile(member)
            if file is not None:
                yield member.name, file.read()


def test_every_file_is_parsed_or_refused() -> None:
    """Nothing but `IngestError`, and most of them are read."""
    read = refused = 0
    for name, body in corpus():
        try:
            parse_feed(Retrieved(f"https://city.example/{name}", body, "application/xml"))
            read += 1
        except IngestError:
            refused += 1
    assert read + refused > 2000
    assert read > 1800
