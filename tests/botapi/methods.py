"""The methods of the Bot API that the gateway may call, each with its documented limits."""

import json
import re
import time
from collections.abc import Callable
from typing import Any, Final, TypeVar

from tests.botapi.markup import MAX_TEXT_UNITS, units, visible_text
from tests.botapi.rejections import Rejected, bad_request
from tests.botapi.state import Json, State

T = TypeVar("T")

_ACTIONS: Final = frozenset(("typing", "upload_photo", "upload_document", "find_location", "choose_sticker"))
_UPDATE_KINDS: Final = frozenset(("message", "edited_message", "callback_query", "my_chat_member"))


def call(state: State, method: str, parameters: Json) -> Any:
    """The result of a call; raises `Rejected`."""
    known = METHODS.get(method)
    if known is None:
        raise Rejected(404, "Not Found: method not found")
    allowed, run = known
    surplus = parameters.keys() - allowed
    if surplus:
        raise bad_request(f"unknown parameters {sorted(surplus)}")
    state.refuse_if_asked(method)
    return run(state, parameters)


def _get_me(state: State, parameters: Json) -> Json:
    return {
        **state.bot,
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
    }


def _get_updates(state: State, parameters: Json) -> list[Json]:
    offset = _integer(parameters, "offset", default=0)
    limit = _integer(parameters, "limit", default=100)
    seconds = _integer(parameters, "timeout", default=0)
    if not 1 <= limit <= 100 or seconds < 0:
        raise bad_request("limit or timeout out of range")
    kinds = _structure(parameters, "allowed_updates", list) or ["message", "callback_query"]
    if not set(kinds) <= _UPDATE_KINDS:
        raise bad_request("unknown update type in allowed_updates")
    deadline = time.monotonic() + seconds
    with state.changed:
        if state.polling:
            raise Rejected(409, "Conflict: terminated by other getUpdates request")
        state.polling = True
        try:
            state.updates = [one for one in state.updates if one["update_id"] >= offset and one.keys() & set(kinds)]
            while not state.updates and (left := deadline - time.monotonic()) > 0:
                state.changed.wait(left)
                state.updates = [one for one in state.updates if one.keys() & set(kinds)]
            return state.updates[:limit]
        finally:
            state.polling = False


def _send_message(state: State, parameters: Json) -> Json:
    chat = _chat(state, parameters)
    text = parameters.get("text")
    if not isinstance(text, str):
        raise bad_request("text must be a string")
    mode = parameters.get("parse_mode")
    if mode not in (None, "HTML"):
        raise bad_request("unsupported parse_mode")
    shown = visible_text(text) if mode == "HTML" else text
    if not shown.strip():
        raise bad_request("message text is empty")
    if units(shown) > MAX_TEXT_UNITS:
        raise bad_request("message is too long")
    _check_keyboard(_structure(parameters, "reply_markup", dict))
    preview = _structure(parameters, "link_preview_options", dict)
    if preview and not preview.keys() <= {"is_disabled", "url", "prefer_small_media", "show_above_text"}:
        raise bad_request("unknown field in link_preview_options")
    reply = _structure(parameters, "reply_parameters", dict)
    if reply is not None and not isinstance(reply.get("message_id"), int):
        raise bad_request("reply_parameters need a message_id")
    with state.changed:
        state.next_message += 1
        number = state.next_message
    return {"message_id": number, "date": int(time.time()), "chat": chat, "from": state.bot, "text": shown}


def _check_keyboard(markup: Json | None) -> None:
    if markup is None:
        return
    rows = markup.get("inline_keyboard")
    if markup.keys() != {"inline_keyboard"} or not isinstance(rows, list):
        raise bad_request("object expected as reply markup")
    for button in (button for row in rows for button in row):
        if button.keys() != {"text", "callback_data"} or not button["text"].strip():
            raise bad_request("inline keyboard button is not text with callback_data")
        if not 1 <= len(button["callback_data"].encode()) <= 64:
            raise bad_request("BUTTON_DATA_INVALID")


def _send_chat_action(state: State, parameters: Json) -> bool:
    _chat(state, parameters)
    if parameters.get("action") not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    return True


def _answer_callback_query(state: State, parameters: Json) -> bool:
    query = parameters.get("callback_query_id")
    with state.changed:
        if query not in state.queries:
            raise bad_request("query is too old and response timeout expired or query ID is invalid")
        state.queries.discard(str(query))
    if units(str(parameters.get("text", ""))) > 200:
        raise bad_request("MESSAGE_TOO_LONG")
    return True


def _set_my_commands(state: State, parameters: Json) -> bool:
    commands = _structure(parameters, "commands", list)
    if not commands or len(commands) > 100:
        raise bad_request("can't parse commands")
    for command in commands:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", str(command.get("command"))):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= units(str(command.get("description"))) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    code = parameters.get("language_code", "")
    if code and not re.fullmatch(r"[a-z]{2}", str(code)):
        raise bad_request("invalid language code specified")
    return True


def _delete_webhook(state: State, parameters: Json) -> bool:
    return True


def _chat(state: State, parameters: Json) -> Json:
    chat = state.chats.get(_integer(parameters, "chat_id"))
    if chat is None:
        raise bad_request("chat not found")
    return chat


def _integer(parameters: Json, name: str, default: int | None = None) -> int:
    try:
        return int(str(parameters.get(name, default)))
    except ValueError:
        raise bad_request(f"{name} must be an integer") from None


def _structure(parameters: Json, name: str, kind: type[T]) -> T | None:
    value = parameters.get(name)
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {name} JSON object") from None
    if value is not None and not isinstance(value, kind):
        raise bad_request(f"{name} is of the wrong kind")
    return value


METHODS: Final[dict[str, tuple[frozenset[str], Callable[[State, Json], Any]]]] = {
    "getMe": (frozenset(), _get_me),
    "getUpdates": (frozenset(("offset", "limit", "timeout", "allowed_updates")), _get_updates),
    "sendMessage": (
        frozenset(("chat_id", "text", "parse_mode", "link_preview_options", "reply_markup", "reply_parameters")),
        _send_message,
    ),
    "sendChatAction": (frozenset(("chat_id", "action")), _send_chat_action),
    "answerCallbackQuery": (frozenset(("callback_query_id", "text", "show_alert")), _answer_callback_query),
    "setMyCommands": (frozenset(("commands", "scope", "language_code")), _set_my_commands),
    "deleteWebhook": (frozenset(("drop_pending_updates",)), _delete_webhook),
}
