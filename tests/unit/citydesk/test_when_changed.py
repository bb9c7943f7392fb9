"""The step runner of the Makefile: a step runs when its inputs have changed, and only then."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[3] / "scripts" / "when_changed.py"
# Counts its runs in a file; fails while a file named `broken` is there.
STEP = (
    "import pathlib, sys; print('told'); log = pathlib.Path('runs'); "
    "log.write_text((log.read_text() if log.exists() else '') + 'x'); "
    "sys.exit(3 if pathlib.Path('broken').exists() else 0)"
)


class Step:
    """One step in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "input").mkdir()
        (folder / "input" / "data.yml").write_text("one", encoding="utf-8")

    def run(self, *more: str, text: str = "") -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, str(SCRIPT), "step", "--say", "Doing it", "--input", "input", *more]
        return subprocess.run(
            [*command, "--", sys.executable, "-c", STEP],
            cwd=self.folder,
            env=dict(os.environ, CITYDESK_HOME=str(self.folder / "home")),
            input=text,
            capture_output=True,
            text=True,
            check=False,
        )

    @property
    def runs(self) -> int:
        log = self.folder / "runs"
        return len(log.read_text()) if log.exists() else 0


@pytest.fixture
def step(tmp_path: Path) -> Step:
    return Step(tmp_path)


def test_a_second_call_does_nothing_and_says_nothing(step: Step) -> None:
    step.run()
    second = step.run()
    assert (step.runs, second.stdout, second.stderr, second.returncode) == (1, "", "", 0)


def test_a_changed_input_runs_the_step_again(step: Step) -> None:
    step.run()
    (step.folder / "input" / "data.yml").write_text("two", encoding="utf-8")
    step.run()
    assert step.runs == 2


def test_a_missing_output_runs_the_step_again(step: Step) -> None:
    (step.folder / "made").touch()
    step.run("--output", "made")
    (step.folder / "made").unlink()
    step.run("--output", "made")
    assert step.runs == 2


def test_a_failure_is_told_and_not_taken_for_done(step: Step) -> None:
    (step.folder / "broken").touch()
    failed = step.run()
    assert failed.returncode == 3
    assert "Doing it failed (exit status 3)" in failed.stderr
    (step.folder / "broken").unlink()
    assert step.run().returncode == 0
    assert step.runs == 2


def test_standard_output_stays_clean(step: Step) -> None:
    """What a step prints goes to standard error: standard output belongs to the chat."""
    result = step.run(text="a question for the chat\n")
    assert result.stdout == ""
    assert "told" in result.stderr
