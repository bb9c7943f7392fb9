"""Answer a question from what the city has published."""

import asyncio
import logging
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import payloads
from actions.answering import Answerer
from actions.conversation import read_turn
from actions.emergency import Emergencies, may_be_emergency
from knowledge.errors import IndexProblem
from wording import messages
from wording.catalogue import Wording

logger = logging.getLogger(__name__)


class AnswerAction(Action):
    """`action_answer`: every question, and whatever the dialogue model was not sure of.

    Where somebody may be in danger, 119 and 110 come first; the answer follows unless it surely is a cry for help.
    """

    def __init__(self, answerer: Answerer, wording: Wording, emergencies: Emergencies) -> None:
        self._answerer, self._wording, self._emergencies = answerer, wording, emergencies

    def name(self) -> str:
        return "action_answer"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        turn = read_turn(tracker.slots, tracker.latest_message, tracker.events, self._wording.languages)
        cry = self._emergencies.is_cry(turn.text)
        if cry or may_be_emergency(tracker.latest_message):
            emergency = payloads.notice(self._wording.text(messages.EMERGENCY, turn.language), turn.language)
            dispatcher.utter_message(json_message=payloads.as_json(emergency))
        if not cry:
            try:
                payload = await asyncio.to_thread(self._answerer.answer, turn.text, turn.language)
            except IndexProblem as error:
                # Nothing is said: channels take an empty reply for the failure that it is, try again, and tell it.
                logger.error("%s", error)
            else:
                dispatcher.utter_message(json_message=payloads.as_json(payload))
        return []
