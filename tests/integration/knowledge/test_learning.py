"""What a generation carries beside its documents: learned anew when there is reason to, taken over by news."""

from pathlib import Path

import pytest

from knowledge.answering.model import AnswerModel
from knowledge.content.glossary import FILE as GLOSSARY
from knowledge.encoder import Encoder
from knowledge.errors import IndexCorrupt
from knowledge.index import generations
from knowledge.index.build import build_index
from knowledge.index.generations import Delta
from knowledge.index.opening import open_generation, own_glossary
from knowledge.index.rollback import roll_back
from knowledge.service import KnowledgeBase
from tests.integration.knowledge.small_city import BEES, BIKES, Watched, article, in_force

NAMED = "- id: {id}\n  kind: place\n  names:\n    en: [{name}]\n    pl: [{other}]\n"


class Learning:
    """Writes a glossary of one concept, and counts how often it is asked to."""

    def __init__(self, name: str) -> None:
        self.name, self.times = name, 0

    def __call__(self, folder: Path) -> None:
        self.times += 1
        AnswerModel.undecided().save(folder)
        text = NAMED.format(id=self.name, name=self.name, other=f"{self.name}ach")
        (folder / GLOSSARY).write_text(text, encoding="utf-8")


def names(root: Path) -> list[str]:
    found = own_glossary(open_generation(generations.current(root)))
    return [concept.id for concept in found.entries] if found else []


def test_a_change_of_lessons_is_a_new_generation(tmp_path: Path, encoder: Encoder) -> None:
    """Without a changed document: nothing is encoded, all is tried, and the next build has nothing to do."""
    first, second = Learning("bees"), Learning("hives")
    tried: list[Delta | None] = []

    def gate(folder: Path, delta: Delta | None = None) -> list[str]:
        tried.append(delta)
        return []

    watched = Watched(encoder)
    build_index(tmp_path, [BEES], watched, gate=gate, learn=first, learned_from="1")
    watched.texts.clear()
    again = build_index(tmp_path, [BEES], watched, gate=gate, learn=second, learned_from="2")
    assert (True, [], [None, None]) == (again.changed, watched.texts, tried)
    assert ["hives"] == names(tmp_path)
    assert not build_index(tmp_path, [BEES], watched, gate=gate, learn=second, learned_from="2").changed
    assert (1, 1) == (first.times, second.times)


def test_news_takes_over_what_was_learned(tmp_path: Path, encoder: Encoder) -> None:
    """An article every few minutes costs no training."""
    learning = Learning("bees")
    build_index(tmp_path, [BEES], encoder, learn=learning, learned_from="1")
    build_index(tmp_path, [BEES, article(1)], encoder, learn=learning, learned_from="1")
    assert (1, ["bees"]) == (learning.times, names(tmp_path))
    assert {"answering.json", GLOSSARY} <= set(in_force(tmp_path).files)


def test_readers_get_the_new_names_without_a_restart(tmp_path: Path, encoder: Encoder) -> None:
    """And the old ones back with a rollback."""
    build_index(tmp_path, [BEES, BIKES], encoder, learn=Learning("bees"), learned_from="1")
    base = KnowledgeBase(tmp_path, encoder)
    before = base.search("gdzie są beesach", 1)[0].scores
    build_index(tmp_path, [BEES, BIKES], encoder, learn=Learning("hives"), learned_from="2")
    after = base.search("gdzie są beesach", 1)[0].scores
    assert before.coverage > after.coverage
    roll_back(tmp_path, encoder)
    assert before.coverage == base.search("gdzie są beesach", 1)[0].scores.coverage


def test_without_lessons_there_is_no_glossary(tmp_path: Path, encoder: Encoder) -> None:
    """The one that is given serves."""
    build_index(tmp_path, [BEES], encoder)
    assert own_glossary(open_generation(generations.current(tmp_path))) is None


def test_a_damaged_glossary_is_a_damaged_index(tmp_path: Path, encoder: Encoder) -> None:
    """Refused like any other file that is not as it was written."""
    build_index(tmp_path, [BEES], encoder, learn=Learning("bees"), learned_from="1")
    (generations.current(tmp_path) / GLOSSARY).write_text("- id:", encoding="utf-8")
    with pytest.raises(IndexCorrupt, match=r"glossary\.yml"):
        open_generation(generations.current(tmp_path))
