"""Questions with a known outcome, from which is learned when a hit answers: content/rehearsal/<language>.yml."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from knowledge.content.yaml_files import line_of, load_yaml
from knowledge.errors import ContentError

_KINDS: Final = ("answered", "near", "elsewhere")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A question and its language."""

    text: str
    language: str


@dataclass(frozen=True, slots=True)
class AnsweredPhrase:
    """A question, its language, and the ids of the documents that answer it."""

    text: str
    language: str
    accepted: frozenset[str]


@dataclass(frozen=True, slots=True)
class Lessons:
    """Questions that are `answered`; those that nothing answers, though `near` to something that the city has told;
    and those that lead `elsewhere`."""

    answered: tuple[AnsweredPhrase, ...] = ()
    near: tuple[Phrase, ...] = ()
    elsewhere: tuple[Phrase, ...] = ()

    def and_elsewhere(self, phrases: Iterable[Phrase]) -> "Lessons":
        """The same with more that lead elsewhere."""
        return replace(self, elsewhere=(*self.elsewhere, *phrases))

    def record(self) -> dict[str, list[list[str]]]:
        """As JSON takes it: each question as its language, its text, and the ids that it accepts."""
        return {
            "answered": [[phrase.language, phrase.text, *sorted(phrase.accepted)] for phrase in self.answered],
            "near": [[phrase.language, phrase.text] for phrase in self.near],
            "elsewhere": [[phrase.language, phrase.text] for phrase in self.elsewhere],
        }

    @classmethod
    def of_record(cls, record: Mapping[str, Sequence[Sequence[str]]]) -> "Lessons":
        """What `record` gave. Raises `ValueError`, `TypeError` or `LookupError` when it is damaged."""
        answered = [AnsweredPhrase(text, language, frozenset(ids)) for language, text, *ids in record["answered"]]
        near, elsewhere = (
            tuple(Phrase(text, language) for language, text in record[kind]) for kind in ("near", "elsewhere")
        )
        return cls(tuple(answered), near, elsewhere)


NO_LESSONS = Lessons()


def load_lessons(folder: Path) -> Lessons:
    """All of `folder`/<language>.yml, in order; nothing where there is no such folder.

    Raises `ContentError` with file and line for whatever is wrong. An entry that is not in the FAQ is no error: it may
    have been taken out since.
    """
    answered: list[AnsweredPhrase] = []
    near: list[Phrase] = []
    elsewhere: list[Phrase] = []
    for path in sorted(folder.glob("*.yml")):
        data, language = load_yaml(path), path.stem
        if not isinstance(data, dict) or not set(data) <= set(_KINDS):
            raise ContentError(path, 1, f"must hold lists named {', '.join(f'`{kind}:`' for kind in _KINDS)}")
        answered += [
            AnsweredPhrase(_text(path, line, item), language, _accepted(path, line, item))
            for line, item in _items(path, data, "answered")
        ]
        near += [Phrase(_plain(path, line, item), language) for line, item in _items(path, data, "near")]
        elsewhere += [Phrase(_plain(path, line, item), language) for line, item in _items(path, data, "elsewhere")]
    return Lessons(tuple(answered), tuple(near), tuple(elsewhere))


def _items(path: Path, data: Any, kind: str) -> Iterator[tuple[int, Any]]:
    items = data.get(kind)
    if items is None:
        return
    if not isinstance(items, list):
        raise ContentError(path, line_of(data, kind), f"`{kind}:` must be a list, each line starting with `- `")
    for number, item in enumerate(items):
        yield line_of(items, number), item


def _text(path: Path, line: int, item: Any) -> str:
    if not isinstance(item, dict) or set(item) != {"q", "entry"}:
        raise ContentError(path, line, "must be `- q: the question`, and on the next line `entry: the entry's id`")
    return _plain(path, line, item["q"])


def _plain(path: Path, line: int, value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ContentError(path, line, "must be a question; put it in quotes when it holds a colon or is a number")
    return value.strip()


def _accepted(path: Path, line: int, item: Any) -> frozenset[str]:
    entries = item["entry"] if isinstance(item["entry"], list) else [item["entry"]]
    if not entries or not all(isinstance(entry, str) and entry.strip() for entry in entries):
        raise ContentError(path, line, "`entry:` must be an entry's id, or a list of ids such as [a.b, a.c]")
    return frozenset(f"faq:{entry.strip()}" for entry in entries)
