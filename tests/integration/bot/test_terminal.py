"""The terminal chat as a real process: from a pipe, and at a (pseudo) terminal."""

import os
import pty
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from tests.integration.bot.processes import ROOT

NOBODY = "http://127.0.0.1:9"


def command(rasa_url: str, language: str = "en") -> list[str]:
    return [sys.executable, "-m", "tests.integration.bot.terminal", rasa_url, language]


def piped(rasa_url: str, typed: str, language: str = "en") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(rasa_url, language), cwd=ROOT, input=typed, capture_output=True, text=True, timeout=30, check=False
    )


def test_from_a_pipe(rasa_url: str) -> None:
    """Answers and sources as plain lines on standard output, status 0."""
    done = piped(rasa_url, "special characters\n/ /restart\n")
    expected = (
        "The city reported on April 3, 2018:\n"
        "  Visitors <b>& guests</b> came.\n"
        "Source: Expo <2018> & more · published April 3, 2018 · home page of the city (the exact page is not known)"
        " · sample data · https://city.example/news?a=1&b=2\n"
        "\nYou said: restart\n\n"
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, expected, "")


def test_nobody_answers() -> None:
    """Status 1, the message on standard error in the reader's language, no traceback."""
    done = piped(NOBODY, "hello\n", language="ja-JP")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("ただいまお答えできません。")
    assert "citydesk doctor" in done.stderr
    assert "Traceback" not in done.stderr


class Terminal:
    """A pseudo terminal with the chat at its other end."""

    def __init__(self, process: subprocess.Popen[bytes], screen: int) -> None:
        self.process, self._screen = process, screen
        self._shown = b""

    def type(self, keys: str) -> None:
        os.write(self._screen, keys.encode())

    def wait_for(self, text: str) -> None:
        """Read the screen until `text` has appeared since the last wait."""
        wanted = text.encode()
        deadline = time.monotonic() + 20
        while wanted not in self._shown:
            ready, _, _ = select.select([self._screen], [], [], max(0.0, deadline - time.monotonic()))
            assert ready, f"{text!r} did not appear, but: {self._shown!r}"
            self._shown += os.read(self._screen, 4_096)
        self._shown = self._shown.partition(wanted)[2]

    def rest(self) -> str:
        """What is shown until the process ends."""
        try:
            while piece := os.read(self._screen, 4_096):
                self._shown += piece
        except OSError:  # the other end has closed
            pass
        return self._shown.decode(errors="replace")


@contextmanager
def terminal(rasa_url: str) -> Iterator[Terminal]:
    screen, keyboard = pty.openpty()
    process = subprocess.Popen(
        command(rasa_url), cwd=ROOT, stdin=keyboard, stdout=keyboard, stderr=keyboard, start_new_session=True
    )
    os.close(keyboard)
    try:
        yield Terminal(process, screen)
    finally:
        process.kill()
        process.wait()
        os.close(screen)


def test_at_a_terminal(rasa_url: str) -> None:
    """Greeted, helped, answered, given choices to type; Ctrl-D ends it with status 0."""
    with terminal(rasa_url) as here:
        here.wait_for("Ctrl-D ends the chat.")
        here.wait_for("› ")
        here.type("choices\n")
        here.wait_for("Meters")
        here.wait_for("Type a number to choose.")
        here.type("1\n")
        here.wait_for("The entry on meters.")
        here.wait_for("› ")
        here.type("\x04")
        assert here.process.wait(10) == 0


def test_ctrl_c_at_the_prompt(rasa_url: str) -> None:
    """It ends the chat without a traceback."""
    with terminal(rasa_url) as here:
        here.wait_for("› ")
        time.sleep(0.2)
        here.process.send_signal(signal.SIGINT)
        assert here.process.wait(10) == 0
        assert "Traceback" not in here.rest()


def test_ctrl_c_while_waiting(rasa_url: str) -> None:
    """It ends the chat while an answer is awaited, just as cleanly."""
    with terminal(rasa_url) as here:
        here.wait_for("› ")
        here.type("slow\n")
        here.wait_for("slow")
        time.sleep(0.2)
        here.process.send_signal(signal.SIGINT)
        assert here.process.wait(10) == 0
        shown = here.rest()
        assert "Traceback" not in shown
        assert "You said" not in shown
