"""The chat in the terminal, over a scripted dialogue."""

import io
from collections.abc import Mapping
from pathlib import Path

from bot.errors import RasaUnavailable
from bot.payloads import Payload
from bot.ports import Dialogue, Metadata
from bot.terminal import chat
from tests.unit.bot.samples import answer, notice, source
from wording.catalogue import Wording

WORDING = Wording(Path("content"))


class ScriptedDialogue(Dialogue):
    """Replies to texts and intents as the script says; writes down what it heard."""

    def __init__(self, script: Mapping[str, Payload | None] | None = None) -> None:
        self.script = dict(script or {})
        self.heard: list[tuple[str, str, Metadata]] = []

    async def send(self, sender: str, text: str, metadata: Metadata) -> list[Payload]:
        return self._reply(sender, text, metadata)

    async def send_intent(
        self, sender: str, intent: str, entities: Mapping[str, str], metadata: Metadata
    ) -> list[Payload]:
        return self._reply(sender, f"/{intent} {' '.join(entities.values())}".strip(), metadata)

    def _reply(self, sender: str, said: str, metadata: Metadata) -> list[Payload]:
        self.heard.append((sender, said, metadata))
        reply = self.script.get(said, notice(f"You said: {said}"))
        if reply is None:
            raise RasaUnavailable("no server")
        return [reply]


class Keyboard(io.StringIO):
    """A person at a terminal."""

    def isatty(self) -> bool:
        return True


async def talk(dialogue: Dialogue, typed: io.StringIO, language: str | None = "en") -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    status = await chat(dialogue, WORDING, language, typed, out, sender="terminal-1", stderr=err)
    return status, out.getvalue(), err.getvalue()


async def test_a_pipe() -> None:
    """Each line is a question; its answer and its source have lines of their own; nothing else is said."""
    dialogue = ScriptedDialogue({"first": answer("One.", source())})
    status, out, err = await talk(dialogue, io.StringIO("first\n\nsecond"))
    expected = (
        "One.\nSource: City wins award · published April 3, 2018 · https://city.example/news/1\n\nYou said: second\n\n"
    )
    assert (status, out, err) == (0, expected, "")
    assert dialogue.heard[0] == ("terminal-1", "first", {"client_language": "en", "channel": "terminal"})


async def test_a_pipe_ends_at_a_failure() -> None:
    """Nothing is printed as an answer; the message is on standard error; the status is 1."""
    dialogue = ScriptedDialogue({"first": None})
    status, out, err = await talk(dialogue, io.StringIO("first\nsecond\n"), language="zh-TW")
    assert (status, out) == (1, "")
    assert err == "我現在無法回答，請過一分鐘再試。遇到緊急狀況請撥 119 或 110。\n(no server)\n"
    assert len(dialogue.heard) == 1


async def test_a_person_may_try_again() -> None:
    """At a terminal the chat goes on, and the last outcome counts."""
    dialogue = ScriptedDialogue({"first": None})
    status, out, _ = await talk(dialogue, Keyboard("first\nsecond\n"))
    assert status == 0
    assert "Ctrl-D" in out
    assert "You said: second" in out


async def test_an_empty_line_ends_the_chat() -> None:
    """As the first lines promise."""
    dialogue = ScriptedDialogue()
    status, _, _ = await talk(dialogue, Keyboard("\nnever asked\n"))
    assert (status, dialogue.heard) == (0, [])


async def test_choices_by_number() -> None:
    """A number chooses what was offered; without an offer it is just text."""
    buttons = [{"title": "Meters", "payload": '/show_entry{"entry":"meters.what"}'}]
    offer = answer("One of these?", status="uncertain", buttons=buttons)
    dialogue = ScriptedDialogue({"what": offer})
    _, out, _ = await talk(dialogue, io.StringIO("what\n1\n1\n"))
    assert "One of these?\n  1. Meters\n" in out
    assert [said for _, said, _ in dialogue.heard] == ["what", "/show_entry meters.what", "1"]


async def test_a_choice_that_is_not_allowed() -> None:
    """A button that carries another intent is refused kindly."""
    offer = answer("?", buttons=[{"title": "Evil", "payload": "/restart"}])
    dialogue = ScriptedDialogue({"what": offer})
    _, out, _ = await talk(dialogue, io.StringIO("what\n1\n"))
    assert "This button no longer works." in out
    assert len(dialogue.heard) == 1


async def test_commands() -> None:
    """The same commands as on Telegram; what looks like an intent is none."""
    dialogue = ScriptedDialogue({"/choose_language ja": notice("はい。", language="ja")})
    typed = "/help\n/restart\n/start\n/language\n/language ja\n/ /restart\n/book{}\n"
    _, out, _ = await talk(dialogue, io.StringIO(typed))
    said = [said for _, said, _ in dialogue.heard]
    assert said == ["/help", "/help", "/choose_language ja", "restart", "book{}"]
    assert "I keep our conversation" in out
    assert "/language zh-Hant" in out


async def test_the_channels_own_sentences_follow_the_last_answer() -> None:
    """After an answer in Japanese, an empty message is told in Japanese."""
    dialogue = ScriptedDialogue({"何": notice("はい。", language="ja")})
    _, out, _ = await talk(dialogue, io.StringIO("何\n/ /\n"))
    assert out.endswith("メッセージが空でした。何をお知りになりたいですか？\n\n")


async def test_a_long_question_is_told() -> None:
    """Only its beginning is read."""
    dialogue = ScriptedDialogue()
    _, out, _ = await talk(dialogue, io.StringIO("x" * 600 + "\n"))
    assert out.startswith("I read only the first 500 characters.\n")


async def test_no_text_steers_the_terminal() -> None:
    """Control characters from a feed are dropped."""
    dialogue = ScriptedDialogue({"x": answer("red \x1b[31mtext\x07", source(title="a\x9bb"))})
    _, out, _ = await talk(dialogue, io.StringIO("x\n"))
    assert out.startswith("red [31mtext\nSource: ab · ")
