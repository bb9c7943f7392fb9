"""Answers hold nothing but the city's words and CityDesk's own sentences around them; what is past is told as past."""

import re
from datetime import date
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from actions.answering import Answerer
from actions.payloads import Payload
from citydesk.wiring import OPENERS
from knowledge.answering.extracts import GAP
from knowledge.documents import Document, Event, Source
from knowledge.encoder import Encoder
from knowledge.index.build import build_index
from knowledge.service import KnowledgeBase
from wording import messages
from wording.catalogue import Wording

ROOT = Path(__file__).parents[3]
IN_SCOPE = YAML(typ="safe").load(ROOT / "tests" / "questions" / "in_scope.yml")
QUESTIONS = [(lang, text) for by in IN_SCOPE.values() for lang, asked in by.items() for text in asked]
TODAY = date(2026, 11, 24)
WORDING = Wording(ROOT / "content")

OURS = (
    messages.BASED_ON_PAGE_IN,
    messages.ANSWER_ONLY_IN,
    messages.ALREADY_OVER,
    messages.NO_LONGER_ON_OFFER,
    messages.NO_LONGER_VALID,
    messages.MAY_BE_OUTDATED,
    messages.CITY_REPORTED,
    messages.CITY_REPORTED_IN,
    messages.CITY_REPORTED_UNDATED,
    messages.CITY_REPORTED_UNDATED_IN,
)


def pattern(message: str, language: str) -> str:
    """The sentence in `language` as a pattern: anything short and without a line break in place of its values."""
    filled = WORDING.text(message, language, date="\0", language="\0", period="\0")
    return re.escape(filled).replace(re.escape("\0"), r"[^\n]{1,60}")


OUR_LINES: dict[str, re.Pattern[str]] = {
    language: re.compile("|".join(pattern(message, language) for message in OURS)) for language in WORDING.languages
}


def foreign_lines(payload: Payload, words: str) -> list[str]:
    """The lines of an answer that are neither `words` nor one of our own sentences."""
    assert words in payload["text"]
    lines = payload["text"].replace(words, "\n", 1).removesuffix(" …").split("\n")
    ours = OUR_LINES[payload["language"]]
    return [line for line in lines if line.strip() and not ours.fullmatch(line.strip())]


def answerer_over(base: KnowledgeBase) -> Answerer:
    return Answerer(base, WORDING, {}, OPENERS, today=lambda: TODAY)


@pytest.fixture(scope="module")
def answerer(base: KnowledgeBase) -> Answerer:
    """Over all of the shipped content."""
    return answerer_over(base)


@pytest.fixture(scope="module")
def published(documents: list[Document]) -> dict[tuple[str, str], Document]:
    return {(document.id, document.language): document for document in documents}


@pytest.mark.parametrize(("language", "question"), QUESTIONS)
def test_an_answer_is_its_source_s_text(
    answerer: Answerer, published: dict[tuple[str, str], Document], language: str, question: str
) -> None:
    """An entry word for word, or a quotation whose every part stands in the article; beside it only our sentences."""
    payload = answerer.answer(question, language)
    if payload["status"] != "answered":
        no_claim = {WORDING.text(message, language) for message in (messages.UNCERTAIN, messages.NO_ANSWER)}
        assert payload["text"] in no_claim and not payload["sources"]
        return
    [source] = payload["sources"]
    if source["kind"] == "faq":
        words = published[source["id"], language].text
    else:
        words = str(source["quote"])
        document = published[source["id"], source["language"]]
        assert all(part in document.text for part in words.split(GAP))
        assert (source["title"], source["published"]) == (document.title, str(document.source.published))
    assert [] == foreign_lines(payload, words)


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("en", "I'd like to join a tour tomorrow, what do I have to do?"),
        ("en", "How do I sign up for a tour?"),
        ("zh-Hant", "我想參加明天的導覽 要怎麼登記"),
        ("ja", "明日のツアーに参加したいのですが"),
    ],
)
def test_what_has_expired_is_not_answered_as_if_it_were_open(answerer: Answerer, language: str, question: str) -> None:
    """That it is over comes first, with its time, "tomorrow" or not; or nothing is claimed."""
    payload = answerer.answer(question, language)
    period = WORDING.period(date(2018, 3, 1), date(2018, 3, 31), language)
    over = WORDING.text(messages.NO_LONGER_ON_OFFER, language, period=period)
    claims = payload["status"] == "answered"
    assert not claims or payload["text"].startswith(
        (over + "\n", WORDING.text(messages.ALREADY_OVER, language, period=period))
    )
    assert claims or not payload["sources"]


