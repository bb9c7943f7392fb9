"""Back to an earlier generation: whole, verified, of the same encoder; and kept there until content changes."""

from pathlib import Path

from knowledge.encoder import Encoder
from knowledge.errors import IndexProblem, NoSuchGeneration
from knowledge.index import generations
from knowledge.index.base import Base
from knowledge.index.holds import Holds, after_going_forward, after_rollback, read_holds, write_holds
from knowledge.index.locking import LOCK, exclusive
from knowledge.index.manifest import Manifest
from knowledge.index.opening import open_generation


def roll_back(root: Path, encoder: Encoder, wanted: str | None = None, *, wait: float = 30.0) -> Manifest:
    """Put the generation `wanted` in force, or the one before; gives its manifest.

    What the generation left behind held otherwise is kept out of later builds until its content changes; going
    forward again lifts that. Raises `NoSuchGeneration` when there is none of this name, or none before;
    `IndexCorrupt` when it is damaged or another encoder's; `IndexBusy` while a builder is at work.
    """
    with exclusive(root / LOCK, wait):
        folder = _wanted(root, wanted)
        generation = open_generation(folder, encoder=encoder)
        _hold(root, Base.open(folder))
        generations.switch(root, folder.name)
        return generation.manifest


def _wanted(root: Path, wanted: str | None) -> Path:
    kept = {folder.name: folder for folder in generations.kept(root)}
    now = generations.current(root).name
    if wanted is None:
        wanted = _before(root, now, list(kept))
        if wanted is None:
            raise NoSuchGeneration(f"There is no generation before {now} to go back to", list(kept))
    if wanted not in kept:
        raise NoSuchGeneration(f"There is no generation {wanted}", list(kept))
    return kept[wanted]


def _before(root: Path, now: str, kept: list[str]) -> str | None:
    """The parent of the generation in force, or the latest before it where the parent is gone or not known."""
    parents = {manifest.generation: manifest.parent for manifest in generations.kept_manifests(root)}
    parent = parents.get(now)
    if parent in kept:
        return parent
    return max((name for name in kept if name < now), default=None)


def _hold(root: Path, target: Base) -> None:
    """Written before the switch: should it not come about, these versions are the ones in force, and stay it."""
    try:
        left = Base.open(generations.current(root))
        held = read_holds(root).documents
    except IndexProblem:
        return  # what is left is damaged: nobody took its content back
    if target.folder.name < left.folder.name:
        documents = after_rollback(held, left.checksums, target.checksums)
        write_holds(root, Holds(target.folder.name, left.folder.name, documents))
    else:
        documents = after_going_forward(held, target.checksums)
        write_holds(root, Holds(target.folder.name, None, documents))
