"""Commands as people type them."""

import pytest

from bot.commands import Command, language_asked_for, parse_command


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


@pytest.mark.parametrize(
    ("argument", "expected"),
    [
        ("ja", "ja"),
        ("日本語", "ja"),
        ("Chinese", "zh-Hant"),
        ("zh-TW", "zh-Hant"),
        ("ENGLISH", "en"),
        ("pl", None),
        ("", None),
    ],
)
def test_languages(argument: str, expected: str | None) -> None:
    """A language is asked for by tag or by name."""
    assert language_asked_for(argument) == expected