def test_a_question_for_now_about_what_is_over_is_told_so(answerer: Answerer) -> None:
    """The same entry answers a question about the past without a word on that."""
    note = "Please note that this is already over (March 2018)."
    assert answerer.answer("is the expo still on?", "en")["text"].startswith(note)
    assert note not in answerer.answer("how many days was the expo", "en")["text"]


def test_an_expired_entry_behind_an_old_button_is_told_as_past(answerer: Answerer) -> None:
    """A button can be pressed long after it was shown."""
    assert "(March 2018)" in answerer.entry("tours.sessions", "en")["text"].split("\n")[0]


PAGE = Source("Page", "https://www.gov.taipei/", "en")
POOL = Document("faq:pool.price", "faq", "en", "What does the swimming pool cost?", "The pool costs 90 dollars.", PAGE)
WALK = Document(
    "faq:walk.join",
    "faq",
    "en",
    "How do I join the lantern walk?",
    "Come to the lantern gate at seven.",
    PAGE,
    valid_until=date(2026, 11, 1),
    event=Event(date(2026, 11, 1), date(2026, 11, 1)),
)
BRIDGE = Document(
    "news:00000000000000aa",
    "news",
    "en",
    "Harbour bridge closed for repairs",
    "The harbour bridge is closed for repairs until the end of June. Cyclists take the ferry.",
    Source("Harbour bridge closed for repairs", "https://www.gov.taipei/", "en", date(2018, 4, 3)),
)


@pytest.fixture(scope="module")
def small_base(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> KnowledgeBase:
    """Three documents in English alone."""
    root = tmp_path_factory.mktemp("small")
    build_index(root, [POOL, WALK, BRIDGE], encoder)
    return KnowledgeBase(root, encoder)


@pytest.fixture(scope="module")
def small(small_base: KnowledgeBase) -> Answerer:
    return answerer_over(small_base)


def test_an_entry_in_another_language_is_given_as_it_stands(small: Answerer) -> None:
    """Nothing is translated at run time: a Japanese reader is told which language follows."""
    payload = small.answer(POOL.title, "ja")
    assert "この質問への回答は英語のみです：\nThe pool costs 90 dollars." == payload["text"]
    assert POOL.text == payload["sources"][0]["quote"]


def test_a_past_event_of_one_day_is_told_with_its_day(small: Answerer) -> None:
    """Three weeks ago, "in November" would not tell that it is over."""
    assert "November 1, 2026" in small.answer(WALK.title, "en")["text"].split("\n")[0]


def test_old_news_is_not_given_as_current(small: Answerer) -> None:
    """Asked for now, a reader is told that it may no longer apply; the date is told anyhow."""
    note = WORDING.text(messages.MAY_BE_OUTDATED, "en")
    now = small.answer("Is the harbour bridge closed for repairs now?", "en")
    then = small.answer("Why was the harbour bridge closed for repairs?", "en")
    assert now["text"].endswith(note) and note not in then["text"]
    assert then["text"].startswith("The city reported on April 3, 2018:\nThe harbour bridge is closed")


@pytest.mark.parametrize(
    ("today", "expected"), [(TODAY, ["pool"]), (date(2026, 11, 1), ["walk", "pool"])], ids=["after", "on the last day"]
)
def test_nothing_expired_is_offered(small_base: KnowledgeBase, today: date, expected: list[str]) -> None:
    """Where nothing was found, only what still holds is there to choose from."""
    openers = {"walk": "walk.join", "pool": "pool.price"}
    payload = Answerer(small_base, WORDING, {}, openers, today=lambda: today).no_answer("en")
    assert expected == [button["title"] for button in payload["buttons"]]
