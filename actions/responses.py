"""What Rasa's `utter_…` responses say: its NLG endpoint, in the reader's language."""

from collections.abc import Mapping
from typing import Any

from actions import payloads
from actions.conversation import read_turn
from wording import messages
from wording.catalogue import Wording

RESPONSES = {
    "utter_greet": messages.GREETING,
    "utter_thanks": messages.THANKS,
    "utter_goodbye": messages.GOODBYE,
    "utter_help": messages.HELP,
    "utter_human": messages.HUMAN,
    "utter_emergency": messages.EMERGENCY,
}


class Responses:
    """Answers Rasa's NLG requests (Rasa 3.6, `rasa.core.nlg.callback`)."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording

    def generate(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """The response to one request: a `custom` payload and nothing else, so that channels show it once.

        Raises `KeyError` for a response that the domain has and this table lacks.
        """
        tracker = request.get("tracker") or {}
        slots, message, events = (tracker.get(name) for name in ("slots", "latest_message", "events"))
        turn = read_turn(slots or {}, message or {}, events or [], self._wording.languages)
        text = self._wording.text(RESPONSES[str(request.get("response"))], turn.language)
        return {"custom": payloads.as_json(payloads.notice(text, turn.language))}
