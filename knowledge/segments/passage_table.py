"""Passages as numbers: which document each is from and where it begins and ends. Their texts are the documents'."""

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import overload

import numpy as np
from numpy.typing import NDArray

from knowledge.documents import Document
from knowledge.segments.growing import GrowingArray
from knowledge.segments.passages import Passage, Role

_ROLES: tuple[Role, ...] = ("question", "body", "contrast")
BODY, CONTRAST = _ROLES.index("body"), _ROLES.index("contrast")
_PASSAGES, _SPANS, _BOUNDS = "passages.npy", "spans.npy", "span-bounds.npy"


class PassageTable(Sequence[Passage]):
    """The passages in their order, put together from arrays as they are asked for.

    `owners` (passages,): position of each passage's document, ascending; `roles` (passages,): its place in
    ("question", "body", "contrast").
    """

    def __init__(self, folder: Path, documents: Sequence[Document]) -> None:
        """Open what a `PassageWriter` wrote; raises `OSError` or `ValueError` when it is damaged."""
        names = (_PASSAGES, _SPANS, _BOUNDS)
        table, self._spans, self._bounds = (np.load(folder / name, mmap_mode="r") for name in names)
        if table.ndim != 2 or table.shape[1] != 4 or len(self._bounds) != len(table) + 1:
            raise ValueError(f"{_PASSAGES} and {_BOUNDS} do not fit each other")
        if self._bounds[-1] != len(self._spans):
            raise ValueError(f"{_SPANS} and {_BOUNDS} do not fit each other")
        self._documents = documents
        self.owners: NDArray[np.int64] = table[:, 0].astype(np.int64)
        self.roles: NDArray[np.int8] = table[:, 1].astype(np.int8)
        self._places = table[:, 2:]
        if len(self.owners) and self.owners.max() >= len(documents):
            raise ValueError(f"{_PASSAGES} names documents that are not there")

    def __len__(self) -> int:
        return len(self.owners)

    @overload
    def __getitem__(self, index: int) -> Passage: ...

    @overload
    def __getitem__(self, index: slice) -> list[Passage]: ...

    def __getitem__(self, index: int | slice) -> Passage | list[Passage]:
        if isinstance(index, slice):
            return [self[at] for at in range(*index.indices(len(self)))]
        number = range(len(self))[index]
        owner, role = int(self.owners[number]), _ROLES[self.roles[number]]
        document = self._documents[owner]
        start, end = (int(place) for place in self._places[number])
        if role != "body":  # `start` counts the entry's questions, or its contrasts
            texts = document.contrasts if role == "contrast" else (document.title, *document.questions)
            return Passage(owner, role, texts[start])
        spans = self._spans[self._bounds[number] : self._bounds[number + 1]].tolist()
        return Passage(owner, role, document.text[start:end], start, end, tuple((first, last) for first, last in spans))


class PassageWriter(ExitStack):
    """Writes the passages of documents in order, as `split_passages` gives them, each part with all passages of its
    documents; `PassageTable` reads them once the block has ended."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        names = (_PASSAGES, _SPANS, _BOUNDS)
        self._passages, self._spans, self._bounds = (self.enter_context(GrowingArray(folder / name)) for name in names)
        self._written = 0
        self._bounds.append(np.zeros(1, np.int64))

    def append(self, passages: Sequence[Passage]) -> None:
        """The next documents' passages."""
        rows = []
        counted: dict[tuple[int, Role], int] = {}
        for passage in passages:
            start, end = passage.start, passage.end
            if passage.role != "body":
                start = counted.get((passage.document, passage.role), 0)
                counted[passage.document, passage.role] = start + 1
            rows.append((passage.document, _ROLES.index(passage.role), start, end))
        spans = [span for passage in passages for span in passage.sentences]
        bounds = np.cumsum([len(passage.sentences) for passage in passages], dtype=np.int64) + self._written
        self._passages.append(np.array(rows, dtype=np.int32).reshape(-1, 4))
        self._spans.append(np.array(spans, dtype=np.int32).reshape(-1, 2))
        self._bounds.append(bounds)
        self._written += len(spans)
