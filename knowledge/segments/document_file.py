"""Documents as lines of JSON in a file that is mapped, and read one by one as they are needed."""

import json
from collections.abc import Callable, Sequence
from dataclasses import fields
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Any, Self, overload

import numpy as np

from knowledge.documents import Document, Event, Kind, Source, from_record

FILE, _KEYS = "documents.jsonl", "keys.json"
_IN_MEMORY = 2_048
Key = tuple[str, str]
"""Id and language of a document."""


class DocumentFile(Sequence[Document]):
    """The documents in their order; a hundred thousand of them take no memory until they are asked for."""

    def __init__(self, folder: Path, in_memory: int = _IN_MEMORY) -> None:
        """Open what a `DocumentWriter` wrote; the `in_memory` documents that were asked for last are kept.

        Raises `OSError`, `ValueError` or `TypeError` when it is damaged.
        """
        self._bytes = np.memmap(folder / FILE, dtype=np.uint8, mode="r")
        self._ends = np.flatnonzero(self._bytes == ord("\n"))
        records = json.loads((folder / _KEYS).read_text(encoding="utf-8"))
        self.keys: list[Key] = [(str(name), str(language)) for name, language, _ in records]
        """Id and language of each document."""
        self.kinds: list[Kind] = [kind for _, _, kind in records]
        if len(self.keys) != len(self._ends) or self._ends[-1] != len(self._bytes) - 1:
            raise ValueError(f"{FILE} and {_KEYS} do not hold the same documents")
        self._read: Callable[[int], Document] = lru_cache(maxsize=in_memory)(self._parse)

    def __len__(self) -> int:
        return len(self._ends)

    @overload
    def __getitem__(self, index: int) -> Document: ...

    @overload
    def __getitem__(self, index: slice) -> list[Document]: ...

    def __getitem__(self, index: int | slice) -> Document | list[Document]:
        """Raises `ValueError`, `TypeError` or `LookupError` for a line that is no document."""
        if isinstance(index, slice):
            return [self[at] for at in range(*index.indices(len(self)))]
        return self._read(range(len(self))[index])

    def _parse(self, position: int) -> Document:
        start = self._ends[position - 1] + 1 if position else 0
        return from_record(json.loads(self._bytes[start : self._ends[position]].tobytes()))


class DocumentWriter:
    """Writes documents one by one into a folder; `DocumentFile` reads them once the block has ended."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._keys: list[tuple[str, str, Kind]] = []

    def __enter__(self) -> Self:
        self._file = (self._folder / FILE).open("w", encoding="utf-8", errors="backslashreplace", newline="\n")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()
        if error is None:
            (self._folder / _KEYS).write_text(json.dumps(self._keys), encoding="utf-8")

    def __len__(self) -> int:
        return len(self._keys)

    def add(self, document: Document) -> None:
        """The next document; raises `OSError` when the disk is full."""
        self._file.write(document_line(document))
        self._keys.append((document.id, document.language, document.kind))


def document_line(document: Document) -> str:
    """A document as one line of JSON: all its fields, as `dataclasses.asdict` gives them."""
    return _JSON.encode(document) + "\n"


_FIELDS = {kind: tuple(field.name for field in fields(kind)) for kind in (Document, Source, Event)}


def _plain(value: Any) -> Any:
    """What JSON has no form for. Unlike `asdict`, nothing is copied, which would take longer than the writing."""
    return (
        value.isoformat() if isinstance(value, date) else {name: getattr(value, name) for name in _FIELDS[type(value)]}
    )


_JSON = json.JSONEncoder(ensure_ascii=False, default=_plain)
