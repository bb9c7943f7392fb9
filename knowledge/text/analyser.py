"""One analyser for index, query, FAQ and filters: text to the terms that matching counts.

Folding makes equal what people take to be the same: width (NFKC), case, Traditional and Simplified (OpenCC, by phrase:
計畫 is 计划), accents, the ways to write an Arabic letter, digits. Then each script is cut by what its words need:

- Han and kana: overlapping pairs (nothing marks where words end), and each Han character (電 is a word as well);
- Thai: overlapping threes, vowel and tone marks counted; Hangul: pairs of the word without its particle, and that word
  itself when it is longer than a pair;
- every other word: itself, and when it is longer than three letters its overlapping fours, edges marked by `_`
  (`~_vis` to `~its_` of "visits"), so that endings and compounds do not hide it, in any language, without a stemmer.
  A four is marked by `~`, so that no word is taken for a piece of another. A number has none: 2018 is not like 2019.

Words that carry no subject are dropped (`stop_words`). BM25 would weigh them down by itself; what they spoil is the
share of a question that a passage covers. A text of nothing else keeps them: "Who are you?".
Change `VERSION` with any change of behaviour: an index built by another version is rebuilt.
"""

import re
import unicodedata
import zlib
from collections.abc import Sequence
from functools import lru_cache
from operator import add

import numpy as np
from numpy.typing import NDArray
from opencc import OpenCC

from knowledge.text.korean import stem
from knowledge.text.stop_words import CHINESE_FILLER, JAPANESE_FILLER, KOREAN_STOP_WORDS, STOP_WORDS, THAI_FILLER

VERSION = "3"

_CACHED_CHARACTERS = 200
"""Questions come again and are asked for by several steps; passages do not, and their terms are large."""


def fold(text: str) -> str:
    """The form that is compared: width, case, script, accents and variants of letters made equal, nothing cut.

    >>> fold("Ｐｏｚｎａń 臺北")
    'poznan 台北'
    """
    return _fold_letters(_fold_script(text))


def terms(text: str) -> tuple[str, ...]:
    """The terms of a text, repeated as they occur; empty for text with nothing to match.

    They are letters, digits and marks, with `~` and `_` in pieces of words: no white space, no control character.

    >>> terms("What are the three maps?")
    ('three', '~_thr', '~thre', '~hree', '~ree_', 'maps', '~_map', '~maps', '~aps_')
    """
    return _cached_terms(text) if len(text) <= _CACHED_CHARACTERS else _terms(text)


def is_piece(term: str) -> bool:
    """Whether a term is a piece of the word before it, and not a word or a pair of characters."""
    return term.startswith("~")


def hashes(found: Sequence[str]) -> NDArray[np.uint32]:
    """A number for each term, in order: CRC-32 of its UTF-8, the same in every process and on every machine.

    Two of half a million terms share a number so rarely (one term in 8,000) that a score hardly notices.
    """
    # Remembering the numbers of terms was measured to be slower than making them again.
    return np.fromiter(map(zlib.crc32, map(str.encode, found)), dtype=np.uint32, count=len(found))


HAN = r"\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
KANA = r"\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff"
THAI = r"\u0e01-\u0e3a\u0e40-\u0e4e"
HANGUL = r"\u1100-\u11ff\ua960-\ua97f\uac00-\ud7ff"
_LETTER = rf"[^\W_{HAN}{KANA}{THAI}{HANGUL}]"
# Marks are no letters for `re`, but belong to words: vowel signs of India, vowel points of Arabic and Hebrew.
_MARKS = "".join(
    chr(code)
    for first, last in ((0x300, 0xE00), (0xE80, 0x1E00), (0xA66F, 0xAC00))
    for code in range(first, last)
    if unicodedata.category(chr(code)) in ("Mn", "Mc")
)

_HAN_CHARACTER = re.compile(f"[{HAN}]")
_KANA_CHARACTER = re.compile(f"[{KANA}]")
_CJK_RUN = re.compile(f"[{HAN}{KANA}]+")
_THAI_RUN = re.compile(f"[{THAI}]+")
_HANGUL_RUN = re.compile(f"[{HANGUL}]+")
WORD = re.compile(f"{_LETTER}+(?:[{_MARKS}]+{_LETTER}*)*")

_SURROGATE = re.compile("[\ud800-\udfff]")  # OpenCC goes through UTF-8, which has none
# Soft hyphen, zero width space and joiners, directions, variation selectors: not seen, so not there.
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e01ef]"
)
# Characters of most Chinese and Japanese text. NFKC changes nothing among them but punctuation, which separates anyway.
_PLAIN = re.compile(
    "[\x00-\x7f\u00a0\u2010-\u2027\u3000-\u3035\u3041-\u3096\u309d\u309e\u30a1-\u30fe\u4e00-\u9fff\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65]*"
)

_ACCENTS = re.compile("[\u0300-\u036f\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed]+")
_VARIANTS = str.maketrans(
    {
        **dict(zip("øłđðħŧıßſ", ["o", "l", "d", "d", "h", "t", "i", "ss", "s"], strict=True)),
        **{"æ": "ae", "œ": "oe", "þ": "th", "ς": "σ"},
        **{"ٱ": "ا", "ى": "ي", "ی": "ي", "ے": "ي", "ة": "ه", "ک": "ك", "ـ": None},
        **{chr(zero + digit): str(digit) for zero in (0x660, 0x6F0, 0x966, 0xE50) for digit in range(10)},
    }
)


