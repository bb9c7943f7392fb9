"""Real questions to the real content: what must be answered, and what must not."""

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from actions.answering import Answerer
from citydesk.wiring import OPENERS
from knowledge.documents import Document
from knowledge.encoder import Encoder
from knowledge.service import KnowledgeBase
from wording.catalogue import Wording

QUESTIONS = Path(__file__).parents[2] / "questions"
IN_SCOPE = YAML(typ="safe").load(QUESTIONS / "in_scope.yml")
OUT_OF_SCOPE = YAML(typ="safe").load(QUESTIONS / "out_of_scope.yml")
ACCEPTANCE = [(topic, language, asked[0]) for topic, by in IN_SCOPE.items() for language, asked in by.items()]
HARDER = [(topic, lang, text) for topic, by in IN_SCOPE.items() for lang, asked in by.items() for text in asked[1:]]


@pytest.fixture(scope="module")
def answerer(base: KnowledgeBase) -> Answerer:
    return Answerer(base, Wording(Path(__file__).parents[3] / "content" / "locales"), {}, OPENERS)


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


def test_the_encoder_mends_what_words_miss(base: KnowledgeBase, encoder: Encoder) -> None:
    """Paraphrases that share no telling word with their entry are found by meaning and not by words alone."""
    by_meaning = by_words = 0
    for question, topic in PARAPHRASES:
        hits = base.search(question, k=5)
        by_meaning += any(hit.document.topic == topic for hit in hits)
        lexical = sorted(hits, key=lambda hit: -hit.scores.lexical)
        by_words += lexical[0].document.topic == topic and lexical[0].scores.lexical > 0
    assert by_meaning > by_words


PARAPHRASES = [
    ("cars without a driver", "minibus"),
    ("buses that steer themselves", "minibus"),
    ("pupils' timetable and lesson lookup", "education"),
    ("affordable apartments run by the municipality", "public-housing"),
    ("plugging in an e-car", "green-transport"),
    ("drinkable tap supply protection", "reservoir"),
    ("hospital and doctor technology", "city-life"),
    ("pay bills on the internet", "online-services"),
    ("沒有司機的巴士", "minibus"),
    ("電動車去哪充電", "green-transport"),
    ("運転手のいないバス", "minibus"),
    ("学校の出席確認の仕組み", "education"),
]
