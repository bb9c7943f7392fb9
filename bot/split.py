"""Long Telegram HTML in pieces that Telegram takes, parted where a reader would pause."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

MAX_UNITS: Final = 4_096
"""Telegram's limit for one message, in UTF-16 code units."""

# A tag, an entity, or one character with the marks, joiners and skin tones that belong to it.
_ATOM: Final = re.compile(
    r"</?[a-z][^<>]*>|&(?:[a-z]+|#[0-9]+|#x[0-9a-fA-F]+);"
    r"|.(?:[\u0300-\u036f\u3099\u309a\ufe00-\ufe0f\u20e3\U0001f3fb-\U0001f3ff]|\u200d[^<>&]){0,12}",
    re.DOTALL,
)
_TAG: Final = re.compile(r"<(/?)([a-z]+)")
_CJK: Final = re.compile(r"[\u3000-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef]")
_SENTENCE_END: Final = frozenset("。！？!?…．")
_CLOSING: Final = frozenset("。，、！？：；」』）〉》】…．,.!?:;)]}ーゝ々")
_MARKS_AFTER_END: Final = frozenset("」』）〉》】\"'”’)")


def units(text: str) -> int:
    """Length in UTF-16 code units, as Telegram counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def split_html(html: str, limit: int = MAX_UNITS) -> list[str]:
    """Pieces of at most `limit` UTF-16 units (mark-up counted), each well-formed by itself.

    A piece ends at a paragraph, else at a line, a sentence, a space or between two East Asian characters.
    Only a text without any of these is cut elsewhere, but never inside a tag, an entity or a character with
    its marks. Tags open at a cut are closed and opened again. White space at the cuts is dropped, and so are
    pieces that would show nothing. `html` is well-formed, as `bot.render_html` writes it; its tags that are
    open at the same time fill at most a half of `limit`.
    """
    atoms = _ATOM.findall(html)
    pieces: list[str] = []
    open_tags: tuple[str, ...] = ()
    start = 0
    while start < len(atoms):
        end = _best_end(atoms, start, open_tags, limit)
        piece = _Piece(open_tags)
        for atom in atoms[start:end]:
            piece.add(atom)
        if piece.shows_something:
            pieces.append(piece.finished())
        open_tags = tuple(piece.stack)
        start = end
    return pieces


@dataclass(slots=True)
class _Piece:
    """A piece in the making: the mark-up open at its start is opened in it, what stays open is closed."""

    inherited: tuple[str, ...]
    stack: list[str] = field(init=False)
    parts: list[str] = field(init=False)
    length: int = field(init=False)
    shows_something: bool = False

    def __post_init__(self) -> None:
        self.stack = list(self.inherited)
        self.parts = list(self.inherited)
        self.length = sum(map(units, self.inherited))

    def add(self, atom: str) -> None:
        if not self.shows_something and atom.isspace():
            return
        tag = _TAG.match(atom)
        if tag is None:
            self.shows_something = self.shows_something or not atom.isspace()
        elif not tag[1]:
            self.stack.append(atom)
        elif self.stack:
            self.stack.pop()
        self.parts.append(atom)
        self.length += units(atom)

    def closing(self) -> str:
        return "".join(f"</{_name(tag)}>" for tag in reversed(self.stack))

    def finished(self) -> str:
        while self.parts and self.parts[-1].isspace():
            self.parts.pop()
        return "".join(self.parts) + self.closing()


def _best_end(atoms: list[str], start: int, open_tags: tuple[str, ...], limit: int) -> int:
    """Where the piece from `start` on ends: the best place in its second half, else the last that fits."""
    piece = _Piece(open_tags)
    candidates: list[tuple[int, int, int]] = []
    for index in range(start, len(atoms)):
        piece.add(atoms[index])
        if piece.length + units(piece.closing()) > limit:
            break
        candidates.append((_rank(atoms, index), index + 1, piece.length))
    else:
        return len(atoms)
    if not candidates:
        return start + 1
    for least in (4, 3, 2, 1):
        good = [end for rank, end, length in candidates if rank >= least and length * 2 >= limit]
        if good:
            return good[-1]
    return candidates[-1][1]


def _rank(atoms: list[str], index: int) -> int:
    """How well a cut after `atoms[index]` reads: 4 paragraph, 3 line, 2 sentence, 1 word, 0 anywhere."""
    atom = atoms[index]
    following = atoms[index + 1] if index + 1 < len(atoms) else ""
    if atom == "\n":
        return 4 if index and atoms[index - 1] == "\n" else 3
    if atom.isspace():
        before = next(_visible_before(atoms, index), "")
        return 2 if before in _SENTENCE_END or before == "." else 1
    if following in _MARKS_AFTER_END:
        return 0
    ended = atom in _MARKS_AFTER_END and index and atoms[index - 1] in _SENTENCE_END
    if (ended or atom in "。！？") and following not in _SENTENCE_END:
        return 2
    if _CJK.match(atom) and _CJK.match(following) and following not in _CLOSING:
        return 0 if atom in "「『（〈《【" else 1
    return 0


def _visible_before(atoms: list[str], index: int) -> Iterator[str]:
    return (atoms[at] for at in range(index - 1, max(index - 4, -1), -1) if not _TAG.match(atoms[at]))


def _name(tag: str) -> str:
    match = _TAG.match(tag)
    assert match is not None
    return match[2]
