"""The terms of many texts at once, as numbers: for each text what `hashes(terms(text))` gives, many times as fast.

The texts are put into one, a separator between them that belongs to no word, no phrase and no filler, so that each is
folded and looked through as if it were alone, by a few calls for thousands of texts. Words are looked up, since they
come again. Han characters are taken as an array of numbers: CRC-32 is affine, so the number of a pair is that of its
first character in one table xor that of its second in another. Where each number stands follows from the sizes of
words and runs. Texts with kana, Thai or Hangul go one by one.
"""

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from knowledge.text.analyser import HAN, HANGUL, KANA, THAI, WORD, hashes, simplify, terms, visible, word_terms
from knowledge.text.stop_words import CHINESE_FILLER

Hashes = NDArray[np.uint32]
Numbers = NDArray[np.int64]

_SEPARATOR, _LIKE_IT = "\x1e", "\x1f"
_BASIC = 0x10000
"""Han characters below it have three bytes in UTF-8, those beyond have four."""
_APART = re.compile(f"[{KANA}{THAI}{HANGUL}\U00010000-\U0010ffff]")
_SEEN = re.compile(
    f"[{_SEPARATOR}\t\n\r -~\u2018-\u2027\u3000-\u3003\u3007-\u3020\u4e00-\u9fff\uff01-\uff0f\uff1a-\uff20]"
)
"""What `visible` leaves as it is: all that most Chinese and English texts are made of."""

_WORD_OR_END = re.compile(f"{WORD.pattern}|{_SEPARATOR}")


def row_hashes(texts: Sequence[str]) -> tuple[Hashes, Numbers]:
    """The numbers of all texts' terms one after the other (terms,), and where those of each begin (texts + 1,)."""
    places: dict[str, int] = {}  # headlines and standing phrases come again and again
    rows = np.array([places.setdefault(text, len(places)) for text in texts], np.int64)
    numbers, starts = _distinct(list(places))
    sizes = np.diff(starts)[rows]
    bounds = _cumulated(sizes)
    return numbers[np.repeat(starts[rows] - bounds[:-1], sizes) + np.arange(bounds[-1])], bounds


def _distinct(texts: Sequence[str]) -> tuple[Hashes, Numbers]:
    """The same, for texts of which none comes twice."""
    joined, apart = _joined(texts)
    codes = _codes(joined)
    ends = np.flatnonzero(codes == ord(_SEPARATOR))
    words, runs = _Words.of(joined), _Runs.of(codes, ends)
    counts = words.per_row + runs.per_row
    # A text of nothing but stop words keeps them, as `terms` does.
    single = {row: hashes(terms(texts[row])) for row in (*apart, *np.flatnonzero(counts == 0).tolist())}
    for row, found in single.items():
        counts[row] = len(found)
    bounds = _cumulated(counts)
    numbers = np.empty(bounds[-1], np.uint32)
    for row, found in single.items():
        numbers[bounds[row] : bounds[row + 1]] = found
    words.put(numbers, bounds[:-1])
    runs.put(numbers, bounds[:-1] + words.per_row)
    return numbers, bounds


def _joined(texts: Sequence[str]) -> tuple[str, list[int]]:
    """All texts, each with a separator behind it, folded and without fillers; empty where it has to go by itself."""
    texts = [text.replace(_SEPARATOR, _LIKE_IT) for text in texts]
    codes = _codes(_together(texts))
    unseen = ~_seen()[np.minimum(codes, _BASIC)]
    apart = []
    for row in np.unique(np.searchsorted(np.flatnonzero(codes == ord(_SEPARATOR)), np.flatnonzero(unseen))).tolist():
        texts[row] = visible(texts[row])
        if _APART.search(texts[row]):
            texts[row] = ""
            apart.append(row)
    joined = simplify(_together(texts))
    if _codes(joined).max(initial=0) >= _BASIC:  # some characters are simplified to rare ones
        texts = joined.split(_SEPARATOR)[:-1]
        rare = {row for row, text in enumerate(texts) if _APART.search(text)}
        joined = _together(["" if row in rare else text for row, text in enumerate(texts)])
        apart += rare
    return CHINESE_FILLER.sub(" ", joined), apart


def _together(texts: Sequence[str]) -> str:
    return "".join([text + _SEPARATOR for text in texts])


