"""What nobody writes on purpose: documents of one letter or a million, questions that say nothing."""

from dataclasses import replace
from pathlib import Path

import pytest

from knowledge.encoder import Encoder
from knowledge.index.build import build_index
from knowledge.index.verifying import verify_all
from knowledge.service import KnowledgeBase
from tests.integration.knowledge.small_city import BEES, BIKES, article

LETTER = replace(article(1), title="x", text="y")
BLANK = replace(article(2), title="​", text=" \n ")
MEGABYTE = replace(
    article(3), title="Trees", text="Maples grow along the river in the town. " * 25_000 + "Owls nest there."
)
UNBROKEN = replace(article(4), title="One word", text="槭" * 350_000)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Path:
    root = tmp_path_factory.mktemp("index")
    build_index(root, [BEES, BIKES, LETTER, BLANK, MEGABYTE, UNBROKEN], encoder)
    return root


@pytest.fixture(scope="module")
def base(root: Path, encoder: Encoder) -> KnowledgeBase:
    return KnowledgeBase(root, encoder)


def test_any_size_of_document_is_indexed_whole(root: Path, base: KnowledgeBase) -> None:
    """A letter is found by itself; what stands at the end of a megabyte too; ordinary ones are found beside them."""
    assert [()] == [tuple(verdict.problems) for verdict in verify_all(root)]
    assert LETTER.id == base.search("y", 1)[0].id
    [found] = base.search("Where do owls nest?", 1)
    assert MEGABYTE.id == found.id
    sentences = [MEGABYTE.text[start:end] for start, end in found.sentences]
    assert any("Owls nest there." in sentence for sentence in sentences)
    assert "faq:bees" == base.search("Who keeps the bees?", 1)[0].id


@pytest.mark.parametrize(
    "question",
    ["the of and is", "?!…,。", "", " ", "🎉🎉", "\x00\x07", "\ud800", "სად არის ველოსიპედები?", "ብስክሌቶቹ የት ናቸው?"],
    ids=["stop words", "punctuation", "empty", "blank", "emoji", "control", "surrogate", "Georgian", "Amharic"],
)
def test_what_says_nothing_is_not_answered(base: KnowledgeBase, question: str) -> None:
    """Neither an error nor an invention."""
    assert "answered" != base.ask(question, "en").status


@pytest.mark.parametrize("text", ["Who keeps the bees? ", "槭", "a"], ids=["words", "Chinese", "one word"])
def test_a_question_of_ten_thousand_letters_is_searched_for(base: KnowledgeBase, text: str) -> None:
    """As any other; what is said again and again is found."""
    question = (text * 10_000)[:10_000]
    found = base.search(question, 3)
    assert base.ask(question, "en").status in ("answered", "uncertain", "no_answer")
    if text.startswith("Who"):
        assert "faq:bees" == found[0].id
