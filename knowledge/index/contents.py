"""What an index is to hold: every document's checksum, and the documents themselves as far as they may be needed."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from knowledge.documents import Document
from knowledge.errors import KnowledgeError
from knowledge.index.holds import Key
from knowledge.index.ledger import document_checksum
from knowledge.segments.document_file import DocumentFile, DocumentWriter


@dataclass(frozen=True, slots=True)
class Contents:
    """`checksums` of all documents by id and language, and `documents`: all of them, or those that differ."""

    documents: Mapping[Key, Document]
    checksums: Mapping[Key, str]

    @classmethod
    def of(cls, documents: Iterable[Document]) -> "Contents":
        """All of them, in memory. Raises `KnowledgeError` where two documents claim the same id and language, or there
        is none at all."""
        found = by_key(documents)
        return cls(found, _some({key: document_checksum(document) for key, document in found.items()}))

    @classmethod
    def spooled(cls, documents: Iterable[Document], in_force: Mapping[Key, str], folder: Path) -> "Contents":
        """Those that are not `in_force` with the same checksum, in files below `folder`; memory holds one at a time.

        Raises as `of`, and `OSError` when the disk is full. The files are to stay while the documents are used.
        """
        checksums: dict[Key, str] = {}
        places: dict[Key, int] = {}
        with DocumentWriter(folder) as writer:
            for key, document in _unique(documents):
                checksums[key] = document_checksum(document)
                if in_force.get(key) != checksums[key]:
                    places[key] = len(writer)
                    writer.add(document)
        return cls(_Spool(DocumentFile(folder, in_memory=0), places) if places else {}, _some(checksums))


def by_key(documents: Iterable[Document]) -> dict[Key, Document]:
    """Documents by id and language; raises `KnowledgeError` where two claim the same."""
    return dict(_unique(documents))


class _Spool(Mapping[Key, Document]):
    """Documents in a file, by id and language."""

    def __init__(self, documents: DocumentFile, places: Mapping[Key, int]) -> None:
        self._documents, self._places = documents, places

    def __getitem__(self, key: Key) -> Document:
        return self._documents[self._places[key]]

    def __iter__(self) -> Iterator[Key]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


def _unique(documents: Iterable[Document]) -> Iterator[tuple[Key, Document]]:
    titles: dict[Key, str] = {}
    for document in documents:
        key = document.id, document.language
        if key in titles:
            raise KnowledgeError(
                f"Two documents have the id {document.id} in {document.language}: '{titles[key]}' and "
                f"'{document.title}'. Give one of them another id, then: citydesk reindex"
            )
        titles[key] = document.title
        yield key, document


def _some(checksums: Mapping[Key, str]) -> Mapping[Key, str]:
    if not checksums:
        raise KnowledgeError("There is nothing to index: no FAQ entry and no article. Check content/faq.")
    return checksums
