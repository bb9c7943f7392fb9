"""Tell the latest news."""

import asyncio
from collections.abc import Callable
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import payloads
from actions.answering import source_of
from actions.conversation import read_turn
from knowledge.documents import Document
from wording import messages
from wording.catalogue import Wording

COUNT = 5

LatestNews = Callable[[str, int], list[Document]]
"""Given a language and a number: that many articles, newest first."""


class LatestNewsAction(Action):
    """`action_latest_news`: headlines with their dates, each a source of its own."""

    def __init__(self, latest: LatestNews, wording: Wording) -> None:
        self._latest, self._wording = latest, wording

    def name(self) -> str:
        return "action_latest_news"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        language = read_turn(tracker.slots, tracker.latest_message, tracker.events, self._wording.languages).language
        articles = await asyncio.to_thread(self._latest, language, COUNT)
        dispatcher.utter_message(json_message=payloads.as_json(self._payload(articles, language)))
        return []

    def _payload(self, articles: list[Document], language: str) -> payloads.Payload:
        if not articles:
            return payloads.notice(self._wording.text(messages.NO_NEWS, language), language)
        lines = [self._line(article, language) for article in articles]
        text = "\n".join((self._wording.text(messages.LATEST_NEWS, language), *lines))
        sources = [source_of(article, article.title) for article in articles]
        return payloads.answer(text, language, status="answered", confidence=1.0, sources=sources)

    def _line(self, article: Document, language: str) -> str:
        day = article.source.published
        return f"• {article.title}" + (f" ({self._wording.date(day, language)})" if day else "")
