"""Photos, stickers, voice and the like: a kind word that only text is read."""

from typing import Any

from telegram import Update
from telegram.ext import ContextTypes, MessageHandler, filters

from bot.telegram.addressed import is_addressed
from bot.telegram.desk import Desk
from wording import messages


def handler(desk: Desk) -> MessageHandler[Any, Any]:
    """The handler of messages without text; Telegram's own notes (someone joined, …) are passed over."""

    async def decline(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        message = update.message
        if message is not None and is_addressed(message, context.bot.username, context.bot.id):
            await desk.say(update, desk.text(update, messages.NOT_TEXT))

    not_text = ~filters.TEXT & ~filters.StatusUpdate.ALL
    return MessageHandler(not_text & filters.UpdateType.MESSAGE, decline)
