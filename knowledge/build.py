"""Documents to a new index generation."""

import hashlib
import json
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from knowledge import analyser, generations
from knowledge.documents import Document, Source
from knowledge.encoder import Encoder
from knowledge.errors import IndexProblem, KnowledgeError
from knowledge.lexical import LexicalIndex
from knowledge.passages import Passage, split_passages
from knowledge.vectors import VectorIndex

FORMAT = "1"
"""Layout of the files; a change makes every older index be built anew."""
_BATCH = 512

Progress = Callable[[str, int, int], None]
"""Called with the step's name, what is done and what there is."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did. `changed` is false when the index in force already held exactly these documents."""

    generation: str
    documents: int
    passages: int
    seconds: float
    changed: bool


def build_index(
    root: Path,
    documents: list[Document],
    encoder: Encoder,
    *,
    full: bool = False,
    dry_run: bool = False,
    progress: Progress = lambda step, done, total: None,
) -> BuildReport:
    """Index `documents` below `root` and switch to the new generation; readers never see a half-built one.

    Nothing is done when the index in force was built from the same documents, encoder and analyser, unless
    `full`. With `dry_run` nothing is written. A build that fails leaves the one in force as it was.
    """
    started = time.monotonic()
    inputs = inputs_checksum(documents, encoder.checksum)
    parent = _current_manifest(root)
    passages = list(split_passages(documents))
    if (parent and parent.inputs == inputs and not full) or dry_run:
        changed = not (parent and parent.inputs == inputs)
        name = parent.generation if parent else "none"
        return BuildReport(name, len(documents), len(passages), time.monotonic() - started, changed)
    if not documents:
        raise KnowledgeError("There is nothing to index: no FAQ entry and no article. Check content/faq.")
    folder = generations.new_folder(root)
    try:
        _write(folder, documents, passages, encoder, progress)
        manifest = generations.Manifest(
            generation=folder.name,
            parent=parent.generation if parent else None,
            created=time.time(),
            inputs=inputs,
            encoder=encoder.name,
            encoder_checksum=encoder.checksum,
            analyser=analyser.VERSION,
            documents=len(documents),
            passages=len(passages),
            files=generations.checksums(folder),
        )
        generations.publish(root, folder, manifest)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return BuildReport(folder.name, len(documents), len(passages), time.monotonic() - started, True)


def inputs_checksum(documents: list[Document], encoder_checksum: str) -> str:
    """One checksum over all that an index depends on."""
    digest = hashlib.sha256(f"{FORMAT}/{analyser.VERSION}/{encoder_checksum}".encode())
    for document in documents:
        digest.update(_document_line(document).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def read_documents(folder: Path) -> list[Document]:
    """The documents of a generation; raises `OSError`, `ValueError` or `TypeError` when the file is damaged."""
    return [_document(json.loads(line)) for line in _lines(folder / "documents.jsonl")]


def read_passages(folder: Path) -> list[Passage]:
    """The passages of a generation, in order of their numbers; raises as `read_documents` does."""
    return [Passage(**json.loads(line)) for line in _lines(folder / "passages.jsonl")]


def passage_context(document: Document, passage: Passage) -> str:
    """The text that is encoded and indexed: a news passage alone rarely says what it is about, its headline does."""
    return f"{document.title}\n{passage.text}" if document.kind == "news" and passage.role == "body" else passage.text


def passage_terms(documents: list[Document], passage: Passage) -> tuple[str, ...]:
    """The terms under which a passage is found; a contrast is there to be met by meaning, not to be found."""
    if passage.role == "contrast":
        return ()
    return analyser.terms(passage_context(documents[passage.document], passage))


def _write(
    folder: Path, documents: list[Document], passages: list[Passage], encoder: Encoder, progress: Progress
) -> None:
    with (folder / "documents.jsonl").open("w", encoding="utf-8", errors="backslashreplace") as file:
        file.writelines(_document_line(document) for document in documents)
    with (folder / "passages.jsonl").open("w", encoding="utf-8", errors="backslashreplace") as file:
        file.writelines(json.dumps(asdict(passage), ensure_ascii=False) + "\n" for passage in passages)
    texts = [passage_context(documents[passage.document], passage) for passage in passages]
    blocks = []
    for start in range(0, len(texts), _BATCH):
        blocks.append(encoder.encode(texts[start : start + _BATCH], "passage"))
        progress("encoding passages", min(start + _BATCH, len(texts)), len(texts))
    VectorIndex.build(np.concatenate(blocks)).save(folder)
    LexicalIndex.build(folder, (passage_terms(documents, passage) for passage in passages))
    progress("writing the index", 1, 1)


def _current_manifest(root: Path) -> generations.Manifest | None:
    try:
        folder = generations.current(root)
        manifest = generations.read_manifest(folder)
        generations.verify(folder, manifest)
        return manifest
    except IndexProblem:
        return None  # missing or damaged: a build is what mends it


def _document_line(document: Document) -> str:
    return json.dumps(asdict(document), ensure_ascii=False, default=date.isoformat) + "\n"


def _document(data: dict[str, Any]) -> Document:
    source = data["source"]
    published = date.fromisoformat(source["published"]) if source["published"] else None
    fields = {
        **data,
        "questions": tuple(data["questions"]),
        "contrasts": tuple(data["contrasts"]),
        "source": Source(**{**source, "published": published}),
    }
    return Document(**fields)


def _lines(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8") as file:
        yield from file
