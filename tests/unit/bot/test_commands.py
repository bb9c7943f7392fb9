"""Commands as people type them."""

import pytest

from bot.commands import Command, parse_command


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/help", Command("help")),
        ("/Language  ja ", Command("language", "ja")),
        ("/restart", Command("unknown")),
        ("/", None),
        ("/etc/passwd", None),
        ("/ help", None),
        ("help", None),
    ],
)
def test_commands(text: str, expected: Command | None) -> None:
    """A word after a slash is a command, anything else is text."""
    assert parse_command(text) == expected
