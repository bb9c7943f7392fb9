"""The Telegram gateway, put together: long polling, handlers in their order, commands in the languages' own menus."""

import logging
import re
from typing import Any, Final

from telegram import BotCommand, Update
from telegram.error import InvalidToken, TelegramError
from telegram.ext import Application, ApplicationBuilder

from bot.rasa_client import RasaClient
from bot.telegram import callback, errors, help, language, other, start, text
from bot.telegram.desk import Desk
from bot.telegram.in_order import InOrderPerChat
from bot.telegram.quiet_log import keep_out_of_logs
from wording import messages
from wording.catalogue import Wording
from wording.languages import DEFAULT_LANGUAGE

logger = logging.getLogger(__name__)

_COMMANDS: Final = {
    "start": messages.COMMAND_START,
    "help": messages.COMMAND_HELP,
    "language": messages.COMMAND_LANGUAGE,
}
_TOKEN: Final = re.compile(r"[0-9]+:[A-Za-z0-9_-]+")
_UPDATES: Final = [Update.MESSAGE, Update.CALLBACK_QUERY]

App = Application[Any, Any, Any, Any, Any, Any]


def run(token: str, rasa_url: str, wording: Wording, base_url: str | None = None) -> int:
    """Serve Telegram until a stop signal; returns the exit status, 1 when the token is refused.

    `rasa_url` is the dialogue server's address; `base_url` that of another Bot API server, without `/bot`
    (`http://127.0.0.1:8081`). Call it in the main thread, outside any event loop, with logging configured.
    """
    if not _TOKEN.fullmatch(token):
        logger.error("TELEGRAM_BOT_TOKEN is not a token; it looks like 123456:ABC-def, as @BotFather gave it")
        return 1
    keep_out_of_logs(token)
    try:
        application = build(token, RasaClient(rasa_url), wording, base_url)
        # Telegram being out of reach at the start is waited out; a refused token is not.
        application.run_polling(allowed_updates=_UPDATES, bootstrap_retries=-1)
    except InvalidToken:
        logger.error("Telegram refused the token; set TELEGRAM_BOT_TOKEN to the one that @BotFather gave")
        return 1
    return 0


def build(token: str, rasa: RasaClient, wording: Wording, base_url: str | None = None) -> App:
    """The application with all of its handlers; it closes `rasa` when it is shut down."""

    async def begin(application: App) -> None:
        await _announce_commands(application, wording)

    async def end(application: App) -> None:
        await rasa.aclose()

    builder = ApplicationBuilder().token(token).concurrent_updates(InOrderPerChat())
    builder = builder.post_init(begin).post_shutdown(end)
    if base_url is not None:
        root = base_url.rstrip("/")
        builder = builder.base_url(f"{root}/bot").base_file_url(f"{root}/file/bot")
    application: App = builder.build()
    desk = Desk(rasa, wording)
    application.add_handlers(
        [
            start.handler(desk),
            language.handler(desk),
            *help.handlers(desk),
            text.handler(desk),
            callback.handler(desk),
            other.handler(desk),
        ]
    )
    application.add_error_handler(errors.handler(desk))
    return application


async def _announce_commands(application: App, wording: Wording) -> None:
    """Fill Telegram's command menu, in each of our languages; a failure costs the menu, not the service."""
    own = [language.tag for language in wording.languages.values() if language.shown_from is None]
    for tag in own:
        commands = [BotCommand(name, wording.text(msgid, tag)) for name, msgid in _COMMANDS.items()]
        # Telegram knows languages by two letters; the list without a language is for everyone else.
        code = None if tag == DEFAULT_LANGUAGE else tag.split("-")[0]
        try:
            await application.bot.set_my_commands(commands, language_code=code)
        except TelegramError as error:
            logger.warning("The command menu in %s could not be set: %s", tag, error)
