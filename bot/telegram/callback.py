"""A button was pressed."""

import logging
from typing import Any

from telegram import Update
from telegram.error import BadRequest
from telegram.ext import CallbackQueryHandler, ContextTypes

from bot.buttons import parse_button
from bot.errors import ButtonRefused
from bot.telegram.desk import Desk
from wording import messages

logger = logging.getLogger(__name__)


def handler(desk: Desk) -> CallbackQueryHandler[Any, Any]:
    """The handler of buttons. Every press is acknowledged first, so that the button stops spinning."""

    async def press(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        query = update.callback_query
        assert query is not None
        try:
            choice = parse_button(query.data or "")
        except ButtonRefused as error:
            logger.info("A button was refused: %s", error)
            await _acknowledge(update, desk.text(update, messages.OLD_BUTTON))
            return
        if query.message is None:
            await _acknowledge(update, desk.text(update, messages.OLD_BUTTON))
            return
        await _acknowledge(update, None)
        await desk.answer(
            update,
            lambda sender, metadata: desk.dialogue.send_intent(sender, choice.intent, choice.entities, metadata),
        )

    return CallbackQueryHandler(press)


async def _acknowledge(update: Update, alert: str | None) -> None:
    query = update.callback_query
    assert query is not None
    try:
        await query.answer(alert, show_alert=alert is not None)
    except BadRequest as error:
        # Telegram takes no acknowledgement after a minute or so; what was asked for is still sent.
        logger.info("A button press could not be acknowledged: %s", error)
