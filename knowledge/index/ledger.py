"""What a segment holds, in brief: enough to tell what has changed without reading the documents themselves."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple, overload

from pydantic import TypeAdapter

from knowledge.documents import Document, Source
from knowledge.index.holds import Key

FILE = "ledger.json"


class Entry(NamedTuple):
    """One document of a segment: its id, language, checksum, and how many passages it has."""

    id: str
    language: str
    checksum: str
    passages: int

    @property
    def key(self) -> Key:
        return self.id, self.language


class Ledger(Sequence[Entry]):
    """The entries of a segment, in order of its documents, kept as columns: entries are made as they are asked for.

    There may be a hundred thousand of them, of which an update looks at a few.
    """

    def __init__(self, entries: Sequence[tuple[str, str, str, int]]) -> None:
        self.keys: list[Key] = [(name, language) for name, language, _, _ in entries]
        self.checksums = [checksum for _, _, checksum, _ in entries]
        self.passages = [passages for _, _, _, passages in entries]

    def __len__(self) -> int:
        return len(self.keys)

    @overload
    def __getitem__(self, index: int) -> Entry: ...

    @overload
    def __getitem__(self, index: slice) -> list[Entry]: ...

    def __getitem__(self, index: int | slice) -> Entry | list[Entry]:
        if isinstance(index, slice):
            return [self[at] for at in range(*index.indices(len(self)))]
        return Entry(*self.keys[index], self.checksums[index], self.passages[index])


_ROWS = TypeAdapter(list[tuple[str, str, str, int]])


def write_ledger(folder: Path, entries: Iterable[Entry]) -> None:
    """Write the ledger of a segment, in order of its documents, into its folder."""
    (folder / FILE).write_text(json.dumps(list(entries)) + "\n", encoding="utf-8")


def read_ledger(folder: Path) -> Ledger:
    """What `write_ledger` wrote; raises `OSError` or `ValueError` when it is damaged."""
    return Ledger(_ROWS.validate_json((folder / FILE).read_bytes()))


_document_fields = attrgetter(*(field.name for field in fields(Document) if field.name != "source"))
_source_fields = attrgetter(*(f"source.{field.name}" for field in fields(Source)))


def document_checksum(document: Document) -> str:
    """Changes whenever anything of the document does."""
    values = (*_document_fields(document), *_source_fields(document))
    # An update does this for every document there is, and Python writes long texts slowly: they go in as they are.
    texts = [value if isinstance(value, str) else repr(value) for value in values]
    # With their lengths, so that nothing can move from one field to its neighbour unseen.
    whole = "\0".join(texts) + repr([*map(len, texts)])
    return hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def content_revision(checksums: Mapping[Key, str]) -> str:
    """One checksum over all documents, in whatever order they come."""
    digest = hashlib.sha256()
    for key in sorted(checksums):
        digest.update(f"{key[0]}\0{key[1]}\0{checksums[key]}\n".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()
