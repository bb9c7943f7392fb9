"""What people write: cleaned, asked, answered."""

from typing import Any

from telegram import Update
from telegram.ext import ContextTypes, MessageHandler, filters

from bot.errors import EmptyMessage
from bot.prepare import MAX_CHARACTERS, prepare
from bot.telegram.addressed import is_addressed, without_mention
from bot.telegram.desk import Desk
from wording import messages


def handler(desk: Desk) -> MessageHandler[Any, Any]:
    """The handler of text that is not a command. In groups it is silent unless the bot is addressed."""

    async def answer(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        message, bot = update.message, context.bot
        if message is None or not is_addressed(message, bot.username, bot.id):
            return
        try:
            prepared = prepare(without_mention(message, bot.username, bot.id))
        except EmptyMessage:
            await desk.say(update, desk.text(update, messages.EMPTY))
            return
        preface = desk.text(update, messages.TOO_LONG, count=MAX_CHARACTERS) if prepared.truncated else None
        await desk.answer(
            update,
            lambda sender, metadata: desk.dialogue.send(sender, prepared.text, metadata),
            preface=preface,
        )

    return MessageHandler(filters.TEXT & ~filters.COMMAND & filters.UpdateType.MESSAGE, answer)
