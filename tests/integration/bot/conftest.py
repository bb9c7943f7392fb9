"""The gateway, a dialogue server and a Bot API server, each a real process."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from tests.botapi.server import TOKEN
from tests.integration.bot.processes import ROOT, serving
from tests.integration.bot.telegram_side import Json, TelegramSide


@dataclass
class Stage:
    """Everything running; `rasa` may be killed by a test of its own stage."""

    telegram: TelegramSide
    rasa: subprocess.Popen[bytes]
    rasa_url: str
    log: Path

    def heard(self) -> list[Json]:
        """What the dialogue server was sent so far."""
        said: list[Json] = httpx.get(f"{self.rasa_url}/heard", trust_env=False).json()
        return said


@pytest.fixture(scope="module")
def rasa_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A dialogue server that stays up."""
    with serving("tests.integration.bot.fake_rasa", tmp_path_factory.mktemp("rasa")) as (_, address):
        yield address


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """The gateway at work, its command menu already set."""
    folder = tmp_path_factory.mktemp("stage")
    with (
        serving("tests.botapi.server", folder) as (_, bot_api),
        serving("tests.integration.bot.fake_rasa", folder) as (rasa, rasa_url),
        (folder / "gateway.log").open("wb") as log,
    ):
        command = [sys.executable, "-m", "tests.integration.bot.gateway", TOKEN, rasa_url, bot_api]
        gateway = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)
        telegram = TelegramSide(bot_api)
        try:
            yield Stage(telegram, rasa, rasa_url, folder / "gateway.log")
        finally:
            telegram.close()
            gateway.send_signal(signal.SIGTERM)
            status = gateway.wait(20)
    assert status == 0, (folder / "gateway.log").read_text("utf-8")
