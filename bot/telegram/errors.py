"""What a handler did not catch: logged without the token, and told to the reader."""

import logging
from collections.abc import Callable, Coroutine
from typing import Any

from telegram import Update
from telegram.error import BadRequest, Forbidden, NetworkError, TelegramError
from telegram.ext import ContextTypes

from bot.telegram.desk import Desk
from wording import messages

logger = logging.getLogger(__name__)


def handler(desk: Desk) -> Callable[[object, ContextTypes.DEFAULT_TYPE], Coroutine[Any, Any, None]]:
    """The error handler; what can't be delivered is only logged."""

    async def report(update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        error = context.error
        if isinstance(error, Forbidden):
            logger.info("A reader has blocked the bot or left: %s", error)
            return
        logger.error("An update could not be handled: %s", type(error).__name__, exc_info=error)
        # When Telegram itself can't be reached, another message would fail as well. (Its BadRequest is a
        # NetworkError by descent only.)
        unreachable = isinstance(error, NetworkError) and not isinstance(error, BadRequest)
        if isinstance(update, Update) and update.effective_chat and not unreachable:
            try:
                await desk.say(update, desk.text(update, messages.UNAVAILABLE))
            except TelegramError as second:
                logger.error("The reader could not be told: %s", second)

    return report
