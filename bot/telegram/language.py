"""/language: choose in which language to be answered."""

from typing import Any

from telegram import Update
from telegram.ext import CommandHandler, ContextTypes, filters

from bot.payloads import Button
from bot.telegram.desk import Desk
from wording.languages import Languages


def handler(desk: Desk) -> CommandHandler[Any, Any]:
    """The handler of /language: a button per language, or at once what was named (`/language ja`)."""

    languages = desk.wording.languages

    async def choose(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        argument = " ".join(context.args or ())
        chosen = languages.named(argument)
        if chosen is None:
            question = desk.wording.which_language(desk.language(update), unknown=bool(argument))
            await desk.say(update, question, _buttons(languages))
            return
        entities = {"language": chosen}
        await desk.answer(
            update,
            lambda sender, metadata: desk.dialogue.send_intent(sender, "choose_language", entities, metadata),
        )

    return CommandHandler("language", choose, filters=filters.UpdateType.MESSAGE)


def _buttons(languages: Languages) -> list[Button]:
    return [
        Button(title=one.autonym, payload=f'/choose_language{{"language":"{one.tag}"}}') for one in languages.values()
    ]
