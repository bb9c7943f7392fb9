"""What a feed of any format gives, before rules fill in what is missing: the value between readers and rules."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

MAX_ENTRIES = 2_000
"""Entries that are read from one feed; the rest is left out with a warning."""

TOO_MANY_ENTRIES = 20_000
"""A feed with more of them is refused."""

MAX_TEXT = 200_000
"""Characters of one article."""


class BadEntry(Exception):
    """Why an entry is left out."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One entry. Texts are cleaned; each may be empty.

    `url` is an address that readers may follow. `cut`: the text was longer than may be kept. `dates` are as written,
    the best first, each with feedparser's reading of it where there is one. `languages` are the tags declared.
    """

    guid: str
    url: str
    title: str
    text: str
    cut: bool
    dates: Sequence[tuple[str, time.struct_time | None]]
    languages: Sequence[str | None]


@dataclass(frozen=True, slots=True)
class Outline:
    """A feed: what it says of itself, and its entries, each of which `draft` reads (it may raise anything).

    `home` is the site's address, `language` a tag as declared, `interval` how often it asks to be read.
    """

    title: str
    language: str | None
    home: str
    raw_entries: Sequence[Any]
    draft: Callable[[Any], Draft]
    warnings: tuple[str, ...] = ()
    truncated: bool = False
    interval: timedelta | None = None
