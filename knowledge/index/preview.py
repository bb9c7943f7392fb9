"""What a reindex would change: documents that differ, and questions whose best answer would be another.

The would-be generation is built in a temporary folder and asked beside the one in force; nothing of the index changes.
"""

import shutil
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from knowledge.documents import Document
from knowledge.encoder import Encoder
from knowledge.errors import IndexProblem
from knowledge.index import generations, tombstones
from knowledge.index.base import Base
from knowledge.index.build import construct, plan
from knowledge.index.contents import Contents, by_key
from knowledge.index.generations import Gate, Learn
from knowledge.index.holds import Holds, Key, read_holds
from knowledge.index.opening import open_generation
from knowledge.segments.segment import Progress

QUESTIONS = 600
"""At most so many questions are asked, evenly spread: a preview is for people who wait."""

Ask = Callable[[str, str], tuple[str, str | None]]
"""A question and its language to the answer's status and the id of the best document, if any."""
OpenIndex = Callable[[Path], Ask]
"""The index below a folder, ready to be asked."""


@dataclass(frozen=True, slots=True)
class Item:
    """A document that differs."""

    id: str
    language: str
    title: str


@dataclass(frozen=True, slots=True)
class AnswerChange:
    """A question that would be answered otherwise; `before` and `after` are a status and a document's id or None."""

    question: str
    language: str
    before: tuple[str, str | None]
    after: tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class Preview:
    """What a reindex would come to. `asked` of `questions` FAQ questions were tried on both; `broken` is what the gate
    would find wrong; `held` documents would stay as they are since a rollback."""

    generation: str | None
    documents: int
    passages: int
    changed: bool
    added: tuple[Item, ...]
    updated: tuple[Item, ...]
    removed: tuple[Item, ...]
    held: int
    questions: int
    asked: int
    answers: tuple[AnswerChange, ...]
    broken: tuple[str, ...]


def preview(
    root: Path,
    documents: Sequence[Document],
    encoder: Encoder,
    open_index: OpenIndex,
    *,
    full: bool = False,
    release: bool = False,
    gate: Gate | None = None,
    learn: Learn | None = None,
    learned_from: str = "",
    progress: Progress = lambda step, done, total: None,
) -> Preview:
    """What `build_index` with the same arguments would do. Raises what it would, but for what only writing raises."""
    now = Contents.of(documents)
    base = _base(root)
    task = plan(root, now, Holds() if full or release else read_holds(root), base, encoder, learned_from)
    before = {} if base is None else by_key(open_generation(base.folder).documents())
    changes = task.step.changes
    asked, answers, broken = _questions(now.documents.values()), [], []
    with tempfile.TemporaryDirectory(prefix="citydesk-preview-") as place:
        aside = Path(place)
        folder = generations.new_folder(aside)
        manifest = construct(folder, task, encoder, progress, learn)
        if gate and task.differs:
            broken = gate(folder, task.delta)
        sample = _spread(asked, QUESTIONS) if base is not None and task.differs else []
        if sample:
            generations.switch(aside, generations.finish(aside, folder).name)
            if (root / tombstones.FILE).exists():
                shutil.copyfile(root / tombstones.FILE, aside / tombstones.FILE)
            answers = _compare(sample, open_index(root), open_index(aside), progress)
    return Preview(
        generation=base.manifest.generation if base else None,
        documents=manifest.documents,
        passages=manifest.passages,
        changed=task.differs,
        added=_items(changes.added, now.documents),
        updated=_items(changes.changed, now.documents),
        removed=_items(changes.removed, before),
        held=len(changes.held),
        questions=len(asked),
        asked=len(sample),
        answers=tuple(answers),
        broken=tuple(broken),
    )


def _base(root: Path) -> Base | None:
    try:
        return Base.open(generations.current(root), thorough=True)
    except IndexProblem:
        return None  # as a build would see it


def _questions(documents: Iterable[Document]) -> list[tuple[str, str]]:
    """Every question of the FAQ with its language."""
    faq = (document for document in documents if document.kind == "faq")
    return [(question, document.language) for document in faq for question in (document.title, *document.questions)]


def _spread(questions: list[tuple[str, str]], most: int) -> list[tuple[str, str]]:
    """At most `most` of `questions`, evenly spaced."""
    if len(questions) <= most:
        return questions
    return [questions[number * len(questions) // most] for number in range(most)]


def _compare(sample: list[tuple[str, str]], before: Ask, after: Ask, progress: Progress) -> list[AnswerChange]:
    found = []
    for number, (question, language) in enumerate(sample, 1):
        was, would = before(question, language), after(question, language)
        if was != would:
            found.append(AnswerChange(question, language, was, would))
        if number % 100 == 0 or number == len(sample):
            progress("asking questions", number, len(sample))
    return found


def _items(keys: Iterable[Key], documents: Mapping[Key, Document]) -> tuple[Item, ...]:
    return tuple(Item(*key, documents[key].title) for key in keys)
