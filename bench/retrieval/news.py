"""Passages and questions to take times with: pieces of real press releases, and headlines."""

import gzip
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.retrieval.errors import DataMissing

LENGTH = 400
"""Characters of a passage."""
STARTS = (0, 200, 100, 300)
"""Where in an article the first piece begins. Pieces of a later round overlap those of earlier ones, none repeats."""


@dataclass(frozen=True, slots=True)
class News:
    """Passages of exactly `LENGTH` characters, and headlines evenly over all articles."""

    passages: tuple[str, ...]
    headlines: tuple[str, ...]


def read_news(folder: Path, passages: int, headlines: int) -> News:
    """So many of each from the press releases (JSON lines, compressed) in `folder`.

    Raises `DataMissing` when there are none, or not enough.
    """
    articles = list(_articles(folder))
    if not articles:
        raise DataMissing(folder, "has no *.jsonl.gz")
    texts = tuple(text for text, _ in zip(pieces([content for _, content in articles]), range(passages), strict=False))
    if len(texts) < passages:
        raise DataMissing(folder, f"gives {len(texts):,} passages of {LENGTH} characters, not {passages:,}")
    titles = list(dict.fromkeys(title for title, _ in articles if title.strip()))
    if len(titles) < headlines:
        raise DataMissing(folder, f"has {len(titles):,} different headlines, not {headlines:,}")
    return News(texts, tuple(titles[:: len(titles) // headlines][:headlines]))


def pieces(contents: Sequence[str]) -> Iterator[str]:
    """Pieces of exactly `LENGTH` characters, all articles in order, once for each of `STARTS`."""
    for start in STARTS:
        for content in contents:
            for at in range(start, len(content) - LENGTH + 1, LENGTH):
                yield content[at : at + LENGTH]


def _articles(folder: Path) -> Iterator[tuple[str, str]]:
    """Title and content."""
    for path in sorted(folder.glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                record = json.loads(line)
                yield record["title"], record["content"]
