"""Encoders and child processes: what goes wrong is said in one message."""

from pathlib import Path

import pytest

from bench.encoder.child import run_python
from bench.encoder.errors import SystemFailed
from bench.encoder.loaders import build_second_try, load_static


def test_a_child_reads_its_text_and_variables() -> None:
    code = "import os, sys; print(os.environ['CORES'] + sys.stdin.read())"
    assert "2字\n" == run_python(["-c", code], "Asking", text="字", variables={"CORES": "2", "PYTHONUTF8": "1"})


def test_a_failed_child_is_told_with_its_last_words() -> None:
    with pytest.raises(SystemFailed, match=r"^Timing x failed with status 3: no table$"):
        run_python(["-c", "import sys; print('no table', file=sys.stderr); sys.exit(3)"], "Timing x")


def test_a_folder_without_an_encoder_is_named(tmp_path: Path) -> None:
    with pytest.raises(SystemFailed, match="can't be measured") as caught:
        load_static(tmp_path)
    assert str(tmp_path) in str(caught.value)


def test_the_second_try_is_trained_once(tmp_path: Path) -> None:
    """A folder from an earlier run is taken as it is."""
    (tmp_path / "second-try").mkdir()
    said: list[str] = []
    assert tmp_path / "second-try" == build_second_try(tmp_path, tmp_path / "parallel", said.append)
    assert [] == said
