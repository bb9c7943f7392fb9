"""Rasa's responses speak the reader's language and come once."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher
from ruamel.yaml import YAML

from actions.choose_language import ChooseLanguageAction
from actions.latest_news import LatestNewsAction
from actions.responses import RESPONSES, Responses
from knowledge.documents import Document, Source
from wording.catalogue import Wording

WORDING = Wording(Path("content"))


def request(response: str, text: str) -> dict[str, Any]:
    message = {"event": "user", "text": text, "metadata": {"client_language": "en"}}
    return {"response": response, "tracker": {"slots": {}, "latest_message": message, "events": [message]}}


def tracker(text: str, **entities: str) -> Tracker:
    message = {
        "text": text,
        "entities": [{"entity": name, "value": value} for name, value in entities.items()],
    }
    event = {"event": "user", **message}
    return Tracker("s", {}, message, [event], False, None, {}, "action_listen")


@pytest.mark.parametrize("response", RESPONSES)
@pytest.mark.parametrize(("text", "language"), [("hello there", "en"), ("你好嗎", "zh-Hant"), ("こんにちは", "ja")])
def test_each_response_in_each_language(response: str, text: str, language: str) -> None:
    """One custom payload and no separate text: Rasa's REST channel would deliver both."""
    reply = Responses(WORDING).generate(request(response, text))
    assert ["custom"] == list(reply)
    assert language == reply["custom"]["language"]
    assert reply["custom"]["text"]


def test_every_response_of_the_domain_is_known() -> None:
    """A response that the domain has and the table lacks would leave a reader without a word."""
    declared: set[str] = set()
    for path in Path("nlu/domain").glob("*.yml"):
        declared.update(YAML(typ="safe").load(path).get("responses") or {})
    assert declared == set(RESPONSES)


def test_a_chosen_language_is_kept() -> None:
    """The slot is set, and the confirmation speaks the new language already."""
    dispatcher = CollectingDispatcher()
    action = ChooseLanguageAction(WORDING)
    events = asyncio.run(action.run(dispatcher, tracker("Japanese please", language="ja"), {}))
    assert [("chosen_language", "ja")] == [(event["name"], event["value"]) for event in events]
    assert "ja" == dispatcher.messages[0]["custom"]["language"]


def test_without_a_language_the_reader_may_choose() -> None:
    """Every language is one button, called as its speakers call it."""
    dispatcher = CollectingDispatcher()
    assert [] == asyncio.run(ChooseLanguageAction(WORDING).run(dispatcher, tracker("another language"), {}))
    payload = dispatcher.messages[0]["custom"]
    assert "prompt" == payload["type"]
    assert [one.autonym for one in WORDING.languages.values()] == [button["title"] for button in payload["buttons"]]


def test_latest_news_names_each_source() -> None:
    """Every headline has its date and its link."""
    source = Source("A headline", "https://www.gov.taipei/", "en")
    articles = [Document(f"news:{n:016x}", "news", "en", "A headline", "Text.", source) for n in range(2)]
    dispatcher = CollectingDispatcher()
    asyncio.run(LatestNewsAction(lambda language, count: articles, WORDING).run(dispatcher, tracker("any news?"), {}))
    payload = dispatcher.messages[0]["custom"]
    assert 2 == len(payload["sources"])
    assert 2 == payload["text"].count("A headline")


def test_no_news_is_said() -> None:
    """An empty store gives a sentence, not an empty list."""
    dispatcher = CollectingDispatcher()
    asyncio.run(LatestNewsAction(lambda language, count: [], WORDING).run(dispatcher, tracker("any news?"), {}))
    assert "notice" == dispatcher.messages[0]["custom"]["type"]
