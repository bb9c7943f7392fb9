"""News as training material: a headline should find its article. Monolingual, and the only long texts at hand."""

import gzip
import json
import random
from dataclasses import dataclass
from pathlib import Path

SHORTEST_TITLE = 6
SHORTEST_TEXT = 150
WINDOW = 300
"""Characters of an article that are learned from at a time: about one passage of the index."""


@dataclass(frozen=True, slots=True)
class News:
    """Headlines and, for each, random windows of its article: `windows[k][i]` belongs to `titles[i]`."""

    titles: list[str]
    windows: list[list[str]]


def load_news(folder: Path, views: int = 2, seed: int = 0) -> News:
    """All articles of `folder/*.jsonl.gz` (fields title, content) that are long enough to tell something.

    Raises:
        FileNotFoundError: there is no such file in the folder.
    """
    paths = sorted(folder.glob("*.jsonl.gz"))
    if not paths:
        raise FileNotFoundError(f"no *.jsonl.gz with news in {folder}")
    articles = []
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            articles += [(record["title"], record["content"].replace("\n", " ")) for record in map(json.loads, lines)]
    articles = [(t, c) for t, c in articles if len(t) >= SHORTEST_TITLE and len(c) >= SHORTEST_TEXT]
    chance = random.Random(seed)
    return News([title for title, _ in articles], [[_window(c, chance) for _, c in articles] for _ in range(views)])


def _window(text: str, chance: random.Random) -> str:
    start = chance.randrange(max(1, len(text) - WINDOW))
    return text[start : start + WINDOW]
