"""Real questions to the real content: what must be answered, and what must not."""

import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from ruamel.yaml import YAML

from actions.answering import Answerer
from citydesk.wiring import OPENERS
from knowledge.documents import Document
from knowledge.encoder import Encoder, Role, Vectors
from knowledge.index.build import build_index
from knowledge.service import KnowledgeBase
from wording.catalogue import Wording

QUESTIONS = Path(__file__).parents[2] / "questions"
IN_SCOPE = YAML(typ="safe").load(QUESTIONS / "in_scope.yml")
ANSWERABLE = YAML(typ="safe").load(QUESTIONS / "answerable.yml")
OUT_OF_SCOPE = YAML(typ="safe").load(QUESTIONS / "out_of_scope.yml")
ACCEPTANCE = [(topic, language, asked[0]) for topic, by in IN_SCOPE.items() for language, asked in by.items()]
HARDER = [(topic, lang, text) for topic, by in IN_SCOPE.items() for lang, asked in by.items() for text in asked[1:]]


@pytest.fixture(scope="module")
def answerer(base: KnowledgeBase) -> Answerer:
    return Answerer(base, Wording(Path(__file__).parents[3] / "content"), {}, OPENERS)


@pytest.fixture(scope="module")
def topics(documents: list[Document]) -> dict[str, str | None]:
    return {document.id: document.topic for document in documents}


@pytest.mark.parametrize(("topic", "language", "question"), ACCEPTANCE)
def test_every_subject_is_answered(
    answerer: Answerer, topics: dict[str, str | None], topic: str, language: str, question: str
) -> None:
    """The plain question of each subject, in each language: answered, in that language, from the right place."""
    payload = answerer.answer(question, language)
    assert ("answered", language) == (payload["status"], payload["language"])
    [source] = payload["sources"]
    assert topic == topics[source["id"]] or source["kind"] == "news"
    assert source["url"].startswith("https://")


def test_harder_questions_are_mostly_answered_and_rarely_wrong(
    answerer: Answerer, topics: dict[str, str | None]
) -> None:
    """Colloquial, terse and reworded ones: the floor is what was measured when they were first asked, less a little."""
    right = wrong = 0
    for topic, language, question in HARDER:
        payload = answerer.answer(question, language)
        if payload["status"] == "answered":
            source = payload["sources"][0]
            hit = topic == topics[source["id"]] or source["kind"] == "news"
            right, wrong = right + hit, wrong + (not hit)
    assert right >= FLOOR_RIGHT * len(HARDER)
    assert wrong <= CEILING_WRONG * len(HARDER)


FLOOR_RIGHT = 0.65
CEILING_WRONG = 0.05


@pytest.mark.parametrize(
    ("language", "question"), [(language, text) for language, asked in OUT_OF_SCOPE.items() for text in asked]
)
def test_what_the_city_has_not_told_gets_no_answer(answerer: Answerer, language: str, question: str) -> None:
    """No claim, no source."""
    payload = answerer.answer(question, language)
    assert "no_answer" == payload["status"]
    assert [] == payload["sources"]


class SilentEncoder:
    """An encoder that says nothing: what is left is the lexical half alone."""

    name = checksum = "silent"
    dimension = 8

    def encode(self, texts: Sequence[str], role: Role) -> Vectors:
        return np.zeros((len(texts), self.dimension), dtype=np.float32)


class HashEncoder:
    """Random directions by the text's hash: vectors without meaning."""

    name = checksum = "hash"
    dimension = 128

    def encode(self, texts: Sequence[str], role: Role) -> Vectors:
        rows = [np.random.default_rng(zlib.crc32(text.encode())).standard_normal(self.dimension) for text in texts]
        vectors = np.array(rows, dtype=np.float32).reshape(len(texts), self.dimension)
        unit: Vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
        return unit


@pytest.mark.parametrize("other", [SilentEncoder(), HashEncoder()], ids=["words alone", "random vectors"])
def test_the_encoder_mends_what_words_miss(
    base: KnowledgeBase, documents: list[Document], tmp_path: Path, other: Encoder
) -> None:
    """In languages that the FAQ is not in, far more questions find their entry than by words or by chance."""
    build_index(tmp_path, documents, other)
    assert found(base) >= found(KnowledgeBase(tmp_path, other)) + 10


def found(base: KnowledgeBase) -> int:
    """How many questions in other languages have a right entry in first place."""
    return sum(
        any(hit.id.removeprefix("faq:") in np.atleast_1d(asked["entry"]) for hit in base.search(asked["q"], k=1))
        for language, questions in ANSWERABLE.items()
        if language not in IN_SCOPE["expo"]
        for asked in questions
    )
