"""Everything under one supervisor, with Telegram: `citydesk run` against the strict Bot API server."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from citydesk.settings import PROJECT_ROOT
from tests.botapi.markup import visible_text
from tests.botapi.server import TOKEN
from tests.e2e.conftest import new_home
from tests.integration.bot.processes import serving
from tests.integration.bot.telegram_side import TelegramSide


@pytest.fixture(scope="module")
def telegram(tmp_path_factory: pytest.TempPathFactory, shipped_city: Path) -> Iterator[TelegramSide]:
    """What a person on Telegram sees of a whole running service; ends it by process id, and looks that it ended."""
    folder: Path = tmp_path_factory.mktemp("telegram")
    settings = new_home(folder, shipped_city)
    with serving("tests.botapi.server", folder) as (_, address):
        environment = settings.as_environment() | {"TELEGRAM_BOT_TOKEN": TOKEN, "CITYDESK_TELEGRAM_API": address}
        log = (folder / "run.log").open("wb")
        service = subprocess.Popen(
            [sys.executable, "-m", "citydesk", "run"],
            cwd=PROJECT_ROOT,
            env=os.environ | environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
        side = TelegramSide(address)
        try:
            yield side
        finally:
            children = psutil.Process(service.pid).children(recursive=True)
            service.send_signal(signal.SIGTERM)
            status = service.wait(30)
            _, left = psutil.wait_procs(children, timeout=10)
            side.close()
            log.close()
        assert (0, []) == (status, left)


def test_a_citizen_asks_on_telegram(telegram: TelegramSide) -> None:
    """三表是什麼, nothing else: two sentences in Traditional Chinese, title, date and link of the source."""
    telegram.write("/start", client="zh-TW")
    [greeting] = telegram.sent(1, seconds=120)  # the gateway waits for Rasa; Telegram keeps the message
    assert "1999" in greeting["text"]
    telegram.write("三表是什麼", client="zh-TW")
    [message] = telegram.sent(1, seconds=60)
    text = message["text"]
    assert "瓦斯表" in text
    assert 'href="https://www.gov.taipei/"' in text
    assert "2018年4月3日" in visible_text(text)
    assert "HTML" == message["parse_mode"]


def test_an_intent_typed_by_a_person_is_no_intent(telegram: TelegramSide) -> None:
    """`/restart` is an unknown command: it gets the help, and Rasa never sees it."""
    telegram.write("/restart", client="en")
    [message] = telegram.sent(1, seconds=60)
    assert "/language" in message["text"]


def test_a_very_long_message_is_cut_and_said_so(telegram: TelegramSide) -> None:
    """The reader is told how much was read."""
    telegram.write("What are the three smart meters? " * 300, client="en")
    [message] = telegram.sent(1, seconds=60)
    assert "500" in message["text"]
