"""Whether a message is meant for the bot: always in private, in groups only when it is addressed."""

from telegram import Message, MessageEntity
from telegram.constants import ChatType


def is_addressed(message: Message, username: str, bot_id: int) -> bool:
    """True in private chats; in groups when the bot is mentioned, or a message of its is replied to."""
    if message.chat.type == ChatType.PRIVATE:
        return True
    replied = message.reply_to_message
    if replied is not None and replied.from_user is not None and replied.from_user.id == bot_id:
        return True
    return bool(_mentions(message, username, bot_id))


def without_mention(message: Message, username: str, bot_id: int) -> str:
    """The message's text without the bot's name in it."""
    text = message.text or ""
    for entity in _mentions(message, username, bot_id):
        if message.text is not None:
            text = text.replace(message.parse_entity(entity), " ", 1)
    return text


def _mentions(message: Message, username: str, bot_id: int) -> list[MessageEntity]:
    wanted = f"@{username}".casefold()
    kinds: list[str | None] = [MessageEntity.MENTION, MessageEntity.TEXT_MENTION]
    found = message.parse_entities(kinds) if message.text else message.parse_caption_entities(kinds)
    return [
        entity
        for entity, text in found.items()
        if text.casefold() == wanted or (entity.user is not None and entity.user.id == bot_id)
    ]
