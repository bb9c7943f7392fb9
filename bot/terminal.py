"""The chat in the terminal: for people at a keyboard, and for pipes."""

import sys
from typing import Final, TextIO, assert_never

from rich.console import Console

from bot.buttons import parse_button
from bot.commands import Command, parse_command
from bot.errors import BotError, ButtonRefused, EmptyMessage, RasaUnavailable
from bot.interrupts import plain_interrupts, until_interrupted
from bot.payloads import Button, Payload
from bot.ports import Dialogue, Metadata
from bot.prepare import MAX_CHARACTERS, prepare
from bot.render_text import render_text
from wording import messages
from wording.catalogue import Wording
from wording.languages import DEFAULT_LANGUAGE

_PROMPT: Final = "› "


async def chat(
    client: Dialogue,
    wording: Wording,
    language: str | None,
    stdin: TextIO,
    stdout: TextIO,
    *,
    sender: str,
    stderr: TextIO | None = None,
) -> int:
    """Talk until the end of `stdin`; returns the exit status.

    `language` is the client's language tag (of the system's locale), `sender` the conversation. At a terminal
    an empty line, Ctrl-D and Ctrl-C end the chat, and a question that could not be answered may be tried
    again: the status is 1 when the last one failed. From a pipe, each line is a question and the chat ends at
    the first one that fails, with status 1. Reading blocks the event loop: run nothing else on it.
    """
    talk = _Talk(client, wording, language, stdout, stderr or sys.stderr, sender, interactive=_is_tty(stdin))
    return await talk.run(stdin)


class _Talk:
    def __init__(
        self,
        client: Dialogue,
        wording: Wording,
        language: str | None,
        stdout: TextIO,
        stderr: TextIO,
        sender: str,
        *,
        interactive: bool,
    ) -> None:
        self._client, self._wording, self._sender = client, wording, sender
        self._language: str = wording.languages.match(language) or DEFAULT_LANGUAGE
        self._metadata = Metadata(client_language=language, channel="terminal")
        self._out, self._err = stdout, stderr
        self._interactive = interactive
        self._console = Console(file=stdout, highlight=False, emoji=False) if _is_tty(stdout) else None
        self._choices: tuple[Button, ...] = ()

    async def run(self, stdin: TextIO) -> int:
        if self._interactive:
            self._say(self._text(messages.GREETING))
            self._say(self._text(messages.TERMINAL_HELP))
        status = 0
        while (line := self._read(stdin)) is not None:
            if not line.strip():
                if self._interactive:
                    break
                continue
            outcome = await until_interrupted(self._turn(line.strip()))
            if outcome is None:
                break
            status = outcome
            if not status:
                self._write("\n")
            if status and not self._interactive:
                break
        return status

    def _read(self, stdin: TextIO) -> str | None:
        """The next line, or None at the end of the input and on Ctrl-C."""
        try:
            with plain_interrupts():
                line = self._read_line(stdin)
        except KeyboardInterrupt:
            line = ""
        if not line and self._interactive:
            self._write("\n")
        return line or None

    def _read_line(self, stdin: TextIO) -> str:
        if self._interactive and stdin is sys.stdin and self._out is sys.stdout:
            import readline  # noqa: F401  (gives input() its history and line editing)

            try:
                return input(_PROMPT) + "\n"
            except EOFError:
                return ""
        if self._interactive:
            self._write(_PROMPT)
        return stdin.readline()

    async def _turn(self, line: str) -> int:
        """One question and its answer; 1 when there was none."""
        try:
            for message in await self._ask(line):
                self._show(message)
        except EmptyMessage:
            self._say(self._text(messages.EMPTY))
        except ButtonRefused:
            self._say(self._text(messages.OLD_BUTTON))
        except RasaUnavailable as error:
            self._complain(error)
            return 1
        return 0

    async def _ask(self, line: str) -> list[Payload]:
        if line.isdecimal() and 1 <= int(line) <= len(self._choices):
            choice = parse_button(self._choices[int(line) - 1].payload)
            return await self._client.send_intent(self._sender, choice.intent, choice.entities, self._metadata)
        command = parse_command(line)
        if command is not None:
            return await self._obey(command)
        prepared = prepare(line)
        if prepared.truncated:
            self._say(self._text(messages.TOO_LONG, count=MAX_CHARACTERS))
        return await self._client.send(self._sender, prepared.text, self._metadata)

    async def _obey(self, command: Command) -> list[Payload]:
        match command.name:
            case "start":
                self._say(self._text(messages.GREETING))
                self._say(self._text(messages.PRIVACY))
                return []
            case "language":
                return await self._choose_language(command.argument)
            case "help" | "unknown":
                return await self._client.send_intent(self._sender, "help", {}, self._metadata)
            case _:
                assert_never(command.name)

    async def _choose_language(self, argument: str) -> list[Payload]:
        chosen = self._wording.languages.named(argument)
        if chosen is None:
            self._say(self._wording.which_language(self._language, unknown=bool(argument)))
            for language in self._wording.languages.values():
                self._say(f"  /language {language.tag}   {language.autonym}")
            return []
        return await self._client.send_intent(self._sender, "choose_language", {"language": chosen}, self._metadata)

    def _show(self, message: Payload) -> None:
        self._language = message.language
        self._choices = message.buttons
        text = render_text(message, self._wording, markup=self._console is not None)
        if self._console is not None:
            self._console.print(text, soft_wrap=True)
            self._out.flush()
        else:
            self._write(text + "\n")
        if message.buttons and self._interactive:
            self._say(self._text(messages.TERMINAL_CHOICE))

    def _complain(self, error: BotError) -> None:
        self._err.write(f"{self._text(messages.UNAVAILABLE)}\n({error})\n")
        self._err.flush()

    def _text(self, msgid: str, **params: object) -> str:
        return self._wording.text(msgid, self._language, **params)

    def _say(self, sentence: str) -> None:
        self._write(sentence + "\n")

    def _write(self, text: str) -> None:
        self._out.write(text)
        self._out.flush()


def _is_tty(stream: TextIO) -> bool:
    return stream.isatty()
