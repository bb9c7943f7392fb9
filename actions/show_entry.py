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
from wording import messages
from wording.catalogue import Wording

logger = logging.getLogger(__name__)


class ShowEntryAction(Action):
    """`action_show_entry`: reads the entity `entry`, an FAQ entry's id."""

    def __init__(self, answerer: Answerer, wording: Wording) -> None:
        self._answerer, self._wording = answerer, wording

    def name(self) -> str:
        return "action_show_entry"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        turn = read_turn(tracker.slots, tracker.latest_message, tracker.events)
        try:
            payload = await asyncio.to_thread(self._answerer.entry, turn.entities.get("entry", ""), turn.language)
        except IndexProblem as error:
            logger.error("%s", error)
            payload = payloads.notice(self._wording.text(messages.UNAVAILABLE, turn.language), turn.language)
        dispatcher.utter_message(json_message=payloads.as_json(payload))
        return []
