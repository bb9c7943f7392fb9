"""Writing systems: which one a character belongs to, and where a text changes from one to another.

Pure standard library, so that it runs in both environments. Positions are character offsets.
"""

import unicodedata
from typing import List, NamedTuple

HAN = "han"
KANA = "kana"
OTHER = "other"
SPACE = "space"

_HAN_RANGES = (
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0x20000, 0x323AF),
)
_HAN_SIGNS = frozenset("々〆〇")
_KANA_RANGES = ((0x3041, 0x30FF), (0x31F0, 0x31FF), (0xFF66, 0xFF9F), (0x1B000, 0x1B16F))
_MIDDLE_DOT = "・"  # sits among the katakana, but only separates words


class Run(NamedTuple):
    """A stretch of one writing system: `text[start:end]`."""

    start: int
    end: int
    script: str


def script_of(char: str) -> str:
    """The writing system of one character: HAN, KANA, SPACE or OTHER."""
    code = ord(char)
    if code < 0x3000:
        return SPACE if char.isspace() else OTHER
    if char in _HAN_SIGNS or any(low <= code <= high for low, high in _HAN_RANGES):
        return HAN
    if char != _MIDDLE_DOT and any(low <= code <= high for low, high in _KANA_RANGES):
        return KANA
    return SPACE if char.isspace() else OTHER


def runs(text: str) -> List[Run]:
    """The text as stretches of one writing system each, in order; spaces are their own stretches."""
    found: List[Run] = []
    for position, char in enumerate(text):
        script = script_of(char)
        if found and found[-1].script == script:
            found[-1] = Run(found[-1].start, position + 1, script)
        else:
            found.append(Run(position, position + 1, script))
    return found


def pipeline_language(text: str) -> str:
    """Which tokenizer fits: "ja" where there is kana, "zh" for Han without kana, otherwise "en"."""
    scripts = {script_of(char) for char in text}
    if KANA in scripts:
        return "ja"
    return "zh" if HAN in scripts else "en"


def split_japanese(text: str) -> List[Run]:
    """Japanese without a dictionary: Han one by one, kana up to a change between hiragana and katakana.

    Everything else (Latin words, numbers) stays whole between spaces; punctuation is cut off
    character by character.
    """
    pieces: List[Run] = []
    for run in runs(text):
        if run.script == HAN:
            pieces.extend(Run(at, at + 1, HAN) for at in range(run.start, run.end))
        elif run.script != SPACE:
            pieces.extend(_by_kind(text, run))
    return pieces


def _by_kind(text: str, run: Run) -> List[Run]:
    pieces: List[Run] = []
    last = ""
    for position in range(run.start, run.end):
        kind = _kind(text[position], last)
        if pieces and kind == last and kind != "sign":
            pieces[-1] = Run(pieces[-1].start, position + 1, run.script)
        else:
            pieces.append(Run(position, position + 1, run.script))
        last = kind
    return pieces


def _kind(char: str, before: str) -> str:
    """Hiragana, katakana, word or sign; the long-vowel mark goes with whatever kana stands before it."""
    if char == "ー" and before in ("hiragana", "katakana"):
        return before
    if "\u3041" <= char <= "\u309f":
        return "hiragana"
    if script_of(char) == KANA:
        return "katakana"
    return "word" if unicodedata.category(char)[0] in "LNM" else "sign"
