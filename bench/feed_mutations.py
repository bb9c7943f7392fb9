"""`python -m bench.feed_mutations --examples 20000`: feeds damaged in every way that comes to mind, read by ours.

Prints JSON: `examples`, `crashes` (anything but the parser's own errors), `slowest_seconds` (of processor time, for one
feed), and what became of the entries that feedparser alone finds in the same bytes; `corpus` tells the same of the
feeds as they are. Exit status 1 after a crash, or where one feed took more than 2 s.
"""

import argparse
import io
import json
import sys
import tarfile
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import feedparser
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from news_ingest.errors import IngestError
from news_ingest.parsing.parse import parse_feed
from news_ingest.values import Retrieved

ARCHIVES = Path(__file__).parents[2] / "shared" / "data" / "feeds"
OUR_OWN = Path(__file__).parents[1] / "tests" / "data" / "feeds"
SLOW = 2.0
"""Seconds that no feed may take."""

_LARGEST = 300_000
_PLACES = 10_000
_NAMED = 5
_ENCODINGS = ("big5", "utf-16", "utf-16-be", "utf-32", "shift_jis", "gb18030", "euc_kr", "koi8-r", "cp037", "utf-7")
_PIECES = (
    *(b"<item>", b"</item>", b"<entry>", b"<channel>", b"</channel>", b"</rss>", b"<title>", b"<![CDATA[", b"]]>"),
    *(b"<!--", b"-->", b"&#0;", b"&lt;", b"&x;", b"\x00", b"\xff\xfe", b"<link>http://[", b"<pubDate>9999-99-99"),
    *(
        b"<!DOCTYPE x [<!ENTITY a 'b'>]>",
        b"xml:lang='",
        b" xmlns:a='",
        b"<content type='xhtml'><div>",
        b"<b><div>" * 50,
    ),
    *(b'{"items": [', b'"},{"', b"]}", b'"\\ud800"', b"\xe6\xb0", b"1" * 5_000),
)
_TYPES = (None, "application/xml", "text/xml; charset=big5", "text/html", "application/json", "x; charset=hex")

Step = tuple[str, int, int, int]
"""What is done, from where and to where (in ten-thousandths of the feed), and how (a number that each way reads)."""


