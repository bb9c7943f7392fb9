"""/start: who the bot is, and what it keeps."""

from typing import Any

from telegram import Update
from telegram.ext import CommandHandler, ContextTypes, filters

from bot.telegram.desk import Desk
from wording import messages


def handler(desk: Desk) -> CommandHandler[Any, Any]:
    """The handler of /start. It asks nobody, so it works while the dialogue server is away."""

    async def start(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        greeting = desk.text(update, messages.GREETING)
        privacy = desk.text(update, messages.PRIVACY)
        await desk.say(update, f"{greeting}\n\n{privacy}")

    return CommandHandler("start", start, filters=filters.UpdateType.MESSAGE)
