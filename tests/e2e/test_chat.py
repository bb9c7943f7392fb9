"""The terminal chat, piped: an answer on standard output, status 0, nothing left running."""

import os
import subprocess
import sys
from pathlib import Path

import psutil

from citydesk.settings import PROJECT_ROOT
from tests.e2e.conftest import new_home


def test_a_piped_question(tmp_path: Path, shipped_city: Path) -> None:
    """`printf … | citydesk chat` starts servers, answers, and ends them."""
    settings = new_home(tmp_path, shipped_city)
    result = subprocess.run(
        [sys.executable, "-m", "citydesk", "chat"],
        input="What are the three smart meters?\n三表是什麼\n",
        capture_output=True,
        text=True,
        timeout=180,
        cwd=PROJECT_ROOT,
        env=os.environ | settings.as_environment(),
    )
    assert (0, "") == (result.returncode, result.stderr if result.returncode else "")
    assert "electricity" in result.stdout
    assert "瓦斯" in result.stdout
    assert "Smart City Expo" in result.stdout
    ports = {settings.rasa_port, settings.actions_port}
    listening = {c.laddr.port for c in psutil.net_connections("tcp") if c.laddr and c.status == "LISTEN"}
    assert not ports & listening
