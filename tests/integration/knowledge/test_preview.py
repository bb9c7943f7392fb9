"""A dry run shows what would differ, and changes nothing."""

from dataclasses import replace
from pathlib import Path

import pytest

from knowledge.encoder import Encoder
from knowledge.index.build import build_index
from knowledge.index.preview import AnswerChange, Item, preview
from knowledge.index.rollback import roll_back
from knowledge.index.tombstones import Tombstones
from knowledge.service import KnowledgeBase
from tests.integration.knowledge.small_city import BEES, BIKES, TRAMS


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "index"


def files(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_documents_and_answers_that_would_differ(root: Path, encoder: Encoder) -> None:
    """Added, changed, removed with their titles; a new entry's questions find it then and did not now."""
    build_index(root, [BEES, BIKES], encoder)
    before = files(root)
    mended = replace(BEES, text="The bees are kept by the council.")
    found = preview(root, [mended, TRAMS], encoder, lambda place: KnowledgeBase(place, encoder).best)
    assert (Item("faq:trams", "en", "When do trams run?"),) == found.added
    assert (Item("faq:bees", "en", "Who keeps the bees?"),) == found.updated
    assert (Item("faq:bikes", "en", "Where are the bikes?"),) == found.removed
    assert (2, 2) == (found.questions, found.asked)
    [change] = found.answers
    assert ("When do trams run?", "faq:trams") == (change.question, change.after[1])
    assert before == files(root)


def test_nothing_would_change(root: Path, encoder: Encoder) -> None:
    """Then nothing is asked either."""
    build_index(root, [BEES, BIKES], encoder)
    found = preview(root, [BIKES, BEES], encoder, lambda place: KnowledgeBase(place, encoder).best)
    assert (False, (), (), (), 0) == (found.changed, found.added, found.updated, found.removed, found.asked)


def test_before_there_is_an_index(root: Path, encoder: Encoder) -> None:
    """Everything would be new, and no folder is made."""
    found = preview(root, [BEES], encoder, lambda place: KnowledgeBase(place, encoder).best)
    assert (True, 1, None) == (found.changed, len(found.added), found.generation)
    assert not root.exists()


def test_what_the_gate_would_say(root: Path, encoder: Encoder) -> None:
    build_index(root, [BEES], encoder)
    found = preview(
        root,
        [BIKES],
        encoder,
        lambda place: KnowledgeBase(place, encoder).best,
        gate=lambda folder, delta=None: ["bees: lost"],
    )
    assert ("bees: lost",) == found.broken


def test_what_is_hidden_or_held_counts(root: Path, encoder: Encoder) -> None:
    """A dry run shows what would happen, so it knows what a rollback keeps out and what nobody may see."""
    build_index(root, [BEES], encoder)
    build_index(root, [BEES, BIKES], encoder)
    roll_back(root, encoder)
    Tombstones(root).hide("faq:trams")
    found = preview(root, [BEES, BIKES, TRAMS], encoder, lambda place: KnowledgeBase(place, encoder).best)
    assert (1, 1, ()) == (len(found.added), found.held, found.answers)


def test_many_questions_are_sampled(root: Path, encoder: Encoder) -> None:
    """Evenly, and the number is told."""
    build_index(root, [BEES], encoder)
    talkative = replace(BEES, questions=tuple(f"Who keeps the bees of district {n}?" for n in range(900)))
    asked: list[str] = []

    def ask(question: str, language: str) -> tuple[str, str | None]:
        asked.append(question)
        return "answered", str(len(asked))

    found = preview(root, [talkative], encoder, lambda place: ask)
    assert (901, 600, 1200) == (found.questions, found.asked, len(asked))
    assert AnswerChange(BEES.title, "en", ("answered", "1"), ("answered", "2")) == found.answers[0]
    assert asked[-1].startswith("Who keeps the bees of district 89")
