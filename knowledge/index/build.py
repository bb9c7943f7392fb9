"""Documents to a new index generation in force: compare, assemble aside, try, switch."""

import shutil
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from knowledge.answering.model import FILE as ANSWER_MODEL
from knowledge.content.glossary import FILE as GLOSSARY
from knowledge.documents import Document
from knowledge.encoder import Encoder
from knowledge.errors import IndexCorrupt, IndexDiskFull, IndexGateFailed, IndexProblem
from knowledge.index import generations
from knowledge.index.assembling import Step, assemble
from knowledge.index.base import Base
from knowledge.index.contents import Contents
from knowledge.index.files import checksum, flush, records
from knowledge.index.generations import Delta, Gate, Learn
from knowledge.index.holds import Holds, Key, read_holds, write_holds
from knowledge.index.ledger import content_revision
from knowledge.index.locking import LOCK, exclusive
from knowledge.index.manifest import FORMAT, FileRecord, Manifest, write_manifest
from knowledge.index.room import is_for_lack_of_room
from knowledge.index.slack import give_back
from knowledge.index.updating import Changes, compare
from knowledge.segments.segment import Progress
from knowledge.text import analyser

WAIT = 30.0
"""Seconds for which a builder waits for another one."""
LEARNED = (ANSWER_MODEL, GLOSSARY)
"""Files of a generation that `learn` may write."""
Documents = Sequence[Document] | Callable[[], Iterable[Document]]
"""What is to be in force. A function is called once no other builder can be at work, and again where the generation in
force turns out damaged; its documents are read one by one."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did. `changed` is false when the index in force already held exactly these documents.

    `documents` and `passages` count what is in force now; `added`, `updated` and `removed` documents by which it
    differs from before; `held` those that stay as they were since a rollback.
    """

    generation: str
    documents: int
    passages: int
    seconds: float
    changed: bool
    added: int = 0
    updated: int = 0
    removed: int = 0
    held: int = 0


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be done: the step from the base, and what it comes to.

    `documents` are the checksums then in force, `learned_from` is that of what is learned from beside them.
    """

    step: Step
    documents: Mapping[Key, str]
    parent: str | None
    learned_from: str

    @property
    def differs(self) -> bool:
        """Whether there is anything to do."""
        return self.needs_gate or self.step.changes.differ

    @property
    def needs_gate(self) -> bool:
        """Whether more than news comes in: all is to be learned and tried anew."""
        base = self.step.base
        learns = base is None or base.manifest.learned_from != self.learned_from
        return learns or self.step.changes.touches_faq or self.step.anew

    @property
    def delta(self) -> Delta | None:
        """What comes in and goes where that is news alone; None where everything has to be tried."""
        if self.needs_gate or self.step.base is None:
            return None
        changes = self.step.changes
        arrived, left = (*changes.added, *changes.changed), (*changes.changed, *changes.removed)
        return Delta(self.step.base.folder, frozenset(arrived), frozenset(left))


def build_index(
    root: Path,
    documents: Documents,
    encoder: Encoder,
    *,
    full: bool = False,
    release: bool = False,
    gate: Gate | None = None,
    learn: Learn | None = None,
    learned_from: str = "",
    wait: float = WAIT,
    progress: Progress = lambda step, done, total: None,
) -> BuildReport:
    """Index `documents` below `root` and switch to the new generation; readers never see a half-built one.

    Costs what changed since the generation in force, and nothing when nothing did; `full` makes everything anew.
    Versions that a rollback keeps out stay out until their content changes, unless `full` or `release`.

    A build that fails, or whose `gate` finds something wrong, leaves the generation in force as it was. The gate looks
    at everything, and `learn` is called, where the FAQ, or what else there is to learn from (`learned_from` is its
    checksum), changes or all is built anew; for an update of news alone, which
    comes every few minutes, the gate is told so and need look at no more than that, and what was learned before is
    taken over. Raises `IndexBusy` when another builder is still at work after `wait` seconds, `IndexGateFailed`,
    `IndexDiskFull`.
    """
    started = time.monotonic()
    with _plain_when_full(root), exclusive(root / LOCK, wait):
        generations.clean(root)
        holds = Holds() if full or release else _holds(root)
        before = _base(root)

        def from_base(base: Base | None) -> tuple[Manifest, Changes]:
            with generations.spool(root) as place:
                some = documents() if callable(documents) else documents
                now = Contents.spooled(some, base.checksums if base else {}, place)
                manifest, changes = _build(root, now, holds, base, encoder, gate, learn, learned_from, progress)
                _lapse(root, holds, changes.held)
                return manifest, compare(now.checksums, before.checksums, {}) if full and before else changes

        try:
            manifest, changes = from_base(None if full else before)
        except IndexCorrupt:
            if full or before is None:
                raise
            # Damaged where only a deep look sees it, so nothing can be taken over from it.
            manifest, changes = from_base(None)
        return _report(manifest, before, changes, time.monotonic() - started)


def plan(root: Path, now: Contents, holds: Holds, base: Base | None, encoder: Encoder, learned_from: str = "") -> Task:
    """What has to be done to come from `base` to `now`; writes nothing."""
    in_force = base.checksums if base else {}
    changes = compare(now.checksums, in_force, holds.documents if base else {})
    kept = {key: in_force[key] for key in changes.unchanged}
    wanted = {**kept, **{key: now.checksums[key] for key in (*changes.added, *changes.changed)}}
    manifests = generations.kept_manifests(root)
    next_id = max((manifest.next_id for manifest in manifests), default=0)
    same_encoder = base is not None and base.manifest.encoder_checksum == encoder.checksum
    anew = base is not None and not (same_encoder and base.manifest.analyser == analyser.VERSION)
    return Task(
        Step(base, changes, now.documents, wanted, next_id, anew, same_encoder), wanted, _parent(root), learned_from
    )


def construct(folder: Path, task: Task, encoder: Encoder, progress: Progress, learn: Learn | None = None) -> Manifest:
    """Write a whole generation into `folder`, an empty one, manifest last. Nothing is flushed or switched yet."""
    name = generations.name_of(folder)
    segments, next_id = assemble(folder, name, task.step, encoder, progress)
    give_back()
    base = task.step.base
    manifest = Manifest(
        format=FORMAT,
        generation=name,
        parent=task.parent,
        created=time.time(),
        content=content_revision(task.documents),
        learned_from=task.learned_from,
        encoder=encoder.name,
        encoder_checksum=encoder.checksum,
        analyser=analyser.VERSION,
        documents=sum(record.documents - len(record.removed) for record in segments),
        passages=sum(record.passages - record.removed_passages for record in segments),
        next_id=next_id,
        segments=segments,
        files=records(folder, base.folder if base else None, base.manifest.files if base else {}),
    )
    write_manifest(folder, manifest)
    if learn:
        manifest = replace(manifest, files={**manifest.files, **_learned(folder, task, learn)})
        write_manifest(folder, manifest)
    return manifest


def _learned(folder: Path, task: Task, learn: Learn) -> dict[str, FileRecord]:
    """Learn, or take over from the base where news alone comes in; the files that came of it."""
    if task.needs_gate or task.step.base is None:
        learn(folder)
        give_back()
    else:
        for name in LEARNED:
            if (task.step.base.folder / name).exists():
                shutil.copyfile(task.step.base.folder / name, folder / name)
    paths = [folder / name for name in LEARNED if (folder / name).exists()]
    return {path.name: FileRecord(checksum(path), path.stat().st_size) for path in paths}


def _build(
    root: Path,
    now: Contents,
    holds: Holds,
    base: Base | None,
    encoder: Encoder,
    gate: Gate | None,
    learn: Learn | None,
    learned_from: str,
    progress: Progress,
) -> tuple[Manifest, Changes]:
    """What is in force afterwards (the base itself where nothing has changed), and how it differs from the base."""
    task = plan(root, now, holds, base, encoder, learned_from)
    if base and not task.differs:
        manifest = Base.open(base.folder, thorough=True).manifest  # nothing else to do: there is time to look deep
    else:
        manifest = _publish(root, task, encoder, gate, learn, progress)
    return manifest, task.step.changes


def _publish(
    root: Path, task: Task, encoder: Encoder, gate: Gate | None, learn: Learn | None, progress: Progress
) -> Manifest:
    """Assemble, flush, try, name, switch: in this order, so that a crash at any moment leaves one whole generation."""
    folder = generations.new_folder(root)
    try:
        manifest = construct(folder, task, encoder, progress, learn)
        broken = gate(folder, task.delta) if gate else []
        if broken:
            raise IndexGateFailed(broken)
        flush(folder, task.step.base.folder if task.step.base else None)
        final = generations.finish(root, folder)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    generations.switch(root, final.name)
    generations.prune(root, final.name, manifest.parent)
    return manifest


def _base(root: Path) -> Base | None:
    try:
        return Base.open(generations.current(root))
    except IndexProblem:
        return None  # missing or damaged: a build is what mends it


def _parent(root: Path) -> str | None:
    try:
        return generations.current(root).name
    except IndexProblem:
        return None


def _holds(root: Path) -> Holds:
    try:
        return read_holds(root)
    except IndexCorrupt:
        return Holds()


def _lapse(root: Path, holds: Holds, held: Sequence[Key]) -> None:
    """Forget the versions whose time is over."""
    still = {key: holds.documents[key] for key in held}
    if still != holds.documents or not still:
        write_holds(root, replace(holds, documents=still))


def _report(manifest: Manifest, before: Base | None, changes: Changes, seconds: float) -> BuildReport:
    return BuildReport(
        generation=manifest.generation,
        documents=manifest.documents,
        passages=manifest.passages,
        seconds=seconds,
        changed=before is None or before.manifest.generation != manifest.generation,
        added=len(changes.added),
        updated=len(changes.changed),
        removed=len(changes.removed),
        held=len(changes.held),
    )


class _plain_when_full:
    """Turns what different libraries raise on a full disk into `IndexDiskFull`."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if is_for_lack_of_room(error):
            raise IndexDiskFull(self._root) from error
