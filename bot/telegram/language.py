"""/language: choose in which language to be answered."""

from typing import Any

from telegram import Update
from telegram.ext import CommandHandler, ContextTypes, filters

from bot.commands import language_asked_for
from bot.payloads import Button
from bot.telegram.desk import Desk
from wording import messages
from wording.languages import AUTONYMS, LANGUAGES


def handler(desk: Desk) -> CommandHandler[Any, Any]:
    """The handler of /language: a button per language, or at once what was named (`/language ja`)."""

    async def choose(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        argument = " ".join(context.args or ())
        chosen = language_asked_for(argument)
        if chosen is None:
            question = messages.UNKNOWN_LANGUAGE if argument else messages.CHOOSE_LANGUAGE
            await desk.say(update, desk.text(update, question), _buttons())
            return
        entities = {"language": chosen}
        await desk.answer(
            update,
            lambda sender, metadata: desk.dialogue.send_intent(sender, "choose_language", entities, metadata),
        )

    return CommandHandler("language", choose, filters=filters.UpdateType.MESSAGE)


def _buttons() -> list[Button]:
    return [Button(title=AUTONYMS[tag], payload=f'/choose_language{{"language":"{tag}"}}') for tag in LANGUAGES]
