"""The tests' own Bot API server refuses what Telegram refuses."""

import json
from typing import Any

import pytest

from tests.botapi.methods import call
from tests.botapi.rejections import Rejected
from tests.botapi.state import State

SENT = {"chat_id": "7", "text": "Hello", "parse_mode": "HTML"}


@pytest.fixture
def state() -> State:
    """A server to which one person has written."""
    state = State("1:x")
    state.push({"message": {"message_id": 1, "chat": {"id": 7, "type": "private"}, "text": "hi"}})
    return state


def keyboard(data: str) -> str:
    return json.dumps({"inline_keyboard": [[{"text": "A", "callback_data": data}]]})


@pytest.mark.parametrize(
    ("method", "parameters", "why"),
    [
        ("sendMessage", {**SENT, "chat_id": "8"}, "chat not found"),
        ("sendMessage", {**SENT, "text": "<b> </b>"}, "text is empty"),
        ("sendMessage", {**SENT, "text": "😀" * 2_049}, "too long"),
        ("sendMessage", {**SENT, "text": "a < b"}, "can't parse entities"),
        ("sendMessage", {**SENT, "parse_mode": "Markdown"}, "parse_mode"),
        ("sendMessage", {**SENT, "disable_previews": "true"}, "unknown parameters"),
        ("sendMessage", {**SENT, "reply_markup": keyboard("x" * 65)}, "BUTTON_DATA_INVALID"),
        ("sendMessage", {**SENT, "reply_markup": "{"}, "can't parse reply_markup"),
        ("sendChatAction", {"chat_id": "7", "action": "sleeping"}, "action"),
        ("answerCallbackQuery", {"callback_query_id": "1"}, "query is too old"),
        ("setMyCommands", {"commands": '[{"command": "Start", "description": "x"}]'}, "BOT_COMMAND_INVALID"),
        ("setMyCommands", {"commands": '[{"command": "a", "description": "x"}]', "language_code": "zh-TW"},
         "language code"),
        ("getUpdates", {"limit": "101"}, "out of range"),
        ("sendEverything", {}, "method not found"),
    ],
)  # fmt: skip
def test_refused(state: State, method: str, parameters: dict[str, Any], why: str) -> None:
    """Limits, unknown parameters and unknown chats are refused, each with a reason."""
    with pytest.raises(Rejected, match=why):
        call(state, method, parameters)


def test_taken(state: State) -> None:
    """A message at the limit, its mark-up not counted, with a button of 64 bytes."""
    parameters = {**SENT, "text": f"<b>{'x' * 4_096}</b>", "reply_markup": keyboard("x" * 64)}
    assert call(state, "sendMessage", parameters)["text"] == "x" * 4_096


def test_updates_are_given_until_they_are_acknowledged(state: State) -> None:
    """The offset says which are done with."""
    assert [update["update_id"] for update in call(state, "getUpdates", {})] == [1]
    assert [update["update_id"] for update in call(state, "getUpdates", {"offset": "1"})] == [1]
    assert call(state, "getUpdates", {"offset": "2"}) == []
