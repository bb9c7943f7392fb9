"""Looks through generations for damage and for drift: every file, and whether vectors, passages and words agree."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import tantivy

from knowledge.errors import IndexProblem
from knowledge.index import generations
from knowledge.index.base import Base
from knowledge.index.files import forget
from knowledge.index.generations import LEXICAL
from knowledge.index.ledger import content_revision, document_checksum
from knowledge.index.opening import Generation, open_generation


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found about one generation: nothing in `problems` where it is whole."""

    generation: str
    in_force: bool
    problems: tuple[str, ...]


def verify_all(root: Path) -> list[Verdict]:
    """Every kept generation, oldest first, each file read anew. Raises `IndexProblem` when CURRENT names none."""
    now = generations.current(root)
    folders = generations.kept(root)
    if now not in folders:
        folders.append(now)
    forget(path for folder in folders for path in folder.rglob("*"))
    return [Verdict(folder.name, folder == now, tuple(verify_generation(folder))) for folder in folders]


def verify_generation(folder: Path) -> Iterator[str]:
    """What is wrong with a generation, in words; nothing when it is whole."""
    try:
        generation = open_generation(folder)
        base = Base.open(folder, thorough=True)
    except IndexProblem as error:
        yield str(error)
        return
    if generation.manifest.generation != generations.name_of(folder):
        yield f"its manifest is that of {generation.manifest.generation}"
    yield from _counts(generation)
    yield from _ids(generation, base)
    yield from _ledgers(generation, base)


def _counts(generation: Generation) -> Iterator[str]:
    manifest = generation.manifest
    documents = sum(record.documents - len(record.removed) for record in manifest.segments)
    passages = sum(record.passages - record.removed_passages for record in manifest.segments)
    if (documents, passages) != (manifest.documents, manifest.passages):
        yield f"{documents} documents and {passages} passages are in force, {manifest.documents} and " + (
            f"{manifest.passages} by the manifest"
        )


def _ids(generation: Generation, base: Base) -> Iterator[str]:
    """Passages, their vectors and their words go by the same ids, and no id stands for two passages."""
    in_force: set[int] = set()
    seen: set[int] = set()
    for number, (record, segment) in enumerate(zip(base.manifest.segments, generation.segments, strict=True)):
        ids = set(segment.ids.tolist())
        if ids != set(segment.vectors.ids.tolist()):
            yield f"segment {record.name}: vectors and passages have different ids"
        if ids & seen or max(ids) >= base.manifest.next_id:
            yield f"segment {record.name}: ids of passages are used twice, or will be"
        seen |= ids
        in_force.update(base.passage_ids(number, (position for position, _ in base.entries_in_force(number, record))))
    words = _indexed(base.folder)
    if words != in_force:
        yield f"the lexical index holds {len(words - in_force)} passages too many and lacks {len(in_force - words)}"


def _indexed(folder: Path) -> set[int]:
    """Ids of all passages in the lexical index, with words or without: asked of tantivy itself."""
    searcher = tantivy.Index.open(str(folder / LEXICAL)).searcher()
    if not searcher.num_docs:
        return set()
    hits = searcher.search(tantivy.Query.all_query(), int(searcher.num_docs)).hits
    ids = searcher.fast_field_values("passage", [address for _, address in hits])
    return {number for number in ids if isinstance(number, int)}


def _ledgers(generation: Generation, base: Base) -> Iterator[str]:
    """The ledgers by which changes are told are those of the very documents."""
    for record, segment, ledger in zip(base.manifest.segments, generation.segments, base.ledgers, strict=True):
        found = [((d.id, d.language), document_checksum(d)) for d in segment.documents]
        if found != [(entry.key, entry.checksum) for entry in ledger]:
            yield f"segment {record.name}: its ledger is of other documents"
    if content_revision(base.checksums) != generation.manifest.content:
        yield "its documents are not those of its content revision"
