"""Documents to a new index generation in force: compare, assemble aside, try, switch."""

import errno
import hashlib
import shutil
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from knowledge.answering.model import FILE as LEARNED
from knowledge.documents import Document
from knowledge.encoder import Encoder
from knowledge.errors import IndexCorrupt, IndexDiskFull, IndexGateFailed, IndexProblem
from knowledge.index import generations
from knowledge.index.assembling import Step, assemble
from knowledge.index.base import Base
from knowledge.index.files import checksum, flush, records
from knowledge.index.generations import Gate, Learn
from knowledge.index.holds import Holds, Key, read_holds, write_holds
from knowledge.index.ledger import Contents, content_revision
from knowledge.index.locking import LOCK, exclusive
from knowledge.index.manifest import FORMAT, FileRecord, Manifest, write_manifest
from knowledge.index.updating import Changes, compare
from knowledge.segments.segment import Progress
from knowledge.text import analyser

WAIT = 30.0
"""Seconds for which a builder waits for another one."""
Documents = Sequence[Document] | Callable[[], Sequence[Document]]
"""What is to be in force; a function is called once no other builder can be at work."""


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
    """What is to be done: the step from the base, and what it comes to. `documents` are the checksums then in force."""

    step: Step
    documents: Mapping[Key, str]
    parent: str | None

    @property
    def differs(self) -> bool:
        """Whether there is anything to do."""
        return self.step.base is None or self.step.changes.differ or self.step.anew

    @property
    def needs_gate(self) -> bool:
        """Whether more than news comes in."""
        return self.step.base is None or self.step.changes.touches_faq or self.step.anew


def build_index(
    root: Path,
    documents: Documents,
    encoder: Encoder,
    *,
    full: bool = False,
    release: bool = False,
    gate: Gate | None = None,
    learn: Learn | None = None,
    wait: float = WAIT,
    progress: Progress = lambda step, done, total: None,
) -> BuildReport:
    """Index `documents` below `root` and switch to the new generation; readers never see a half-built one.

    Costs what changed since the generation in force, and nothing when nothing did; `full` makes everything anew.
    Versions that a rollback keeps out stay out until their content changes, unless `full` or `release`.

    A build that fails, or whose `gate` finds something wrong, leaves the generation in force as it was. The gate looks
    at whatever changes the FAQ or is built anew, and so does `learn`; an update of news alone, which comes every few
    minutes, does without the one and takes over what was learned before. Raises
    `IndexBusy` when another builder is still at work after `wait` seconds, `IndexGateFailed`, `IndexDiskFull`.
    """
    started = time.monotonic()
    root.mkdir(parents=True, exist_ok=True)
    with exclusive(root / LOCK, wait), _plain_when_full(root):
        generations.clean(root)
        now = Contents.of(documents() if callable(documents) else documents)
        holds = Holds() if full or release else _holds(root)
        before = _base(root)
        base = None if full else before
        try:
            manifest, changes = _build(root, now, holds, base, encoder, gate, learn, progress)
        except IndexCorrupt:
            if base is None:
                raise
            # Damaged where only a deep look sees it, so nothing can be taken over from it.
            manifest, changes = _build(root, now, holds, None, encoder, gate, learn, progress)
        _lapse(root, holds, changes.held)
        if full and before:
            changes = compare(now.checksums, before.checksums, {})
        return _report(manifest, before, changes, time.monotonic() - started)


def plan(root: Path, now: Contents, holds: Holds, base: Base | None, encoder: Encoder) -> Task:
    """What has to be done to come from `base` to `now`; writes nothing."""
    in_force = base.checksums if base else {}
    changes = compare(now.checksums, in_force, holds.documents if base else {})
    kept = {key: in_force[key] for key in changes.unchanged}
    wanted = {**kept, **{key: now.checksums[key] for key in (*changes.added, *changes.changed)}}
    manifests = generations.kept_manifests(root)
    next_id = max((manifest.next_id for manifest in manifests), default=0)
    same_encoder = base is not None and base.manifest.encoder_checksum == encoder.checksum
    anew = base is not None and not (same_encoder and base.manifest.analyser == analyser.VERSION)
    return Task(Step(base, changes, now.documents, next_id, anew, same_encoder), wanted, _parent(root))


def construct(folder: Path, task: Task, encoder: Encoder, progress: Progress, learn: Learn | None = None) -> Manifest:
    """Write a whole generation into `folder`, an empty one, manifest last. Nothing is flushed or switched yet."""
    name = generations.name_of(folder)
    segments, next_id = assemble(folder, name, task.step, encoder, progress)
    base = task.step.base
    content = content_revision(task.documents)
    manifest = Manifest(
        format=FORMAT,
        generation=name,
        parent=task.parent,
        created=time.time(),
        content=content,
        inputs=inputs_checksum(content, encoder),
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
    if learn and _learned(folder, task, learn):
        learned = FileRecord(checksum(folder / LEARNED), (folder / LEARNED).stat().st_size)
        manifest = replace(manifest, files={**manifest.files, LEARNED: learned})
        write_manifest(folder, manifest)
    return manifest


def _learned(folder: Path, task: Task, learn: Learn) -> bool:
    """Learn, or take over from the base; whether there is something new in the folder."""
    before = task.step.base.folder / LEARNED if task.step.base else None
    if not task.needs_gate and before and before.exists():
        shutil.copyfile(before, folder / LEARNED)
        return True
    learn(folder)
    return (folder / LEARNED).exists()


def inputs_checksum(content: str, encoder: Encoder) -> str:
    """One checksum over all that an index depends on."""
    return hashlib.sha256(f"{FORMAT}/{analyser.VERSION}/{encoder.checksum}/{content}".encode()).hexdigest()


def _build(
    root: Path,
    now: Contents,
    holds: Holds,
    base: Base | None,
    encoder: Encoder,
    gate: Gate | None,
    learn: Learn | None,
    progress: Progress,
) -> tuple[Manifest, Changes]:
    """What is in force afterwards (the base itself where nothing has changed), and how it differs from the base."""
    task = plan(root, now, holds, base, encoder)
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
        broken = gate(folder) if gate and task.needs_gate else []
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
        full = isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)
        # FAISS and tantivy have no type for it, only the system's words.
        told = isinstance(error, RuntimeError | ValueError) and "No space left on device" in str(error)
        if full or told:
            raise IndexDiskFull(self._root) from error
