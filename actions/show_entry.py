"""Show the FAQ entry that a button stands for."""

import asyncio
import logging
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import payloads
from actions.answering import Answerer
from actions.conversation import read_turn
from knowledge.errors import IndexProblem

logger = logging.getLogger(__name__)


class ShowEntryAction(Action):
    """`action_show_entry`: reads the entity `entry`, an FAQ entry's id."""

    def __init__(self, answerer: Answerer) -> None:
        self._answerer = answerer

    def name(self) -> str:
        return "action_show_entry"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        turn = read_turn(tracker.slots, tracker.latest_message, tracker.events, self._answerer.languages)
        try:
            payload = await asyncio.to_thread(self._answerer.entry, turn.entities.get("entry", ""), turn.language)
        except IndexProblem as error:
            logger.error("%s", error)  # and nothing is said: see action_answer
        else:
            dispatcher.utter_message(json_message=payloads.as_json(payload))
        return []
