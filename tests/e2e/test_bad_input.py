"""What people send by accident or on purpose: always one answer, and memory that stays."""

import psutil
import pytest

from citydesk.settings import Settings
from tests.e2e.conftest import Conversation

MEBIBYTE = 2**20


@pytest.mark.parametrize(
    "text",
    [
        " ",
        "🎉🎉🎉",
        "\x00\x07\x1b[31m",
        "三表 what are the スマートメーター 三個智慧 meters です",
        "smart meters " * 800,
        "表" * 10_000,
        "a" * 10_000,
        '{"json": [1, 2]} [link](x) __name__',
        "' OR 1=1; --",
    ],
    ids=[
        "blank",
        "emoji",
        "control",
        "mixed",
        "long words",
        "long Chinese",
        "one long word",
        "markup",
        "sql",
    ],
)
def test_every_message_gets_a_reply(service: Settings, text: str) -> None:
    """An empty list would be a failure."""
    assert Conversation(service).say(text)


def test_long_messages_leave_memory_as_it_was(service: Settings) -> None:
    """What reaches the model is capped: long messages once took gigabytes that were never given back."""
    rasa = next(
        connection.pid
        for connection in psutil.net_connections("tcp")
        if connection.laddr and connection.laddr.port == service.rasa_port and connection.status == "LISTEN"
    )
    process = psutil.Process(rasa)
    Conversation(service).say("hello")
    before = process.memory_info().rss
    for _ in range(3):
        Conversation(service).say("智慧 meters " * 1000)
    assert process.memory_info().rss - before < 200 * MEBIBYTE
