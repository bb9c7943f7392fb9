"""What all handlers share: asking the dialogue server, and sending what it says to a chat."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from html import escape
from typing import Final

from rich.cells import cell_len
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    ReplyParameters,
    Update,
)
from telegram.constants import ChatAction, ChatType, ParseMode
from telegram.error import RetryAfter, TelegramError

from bot.buttons import callback_data, parse_button
from bot.errors import ButtonRefused, RasaUnavailable
from bot.payloads import Button, Payload
from bot.ports import Dialogue, Metadata
from bot.render_html import render_html, render_notice
from bot.split import split_html
from wording import messages
from wording.catalogue import Wording
from wording.languages import DEFAULT_LANGUAGE

logger = logging.getLogger(__name__)

_REMEMBERED_CHATS: Final = 10_000
_LONGEST_WAIT_SECONDS: Final = 30.0
_TYPING_SECONDS: Final = 1.0
_HALF_ROW_CELLS: Final = 16


class Desk:
    """The dialogue server and the wording, as handlers use them."""

    def __init__(self, dialogue: Dialogue, wording: Wording) -> None:
        self.dialogue = dialogue
        self.wording = wording
        # In which language each chat was last answered, for the sentences that the channel says by itself.
        self._languages: OrderedDict[int, str] = OrderedDict()

    def language(self, update: Update) -> str:
        """For the channel's own sentences: the last answer's language, else the client's, else English."""
        chat, user = update.effective_chat, update.effective_user
        known = self._languages.get(chat.id) if chat else None
        return known or self.wording.languages.match(user.language_code if user else None) or DEFAULT_LANGUAGE

    def text(self, update: Update, msgid: str, **params: object) -> str:
        """One of the channel's own sentences, in the reader's language."""
        return self.wording.text(msgid, self.language(update), **params)

    async def ask(self, update: Update, question: Callable[[str, Metadata], Awaitable[list[Payload]]]) -> list[Payload]:
        """Put `question(sender, metadata)` to the dialogue server while the chat shows that it is coming.

        Raises `RasaUnavailable`.
        """
        chat, user = update.effective_chat, update.effective_user
        assert chat is not None
        metadata = Metadata(client_language=user.language_code if user else None, channel="telegram")
        typing = asyncio.create_task(_show_typing(update.get_bot(), chat.id))
        try:
            answers = await question(f"telegram-{chat.id}", metadata)
        finally:
            # A slow acknowledgement must not hold the answer back.
            await asyncio.wait([typing], timeout=_TYPING_SECONDS)
            typing.cancel()
        self._languages[chat.id] = answers[-1].language
        self._languages.move_to_end(chat.id)
        if len(self._languages) > _REMEMBERED_CHATS:
            self._languages.popitem(last=False)
        return answers

    async def answer(
        self,
        update: Update,
        question: Callable[[str, Metadata], Awaitable[list[Payload]]],
        *,
        preface: str | None = None,
        otherwise: str | None = None,
    ) -> None:
        """Ask and send what comes back, or say that there is no answer now (`otherwise`, if that says more).

        `preface` is a sentence of the channel that stands before the first message.
        """
        try:
            answers = await self.ask(update, question)
        except RasaUnavailable as error:
            logger.error("No answer for a reader on Telegram: %s", error)
            await self.say(update, otherwise or self.text(update, messages.UNAVAILABLE))
            return
        for number, message in enumerate(answers):
            html = render_html(message, self.wording)
            if preface and number == 0:
                html = f"{render_notice(preface)}\n\n{html}"
            await self._send(update, html, keyboard(message.buttons), quote=number == 0)

    async def say(self, update: Update, sentence: str, buttons: Sequence[Button] = ()) -> None:
        """Send one of the channel's own sentences."""
        await self._send(update, escape(sentence, quote=False), keyboard(buttons), quote=True)

    async def _send(self, update: Update, html: str, markup: InlineKeyboardMarkup | None, *, quote: bool) -> None:
        """Send in pieces; the buttons go with the last. In groups the first quotes what it replies to."""
        chat, asked = update.effective_chat, update.message
        assert chat is not None
        pieces = split_html(html)
        for number, piece in enumerate(pieces):
            reply = None
            if quote and number == 0 and asked is not None and chat.type != ChatType.PRIVATE:
                reply = ReplyParameters(asked.message_id, allow_sending_without_reply=True)
            last = number == len(pieces) - 1
            await _deliver(update.get_bot(), chat.id, piece, markup if last else None, reply)


def keyboard(buttons: Sequence[Button]) -> InlineKeyboardMarkup | None:
    """Short buttons two in a row, others alone.

    A button that Telegram or the allow-list would not take is left out, and logged.
    """
    rows: list[list[InlineKeyboardButton]] = []
    for button in buttons:
        try:
            data = callback_data(parse_button(button.payload))
        except ButtonRefused as error:
            logger.warning("Left out the button %r: %s", button.title, error)
            continue
        made = InlineKeyboardButton(button.title, callback_data=data)
        if rows and len(rows[-1]) == 1 and _is_short(rows[-1][0].text) and _is_short(button.title):
            rows[-1].append(made)
        else:
            rows.append([made])
    return InlineKeyboardMarkup(rows) if rows else None


def _is_short(title: str) -> bool:
    return cell_len(title) <= _HALF_ROW_CELLS


async def _deliver(
    bot: Bot, chat_id: int, html: str, markup: InlineKeyboardMarkup | None, reply: ReplyParameters | None
) -> None:
    for attempt in (1, 2):
        try:
            await bot.send_message(
                chat_id,
                html,
                parse_mode=ParseMode.HTML,
                link_preview_options=LinkPreviewOptions(is_disabled=True),
                reply_markup=markup,
                reply_parameters=reply,
            )
            return
        except RetryAfter as error:
            after = error.retry_after
            wait = after.total_seconds() if isinstance(after, timedelta) else float(after)
            if attempt == 2 or wait > _LONGEST_WAIT_SECONDS:
                raise
            await asyncio.sleep(wait)


async def _show_typing(bot: Bot, chat_id: int) -> None:
    try:
        await bot.send_chat_action(chat_id, ChatAction.TYPING)
    except TelegramError as error:
        logger.debug("Could not show that an answer is coming: %s", error)
