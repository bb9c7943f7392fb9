"""What is kept of an article to tell whether another tells the same story: a signature, numbers, dates and names."""

import re
import unicodedata
import zlib
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt
from babel.dates import get_month_names

if TYPE_CHECKING:
    from datasketch import MinHash

PERMUTATIONS: Final = 128
"""Hash values of a signature: resemblance is estimated to within 0.04, a signature is 512 bytes."""

_CHARACTERS_OF_SHINGLE: Final = 4
_WORDS_OF_SHINGLE: Final = 3
_READ: Final = 4_000
_MULTIPLIER: Final = np.uint32(0x01000193)
_UNSPACED: Final = ("zh", "ja", "th")
_MONTH_LANGUAGES: Final = ("ar", "de", "el", "en", "es", "fr", "id", "pl", "th", "tr")
_ROC_EPOCH: Final = 1911

_SIGNS: Final = re.compile(r"[\W_]+")
_NUMBER: Final = re.compile(r"\d+(?:[.,:]\d+)*")
_THOUSANDS: Final = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
_CJK_DATE: Final = re.compile(r"(\d{1,2})[月월]\s?(\d{1,2})[日號号일]")
_VIETNAMESE_DATE: Final = re.compile(r"(?:ngày )?(\d{1,2})(?: tháng |[/-])(\d{1,2})(?!\d)")
_CJK_YEAR: Final = re.compile(r"(?<!\d)(\d{2,3})年")
_NAME: Final = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff][\w&'-]*\w")

Hashes = npt.NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Trace:
    """`signature` of shape (PERMUTATIONS,); `size` the number of shingles; the others are sorted hashes, of the
    title's pairs of characters, of numbers, and of `entities`.

    Those are what another language would write the same way: numbers of two digits and more, dates, names in Latin
    letters, tags.
    """

    signature: Hashes
    size: int
    title: Hashes
    numbers: Hashes
    entities: Hashes


def trace(
    title: str,
    text: str,
    language: str,
    tags: tuple[str, ...] = (),
    commonplace: frozenset[str] = frozenset(),
) -> Trace:
    """The trace of an article; `commonplace` names (in small letters, no accents) tell nothing here."""
    plain = unicodedata.normalize("NFKC", f"{title}\n{text}"[:_READ])
    heading = _SIGNS.sub("", unicodedata.normalize("NFKC", title[:_READ]).casefold())
    pairs = {heading[start : start + 2] for start in range(max(1, len(heading) - 1))}
    pieces = shingles(plain, language)
    signature = _empty().copy()
    signature.update_batch(pieces.tolist())
    numbers = _numbers(plain)
    told = {number for number in numbers if len(number) > 1} | _dates(plain, language) | set(tags)
    told |= _names(plain) - commonplace
    hashes = np.asarray(signature.hashvalues, np.uint32)
    return Trace(hashes, len(pieces), _hashes(pairs), _hashes(numbers), _hashes(told))


def shingles(text: str, language: str) -> Hashes:
    """Hashes of the runs of four characters where words are not spaced, else of three words, each once.

    Signs and capitals do not count. A text that is shorter is one shingle; there is always one at least.
    """
    plain = _SIGNS.sub(" ", text.casefold())
    if language.startswith(_UNSPACED):
        length = _CHARACTERS_OF_SHINGLE
        squeezed = plain.replace(" ", "").encode("utf-32-le", "surrogatepass")
        parts = np.frombuffer(squeezed, np.uint32)
    else:
        length = _WORDS_OF_SHINGLE
        parts = np.array([_hash(word) for word in plain.split()], np.uint32)
    ends = max(1, len(parts) - length + 1)
    mixed = np.zeros(ends, np.uint32)
    for start in range(min(length, len(parts))):
        mixed = mixed * _MULTIPLIER + parts[start : start + ends]
    return np.asarray(np.unique(mixed), np.uint32)


def resemblance(one: Hashes, others: Hashes) -> npt.NDArray[np.float32]:
    """The estimated share of common shingles (Jaccard) of a signature with each of `others`, shape (n, 128)."""
    return np.asarray((others == one).mean(axis=1, dtype=np.float32))


def containment(resembling: float, size: int, other_size: int) -> float:
    """How much of the shorter one is in the longer one, from 0 to 1."""
    common = resembling * (size + other_size) / (1 + resembling)
    return min(1.0, common / max(1, min(size, other_size)))


def overlap(one: Hashes, other: Hashes) -> float:
    """How much of the shorter of two sorted lists of hashes is in the other, from 0 to 1; 1 when it is empty."""
    shorter = min(len(one), len(other))
    return len(np.intersect1d(one, other, assume_unique=True)) / shorter if shorter else 1.0


def _numbers(text: str) -> set[str]:
    return {_number(found[0]) for found in _NUMBER.finditer(text)}


def _number(written: str) -> str:
    if _THOUSANDS.fullmatch(written):
        return re.sub("[.,]", "", written)
    return written.replace(",", ".")


def _dates(text: str, language: str) -> set[str]:
    """Days as `m-d` and years of the Republic as common ones."""
    found = {f"{int(month)}-{int(day)}" for month, day in _CJK_DATE.findall(text)}
    found |= {str(int(year) + _ROC_EPOCH) for year in _CJK_YEAR.findall(text)}
    if language == "vi":
        found |= {f"{int(month)}-{int(day)}" for day, month in _VIETNAMESE_DATE.findall(text)}
    elif language in _MONTH_LANGUAGES:
        pattern, months = _month_names(language)
        for before, name, after in pattern.findall(text.casefold()):
            found |= {f"{months[name]}-{int(day)}" for day in (before, after) if day}
    return found


@lru_cache(maxsize=len(_MONTH_LANGUAGES))
def _month_names(language: str) -> tuple[re.Pattern[str], dict[str, int]]:
    months: dict[str, int] = {}
    for width in ("wide", "abbreviated"):
        for context in ("format", "stand-alone"):
            for number, name in get_month_names(width, context, language).items():
                months.setdefault(name.casefold().rstrip("."), number)
    names = "|".join(sorted(map(re.escape, months), key=len, reverse=True))
    day = r"\d{1,2}(?!\d)"
    return re.compile(rf"(?:(?<!\d)({day})(?:st|nd|rd|th|er|\.)? (?:de |of )?)?\b({names})\b\.?(?: ({day}))?"), months


def _names(text: str) -> set[str]:
    """Words in Latin letters that begin with a capital or have one inside, in small letters, without accents."""
    found = {word for word in _NAME.findall(text) if word != word.lower()}
    bare = (unicodedata.normalize("NFD", word.casefold()) for word in found)
    return {"".join(letter for letter in word if not unicodedata.combining(letter)) for word in bare}


def _hashes(words: set[str]) -> Hashes:
    return np.array(sorted({_hash(word) for word in words}), np.uint32)


def _hash(word: str) -> int:
    return zlib.crc32(word.encode("utf-8", "replace"))


@lru_cache(maxsize=1)
def _empty() -> "MinHash":
    from datasketch import MinHash

    return MinHash(num_perm=PERMUTATIONS, hashfunc=int)  # shingles are hashes already
