"""The command line: help, misuse, and what goes where. Run as people run it, in a process of its own."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
VISIBLE = ["chat", "run", "ask", "search", "eval", "ingest", "reindex", "train", "doctor"]


def citydesk(*arguments: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    """Run the command line and give back its output and exit status."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("CITYDESK_")}
    return subprocess.run(
        [sys.executable, "-m", "citydesk", *arguments],
        cwd=ROOT,
        env=environment | variables,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def test_help_names_every_command_and_hides_the_inner_ones() -> None:
    shown = citydesk("--help")
    assert shown.returncode == 0
    assert all(f" {command} " in shown.stdout for command in VISIBLE)
    assert "serve-actions" not in shown.stdout


def test_help_does_not_load_what_it_does_not_need() -> None:
    """Typing --help must not cost the seconds that torch takes."""
    code = "import sys, citydesk.cli; print([m for m in ('torch', 'faiss', 'sqlalchemy') if m in sys.modules])"
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"


@pytest.mark.parametrize("command", VISIBLE)
def test_every_command_explains_itself(command: str) -> None:
    assert citydesk(command, "--help").returncode == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ["fly"],
        ["ask"],
        ["ask", "   "],
        ["ask", "x", "--lang", "tlh"],
        ["search", "x", "-k", "0"],
        ["chat", "--no-such-option"],
        ["ingest", "--every", "0"],
    ],
)
def test_misuse_ends_with_2_and_says_so_on_standard_error(arguments: list[str]) -> None:
    result = citydesk(*arguments)
    assert (result.returncode, result.stdout) == (2, "")
    assert "Usage:" in result.stderr


def test_a_bad_setting_is_misuse_in_one_sentence() -> None:
    result = citydesk("doctor", CITYDESK_RASA_PORT="many")
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.startswith("citydesk: Settings: CITYDESK_RASA_PORT=many")
    assert "Traceback" not in result.stderr


def test_without_a_model_run_says_what_makes_it(tmp_path: Path) -> None:
    begun = time.monotonic()
    result = citydesk("run", CITYDESK_HOME=str(tmp_path))
    assert result.returncode == 1
    assert "missing" in result.stderr and "This makes it:" in result.stderr
    assert time.monotonic() - begun < 30


def test_the_doctor_finds_an_empty_home_wanting(tmp_path: Path) -> None:
    """Machine output alone on standard output, exit status 1, a remedy for everything wrong, nothing made."""
    result = citydesk("doctor", "--json", CITYDESK_HOME=str(tmp_path / "home"))
    report = json.loads(result.stdout)
    wrong = {check["part"]: check["remedy"] for check in report["checks"] if check["status"] == "wrong"}
    assert result.returncode == 1
    assert not report["ok"]
    assert wrong["database"] == "citydesk ingest"
    assert wrong["index"] == "citydesk reindex"
    assert wrong["dialogue model"] == "citydesk train --force"
    assert all(wrong.values())
    assert not (tmp_path / "home").exists()
