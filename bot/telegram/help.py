"""/help, and every command that the bot doesn't know."""

from typing import Any

from telegram import Update
from telegram.constants import ChatType
from telegram.ext import BaseHandler, CommandHandler, ContextTypes, MessageHandler, filters

from bot.telegram.desk import Desk
from wording import messages


def handlers(desk: Desk) -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of /help and of unknown commands; the latter must be added after all known commands."""

    async def show_help(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        await desk.answer(
            update,
            lambda sender, metadata: desk.dialogue.send_intent(sender, "help", {}, metadata),
            otherwise=desk.text(update, messages.HELP),
        )

    async def unknown(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        message = update.message
        if message is None or message.text is None:
            return
        # In a group a command without a name may be meant for another bot.
        named = message.text.split(maxsplit=1)[0].casefold().endswith(f"@{context.bot.username.casefold()}")
        if named or message.chat.type == ChatType.PRIVATE:
            await show_help(update, context)

    return [
        CommandHandler("help", show_help, filters=filters.UpdateType.MESSAGE),
        MessageHandler(filters.COMMAND & filters.UpdateType.MESSAGE, unknown),
    ]