def _flip(body: bytes, start: int, end: int, how: int) -> bytes:
    damaged = bytearray(body)
    for position in range(start, end, max(1, (end - start) // (1 + how % 8))):
        damaged[position] ^= 1 << (how % 8)
    return bytes(damaged)


def _swap_encoding(body: bytes, start: int, end: int, how: int) -> bytes:
    return body.decode("utf-8", "replace").encode(_ENCODINGS[how % len(_ENCODINGS)], "replace")


_WAYS: dict[str, Callable[[bytes, int, int, int], bytes]] = {
    "flip": _flip,
    "cut": lambda body, start, end, how: body[:end],
    "drop": lambda body, start, end, how: body[:start] + body[end:],
    "repeat": lambda body, start, end, how: body[:end] + body[start:end] * (how % 30) + body[end:],
    "nest": lambda body, start, end, how: body[:end] + body[: end if how % 2 else len(body)] + body[end:],
    "insert": lambda body, start, end, how: body[:start] + _PIECES[how % len(_PIECES)] + body[start:],
    "encode": _swap_encoding,
}


def damage(body: bytes, steps: Sequence[Step]) -> bytes:
    """The feed after all `steps`; never more than `_LARGEST` bytes longer than it was."""
    most = len(body) + _LARGEST
    for way, first, second, how in steps:
        start, end = sorted((first * len(body) // _PLACES, second * len(body) // _PLACES))
        body = _WAYS[way](body, start, end, how)[:most]
    return body


def damaged_feeds(feeds: Sequence[bytes]) -> st.SearchStrategy[tuple[bytes, str | None]]:
    """Feeds of these, damaged in up to four ways, with a media type that may be wrong."""
    damaged = st.builds(damage, st.sampled_from(feeds), steps())
    return st.tuples(damaged, st.sampled_from(_TYPES))


def steps() -> st.SearchStrategy[list[Step]]:
    """One to four ways to damage a feed."""
    place = st.integers(0, _PLACES)
    step = st.tuples(st.sampled_from(sorted(_WAYS)), place, place, st.integers(0, 255))
    return st.lists(step, min_size=1, max_size=4)


@dataclass
class Tally:
    """What came of many feeds. Counts are of feeds or, where the name says so, of entries."""

    counts: Counter[str] = field(default_factory=Counter)
    slowest_seconds: float = 0.0
    crashed_on: list[str] = field(default_factory=list)
    lost_from: list[str] = field(default_factory=list)

    def add(self, name: str, body: bytes, content_type: str | None) -> None:
        """Read one feed, and compare what was found with what feedparser alone finds."""
        self.counts["examples"] += 1
        found = _found_alone(body, content_type)
        start = time.process_time()
        try:
            feed = parse_feed(Retrieved("https://city.example/feed", body, content_type))
        except IngestError as error:
            self.counts["refused"] += 1
            if found:
                self.counts["entries_refused"] += found
                self._lost(name, f"{found} of {found}: {error.problem}")
            return
        except Exception as error:
            self.counts["crashes"] += 1
            self.crashed_on.append(f"{name}: {type(error).__name__}: {error}"[:200])
            return
        finally:
            self.slowest_seconds = max(self.slowest_seconds, time.process_time() - start)
        self._compare(name, found, len(feed.entries), feed.warnings, feed.truncated)

    def _compare(self, name: str, found: int, kept: int, told: Sequence[str], truncated: bool) -> None:
        self.counts["entries_of_feedparser"] += found
        self.counts["entries"] += kept
        for why in ("neither title nor text", "repeats an earlier", "can't be read", "is no object"):
            self.counts[f"entries_left_out: {why}"] += sum("was left out" in line and why in line for line in told)
        missing = found - kept - sum("was left out" in line for line in told)
        if missing > 0:
            self.counts["entries_cut_off" if truncated else "entries_lost"] += missing
            if not truncated:
                self._lost(name, f"{missing} of {found}")

    def _lost(self, name: str, what: str) -> None:
        if len(self.lost_from) < _NAMED:
            self.lost_from.append(f"{name}: {what}")

    def as_json(self) -> dict[str, Any]:
        """For the report."""
        return {
            "examples": self.counts["examples"],
            "crashes": self.counts["crashes"],
            "slowest_seconds": round(self.slowest_seconds, 3),
            **{name: count for name, count in sorted(self.counts.items()) if name not in ("examples", "crashes")},
            "crashed_on": self.crashed_on[:_NAMED],
            "lost_from": self.lost_from,
        }


def _found_alone(body: bytes, content_type: str | None) -> int:
    headers = {"content-type": content_type} if content_type else {}
    try:
        return len(feedparser.parse(io.BytesIO(body), response_headers=headers)["entries"])
    except Exception:  # what it can't read, ours need not
        return 0


def corpus() -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each file in the archives of feeds, and of our own."""
    for archive in sorted(ARCHIVES.glob("*.tar.gz")):
        with tarfile.open(archive) as tar:
            for member in tar:
                file = tar.extractfile(member)
                if file is not None:
                    yield member.name, file.read()
    for path in sorted((*OUR_OWN.glob("*.xml"), *OUR_OWN.glob("*.feed"))):
        yield path.name, path.read_bytes()


def measure(examples: int, first: int) -> dict[str, Any]:
    """All files as they are, then `examples` damaged ones, the same for the same seed `first`."""
    files = list(corpus())
    whole, damaged = Tally(), Tally()
    for name, body in files:
        whole.add(name, body, None)

    @seed(first)
    @settings(
        max_examples=examples,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(damaged_feeds([body for _, body in files]))
    def read(feed: tuple[bytes, str | None]) -> None:
        damaged.add(f"example {damaged.counts['examples'] + 1}", *feed)

    if examples:
        read()
    return {**damaged.as_json(), "seed": first, "corpus": whole.as_json()}


def main() -> int:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description="Read damaged feeds")
    arguments.add_argument("--examples", type=int, default=20_000)
    arguments.add_argument("--seed", type=int, default=1)
    chosen = arguments.parse_args()
    warnings.simplefilter("ignore")
    result = measure(chosen.examples, chosen.seed)
    print(json.dumps(result, ensure_ascii=False, indent=2))
    both = (result, result["corpus"])
    return int(any(part["crashes"] or part["slowest_seconds"] > SLOW for part in both))


if __name__ == "__main__":
    sys.exit(main())
