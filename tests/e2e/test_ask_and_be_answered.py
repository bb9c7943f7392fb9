"""A citizen asks real Rasa in three languages, and is answered by the real action server."""

import pytest

from citydesk.settings import Settings
from tests.e2e.conftest import Conversation


@pytest.mark.parametrize(
    ("question", "language", "source"),
    [
        ("What are the three smart meters?", "en", "faq:meters.what"),
        ("三表是什麼", "zh-Hant", "faq:meters.what"),
        ("三つのスマートメーターとは何ですか", "ja", "faq:meters.what"),
        ("Which Polish cities signed an MOU with Taipei?", "en", "faq:forums.mou-poland"),
        ("翡翠水庫用什麼科技管理？", "zh-Hant", "faq:reservoir.how"),
        ("自動運転バスはどこで見られましたか", "ja", "faq:minibus.where"),
    ],
)
def test_a_question_is_answered_with_its_source(service: Settings, question: str, language: str, source: str) -> None:
    """One payload, in the language of the question, with the entry that answers it."""
    [payload] = Conversation(service).say(question)
    assert ("answer", "answered", language) == (payload["type"], payload["status"], payload["language"])
    assert source.split(".")[0] == payload["sources"][0]["id"].split(".")[0]
    assert payload["sources"][0]["url"].startswith("https://")


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("How do I renew my passport?", "en"),
        ("明天會下雨嗎", "zh-Hant"),
        ("おすすめのラーメン屋を教えて", "ja"),
    ],
)
def test_what_the_city_has_not_told_is_not_invented(service: Settings, question: str, language: str) -> None:
    """No source, no claim; topics and the hotline instead."""
    [payload] = Conversation(service).say(question)
    assert ("no_answer", language) == (payload["status"], payload["language"])
    assert [] == payload["sources"]
    assert payload["buttons"]
    assert "1999" in payload["text"]


@pytest.mark.parametrize("text", ["Help! My house is on fire!", "救命！失火了！", "火事です！助けて！"])
def test_an_emergency_comes_first(service: Settings, text: str) -> None:
    """119 and 110, at once, in the language of the cry."""
    [payload] = Conversation(service).say(text)
    assert "notice" == payload["type"]
    assert "119" in payload["text"] and "110" in payload["text"]


@pytest.mark.parametrize(("text", "language"), [("hello there", "en"), ("你好", "zh-Hant"), ("こんにちは", "ja")])
def test_a_greeting_is_returned(service: Settings, text: str, language: str) -> None:
    """Rasa's own responses speak the reader's language too."""
    [payload] = Conversation(service).say(text)
    assert ("notice", language) == (payload["type"], payload["language"])


def test_a_person_can_be_asked_for(service: Settings) -> None:
    """Nobody is left without a way to a human being."""
    [payload] = Conversation(service).say("I want to talk to a real person please")
    assert "1999" in payload["text"]


def test_the_latest_news(service: Settings) -> None:
    """Headlines with dates and sources, from what was ingested."""
    [payload] = Conversation(service).say("what's the latest news?")
    assert payload["sources"]
    assert all("news" == source["kind"] for source in payload["sources"])


def test_a_chosen_language_stays(service: Settings) -> None:
    """Chosen once, it holds for whatever is written later."""
    someone = Conversation(service, client_language="en")
    [confirmation] = someone.say('/choose_language{"language":"ja"}')
    assert "ja" == confirmation["language"]
    [payload] = someone.say("What are the three smart meters?")
    assert ("answered", "ja") == (payload["status"], payload["language"])


def test_a_button_shows_its_entry(service: Settings) -> None:
    """What a button promises is what comes."""
    someone = Conversation(service, client_language="zh-TW")
    [payload] = someone.say('/show_entry{"entry":"video119.what"}')
    assert "faq:video119.what" == payload["sources"][0]["id"]
    assert "zh-Hant" == payload["language"]


def test_a_button_of_an_entry_that_is_gone(service: Settings) -> None:
    """An old button gets a kind word."""
    [payload] = Conversation(service).say('/show_entry{"entry":"gone.long-ago"}')
    assert "notice" == payload["type"]