def _fold_script(text: str) -> str:
    """NFKC without what cannot be seen, Traditional Chinese to Simplified; case and accents stay."""
    return simplify(_compatible(text))


def _compatible(text: str) -> str:
    return _INVISIBLE.sub("", unicodedata.normalize("NFKC", _SURROGATE.sub(" ", text)))


def visible(text: str) -> str:
    """NFKC without what cannot be seen, so far as that changes anything that is matched."""
    return text if _PLAIN.fullmatch(text) else _compatible(text)


def simplify(text: str) -> str:
    """By phrase, then by character: OpenCC leaves 著 in 著名 and 於 in 於單 (a name, but also in 限於單一)."""
    if not _HAN_CHARACTER.search(text):
        return text
    text = str(_opencc().convert(text))
    traditional, table = _traditional()
    return traditional.sub(lambda found: table[found[0]], text)


def _fold_letters(text: str) -> str:
    """Case folded, without accents of Latin, Greek, Cyrillic and Arabic letters; marks of other scripts stay."""
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFD", text.casefold()).casefold()
    return _join_thai(unicodedata.normalize("NFKC", _ACCENTS.sub("", text).translate(_VARIANTS)))


def _join_thai(text: str) -> str:
    """NFKC takes sara am apart; two sara e are how many type sara ae."""
    return text.replace("\u0e4d\u0e32", "\u0e33").replace("\u0e40\u0e40", "\u0e41")


def _stop_key(word: str, bare: str) -> str:
    """Greek and Arabic are compared without accents, which are often left out; in Latin they tell words apart."""
    return bare if bare > "\u0370" else word.casefold()


_STOP_KEYS = frozenset(_stop_key(word, _fold_letters(word)) for word in STOP_WORDS)


@lru_cache(maxsize=1)
def _opencc() -> OpenCC:
    return OpenCC("t2s")


@lru_cache(maxsize=1)
def _traditional() -> tuple[re.Pattern[str], dict[str, str]]:
    """What OpenCC replaces character by character, and 坯, which it makes of 坏 in 打坏."""
    characters = [chr(code) for code in range(0x3400, 0xA000)]
    simplified = str(_opencc().convert("\n".join(characters))).split("\n")
    table = {old: new for old, new in zip(characters, simplified, strict=True) if old != new} | {"坯": "坏"}
    return re.compile(f"[{''.join(table)}]"), table


@lru_cache(maxsize=4096)
def _cached_terms(text: str) -> tuple[str, ...]:
    return _terms(text)


def _terms(text: str) -> tuple[str, ...]:
    folded = simplify(visible(text))
    return tuple(_cut(folded, True) or _cut(folded, False))


def _cut(text: str, dropping: bool) -> list[str]:
    """Terms of text with its script folded: of words first, then of Han and kana, Thai, Hangul."""
    kana, thai, hangul = _KANA_CHARACTER.search(text), _THAI_RUN.search(text), _HANGUL_RUN.search(text)
    if thai:
        text = _join_thai(text)
    if dropping:
        text = _without_filler(text, bool(kana), bool(thai))
    found: list[str] = []
    for word in WORD.findall(text):
        found += word_terms(word, dropping)
    for run in _CJK_RUN.findall(text):
        if len(run) > 1:
            found += map(add, run, run[1:])
            found += _HAN_CHARACTER.findall(run) if kana else run
        else:
            found.append(run)
    if thai:
        for run in _THAI_RUN.findall(text):
            found += _windows(run, 3)
    if hangul:
        for run in _HANGUL_RUN.findall(text):
            found += _korean_terms(run, dropping)
    return found


def _without_filler(text: str, kana: bool, thai: bool) -> str:
    """Fillers become spaces, so that no pair reaches across."""
    text = CHINESE_FILLER.sub(" ", text)
    if kana:
        text = JAPANESE_FILLER.sub(" ", text)
    return THAI_FILLER.sub(" ", text) if thai else text


@lru_cache(maxsize=1 << 16)
def word_terms(word: str, dropping: bool) -> tuple[str, ...]:
    """The terms of a match of `WORD` in text with its script folded; `dropping`: none of a stop word."""
    bare = _fold_letters(word)
    if dropping and _stop_key(word, bare) in _STOP_KEYS:
        return ()
    if len(bare) <= 3 or bare.isdigit():
        return (bare,) if bare else ()
    return (bare, *("~" + piece for piece in _windows(f"_{bare}_", 4)))


@lru_cache(maxsize=1 << 14)
def _korean_terms(run: str, dropping: bool) -> tuple[str, ...]:
    word = stem(run)
    if dropping and (word in KOREAN_STOP_WORDS or run in KOREAN_STOP_WORDS):
        return ()
    return (*_windows(word, 2), word) if len(word) > 2 else (word,)


def _windows(run: str, size: int) -> list[str]:
    """The overlapping pieces of `size` characters; a shorter run is its own."""
    return [run[at : at + size] for at in range(len(run) - size + 1)] or [run]
