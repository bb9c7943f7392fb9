"""Keep the language that the reader asked for."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import payloads
from actions.conversation import read_turn
from wording import messages
from wording.catalogue import Wording


class ChooseLanguageAction(Action):
    """`action_choose_language`: sets the slot `chosen_language`, or asks which one is meant."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording

    def name(self) -> str:
        return "action_choose_language"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        languages = self._wording.languages
        turn = read_turn(tracker.slots, tracker.latest_message, tracker.events, languages)
        chosen = languages.match(turn.entities.get("language"))
        if chosen:
            text = self._wording.text(messages.LANGUAGE_CHOSEN, chosen, language=languages[chosen].autonym)
            dispatcher.utter_message(json_message=payloads.as_json(payloads.notice(text, chosen)))
            return [SlotSet("chosen_language", chosen)]
        text = self._wording.text(messages.CHOOSE_LANGUAGE, turn.language)
        buttons: list[payloads.Button] = [
            {"title": one.autonym, "payload": f'/choose_language{{"language":"{one.tag}"}}'}
            for one in languages.values()
        ]
        dispatcher.utter_message(json_message=payloads.as_json(payloads.prompt(text, turn.language, buttons)))
        return []
