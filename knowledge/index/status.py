"""What there is of an index, for people and machines to look at."""

from dataclasses import dataclass
from pathlib import Path

from knowledge.index import generations
from knowledge.index.base import Base
from knowledge.index.holds import read_holds
from knowledge.index.tombstones import Tombstones


@dataclass(frozen=True, slots=True)
class Kept:
    """A generation on disk; `created` in seconds since 1970."""

    generation: str
    parent: str | None
    created: float
    documents: int
    passages: int
    in_force: bool


@dataclass(frozen=True, slots=True)
class IndexStatus:
    """The generation in force, and what is kept beside it.

    `created` in seconds since 1970; `removed_share` is the share of passages on disk that are no longer in force (0
    to 1); `hidden` maps ids of hidden documents to when; `held` are id and language of documents kept as they were by
    a rollback from `undone`.
    """

    generation: str
    parent: str | None
    created: float
    content: str
    encoder: str
    encoder_checksum: str
    analyser: str
    documents: int
    passages: int
    segments: int
    removed_share: float
    kept: tuple[Kept, ...]
    hidden: dict[str, float]
    held: tuple[tuple[str, str], ...]
    undone: str | None


def index_status(root: Path, *, thorough: bool = False) -> IndexStatus:
    """The index in `root`, sizes and small files checked, large ones too when `thorough`. Raises `IndexProblem`."""
    manifest = Base.open(generations.current(root), thorough=thorough).manifest
    kept = tuple(
        Kept(m.generation, m.parent, m.created, m.documents, m.passages, m.generation == manifest.generation)
        for m in generations.kept_manifests(root)
    )
    holds = read_holds(root)
    return IndexStatus(
        generation=manifest.generation,
        parent=manifest.parent,
        created=manifest.created,
        content=manifest.content,
        encoder=manifest.encoder,
        encoder_checksum=manifest.encoder_checksum,
        analyser=manifest.analyser,
        documents=manifest.documents,
        passages=manifest.passages,
        segments=len(manifest.segments),
        removed_share=manifest.removed_share,
        kept=kept,
        hidden=dict(Tombstones(root).hidden()),
        held=tuple(sorted(holds.documents)),
        undone=holds.undone if holds.documents else None,
    )