@dataclass(frozen=True, slots=True)
class _Words:
    """The terms of words, in order: `numbers` of all, and how many are each row's, `per_row`."""

    numbers: Hashes
    per_row: Numbers

    @classmethod
    def of(cls, joined: str) -> "_Words":
        found = _WORD_OR_END.findall(joined)
        pieces = list(map(_word, found))
        ends = np.fromiter(map(_SEPARATOR.__eq__, found), np.bool_, len(found))
        sizes = np.fromiter(map(len, pieces), np.int64, len(pieces)) // 4
        return cls(np.frombuffer(b"".join(pieces), np.uint32), np.diff(np.cumsum(sizes)[ends], prepend=0))

    def put(self, numbers: Hashes, starts: Numbers) -> None:
        """Into `numbers`, those of each row from its place in `starts` (rows,) on."""
        shifts = starts - _cumulated(self.per_row)[:-1]
        numbers[np.repeat(shifts, self.per_row) + np.arange(len(self.numbers))] = self.numbers


@dataclass(frozen=True, slots=True)
class _Runs:
    """The runs of Han characters: `codes` (characters,) of them all, `lengths` and `rows` (runs,) of each run."""

    codes: NDArray[np.uint32]
    lengths: Numbers
    rows: Numbers
    per_row: Numbers

    @classmethod
    def of(cls, codes: NDArray[np.uint32], ends: Numbers) -> "_Runs":
        han = _tables().han[codes]
        edges = np.flatnonzero(np.diff(han, prepend=False, append=False))
        starts, lengths = edges[::2], edges[1::2] - edges[::2]
        rows = np.searchsorted(ends, starts)
        per_row = np.bincount(rows, 2 * lengths - 1, len(ends)).astype(np.int64)
        return cls(codes[han], lengths, rows, per_row)

    def put(self, numbers: Hashes, starts: Numbers) -> None:
        """Into `numbers`, those of each row from its place in `starts` (rows,) on: of a run, pairs come first."""
        tables = _tables()
        # Of each run: its place, counted in all numbers of runs first, then moved with its row.
        places = _cumulated(2 * self.lengths - 1)[:-1] + (starts - _cumulated(self.per_row)[:-1])[self.rows]
        firsts = _cumulated(self.lengths)
        pairs = np.repeat(places - firsts[:-1], self.lengths) + np.arange(len(self.codes))
        numbers[pairs + np.repeat(self.lengths - 1, self.lengths)] = tables.alone[self.codes]
        inside = np.ones(len(self.codes), np.bool_)
        inside[firsts[1:] - 1] = False  # the last of a run begins no pair
        first = np.flatnonzero(inside)
        numbers[pairs[first]] = tables.first[self.codes[first]] ^ tables.second[self.codes[first + 1]]


@dataclass(frozen=True, slots=True)
class _Tables:
    """By code point: whether it is `han`, and what it adds to a CRC-32 `alone`, as `first` and as `second` of two."""

    han: NDArray[np.bool_]
    alone: Hashes
    first: Hashes
    second: Hashes


@lru_cache(maxsize=1)
def _tables() -> _Tables:
    tables = _Tables(np.zeros(_BASIC, np.bool_), *(np.zeros(_BASIC, np.uint32) for _ in range(3)))
    other = "一".encode()
    both = zlib.crc32(other + other)
    for character in re.findall(f"[{HAN}]", _all_basic()):
        code, bytes_ = ord(character), character.encode()
        tables.han[code], tables.alone[code] = True, zlib.crc32(bytes_)
        tables.first[code], tables.second[code] = zlib.crc32(bytes_ + other), zlib.crc32(other + bytes_) ^ both
    return tables


@lru_cache(maxsize=1)
def _seen() -> NDArray[np.bool_]:
    seen = np.zeros(_BASIC + 1, np.bool_)
    seen[[ord(character) for character in _SEEN.findall(_all_basic())]] = True
    return seen


def _all_basic() -> str:
    return "".join(map(chr, range(0xD800))) + "".join(map(chr, range(0xE000, _BASIC)))


@lru_cache(maxsize=1 << 16)
def _word(word: str) -> bytes:
    """The numbers of a word's terms, as they lie in memory; none for a separator."""
    return b"" if word == _SEPARATOR else hashes(word_terms(word, True)).tobytes()


def _codes(text: str) -> NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")


def _cumulated(sizes: Numbers) -> Numbers:
    bounds = np.zeros(len(sizes) + 1, np.int64)
    np.cumsum(sizes, out=bounds[1:])
    return bounds
