"""What has changed in an article, and whether its publisher says that it was corrected. Pure."""

import re
import unicodedata
from collections.abc import Iterator
from difflib import SequenceMatcher

MAX_DIFF = 200
"""Lines of one diff."""

_MAX_PIECES = 2_000
_MAX_LINE = 400
_FIRST_LINE = 200

_HAN = "更正|勘誤|勘误|修正|訂正|订正|正誤|정정|수정"
_WORDS = (
    "corrections?|corrected|corrigend(?:um|a)|errat(?:um|a)|clarification|update[ds]?|berichtigung|korrektur|korrigiert"
    "|rectificatif|rectification|mise à jour|corrección|corregido|fe de erratas|actualización|sprostowanie"
    "|aktualizacja|koreksi|ralat|đính chính|cập nhật|düzeltme|güncelleme|διόρθωση|ενημέρωση|تصحيح|تحديث|แก้ไข"
)
_MARK = rf"(?:{_HAN}|\b(?:{_WORDS})\b)"
# "UPDATE 2" is another correction than "UPDATE 1".
_NUMBERED = rf"{_MARK}\s*(?:no\.\s*)?\d{{0,3}}"
_PARTED = r"[:：;；|｜\-–—‑/／]"
_OPEN, _CLOSE = r"[(（\[［【〔〈《「『<]", r"[)）\]］】〕〉》」』>]"
_DATE = r"[\d\s./年月日:-]{0,16}"
_DATE_AFTER = r"(?:\s*(?:\w{2,9}\.?\s){0,2}\d[\w\s.,/:-]{0,20})?"
_MARKS = (
    # First, with what parts it from the rest: "更正：…", "UPDATE 2 - …".
    re.compile(rf"^\W*({_NUMBERED})(?:版|稿|啟事|启事|公告|表)?\s*{_PARTED}", re.IGNORECASE),
    # Last: "… – corrected".
    re.compile(rf"\s{_PARTED}\s*({_NUMBERED})(?:版|稿|啟事)?\W*$", re.IGNORECASE),
    # In brackets, alone or with a date: "【更正】", "(4/3更正)", "(corrected 4 May)".
    re.compile(rf"{_OPEN}({_DATE}{_MARK}(?:版|稿|啟事|启事|公告|\sversion)?{_DATE_AFTER})\s*{_CLOSE}", re.IGNORECASE),
    # Tenders: "第三次更正招標公告". Renewal (都更) that is formal (正式) is another thing.
    re.compile(r"((?:第[一二三四五六七八九十\d]{1,3}次)?更正(?:招標|決標|標售|標租|評選|徵選)?公告)"),
    # Said in so many words.
    re.compile(r"((?:已|業經|予以|特此)(?:更正(?!式)|勘誤)|特此(?:修正|訂正))"),
    re.compile(r"\b((?:has been|have been|was|were) corrected)\b", re.IGNORECASE),
)
# A sentence is the smallest piece that a diff tells apart: many articles are one long line.
_SENTENCE = re.compile(r"(?<=[。！？!?])(?=[^\s。！？!?」』）)])|(?<=[.!?…])\s+|\n")


def is_correction(old_title: str, old_text: str, new_title: str, new_text: str) -> bool:
    """Whether the title or the first line of the text says, and did not say before, that something was corrected."""
    return bool(_marks(new_title, new_text) - _marks(old_title, old_text))


def diff_lines(old: str, new: str) -> tuple[str, ...]:
    """What became of `old`, sentence by sentence, in a unified diff without the names of files; at most `MAX_DIFF`.

    An article is given as its title, a newline and its text.

    Empty when nothing differs but spaces. Where more has changed than a diff may hold, its last line is `…`.
    """
    before, after = _pieces(old), _pieces(new)
    same = _common_head(before, after)
    skip = max(0, same - 1)
    lines = tuple(_hunks(before[skip:][:_MAX_PIECES], after[skip:][:_MAX_PIECES], skip))
    if before != after and not lines:
        return ("…",)
    return lines if len(lines) <= MAX_DIFF else (*lines[: MAX_DIFF - 1], "…")


def _marks(title: str, text: str) -> set[str]:
    first_line = text.strip().partition("\n")[0][:_FIRST_LINE]
    found: set[str] = set()
    for line in (title, first_line):
        normal = unicodedata.normalize("NFC", line).strip()
        for pattern in _MARKS:
            found |= {" ".join(mark.casefold().split()) for mark in pattern.findall(normal)}
    return found


def _pieces(text: str) -> list[str]:
    return [" ".join(piece.split()) for piece in _SENTENCE.split(text) if piece.strip()]


def _common_head(before: list[str], after: list[str]) -> int:
    for number, (one, other) in enumerate(zip(before, after, strict=False)):
        if one != other:
            return number
    return min(len(before), len(after))


def _hunks(before: list[str], after: list[str], skipped: int) -> Iterator[str]:
    for group in SequenceMatcher(None, before, after).get_grouped_opcodes(1):
        old_start, old_end, new_start, new_end = group[0][1], group[-1][2], group[0][3], group[-1][4]
        old_range = _range(old_start + skipped, old_end - old_start)
        yield f"@@ -{old_range} +{_range(new_start + skipped, new_end - new_start)} @@"
        for tag, start, end, other_start, other_end in group:
            if tag == "equal":
                yield from (_line(" ", piece) for piece in before[start:end])
            else:
                yield from (_line("-", piece) for piece in before[start:end])
                yield from (_line("+", piece) for piece in after[other_start:other_end])


def _range(start: int, length: int) -> str:
    # As diff has it: counted from 1, a single line without its length, an empty range by the line before it.
    first = start + 1 if length else start
    return str(first) if length == 1 else f"{first},{length}"


def _line(sign: str, piece: str) -> str:
    return sign + (piece if len(piece) <= _MAX_LINE else piece[: _MAX_LINE - 1] + "…")
