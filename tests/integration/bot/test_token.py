"""A token that Telegram refuses."""

import subprocess
import sys
from pathlib import Path

from tests.integration.bot.processes import ROOT, serving


def gateway(token: str, bot_api: str) -> subprocess.CompletedProcess[str]:
    """The gateway, run to its end."""
    command = [sys.executable, "-m", "tests.integration.bot.gateway", token, "http://127.0.0.1:9", bot_api]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=30, check=False)


def test_what_is_no_token() -> None:
    """It is told at once, without asking Telegram."""
    done = gateway("my secret", "http://127.0.0.1:9")
    assert done.returncode == 1
    assert "TELEGRAM_BOT_TOKEN is not a token" in done.stderr
    assert "my secret" not in done.stderr


def test_a_refused_token(tmp_path: Path) -> None:
    """The gateway ends with status 1, says what to do, and does not print the token."""
    token = "1:not_the_token"
    with serving("tests.botapi.server", tmp_path) as (_, bot_api):
        done = gateway(token, bot_api)
    assert done.returncode == 1
    assert "set TELEGRAM_BOT_TOKEN" in done.stderr
    assert token not in done.stdout + done.stderr
