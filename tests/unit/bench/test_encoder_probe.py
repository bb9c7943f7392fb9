"""Timing processes give the figures that the parent reads; how large they are is never asserted."""

import json

import pytest

from bench.encoder.child import run_python
from knowledge.static import SHIPPED_MODEL


@pytest.mark.parametrize(
    ("task", "figures"),
    [
        ("passages", {"seconds", "tokenizing_seconds"}),
        ("loading", {"seconds", "import_seconds", "first_megabytes", "megabytes"}),
    ],
)
def test_a_probe_prints_its_figures_and_nothing_else(task: str, figures: set[str]) -> None:
    arguments = ["-m", "bench.encoder.probe", task, "1", str(SHIPPED_MODEL)]
    found = json.loads(run_python(arguments, f"Timing {task}", text='["三表是什麼", "Three meters"]'))
    assert figures | {"other_cores"} == set(found)
    assert all(value >= 0 for value in found.values())


def test_the_static_encoder_starts_without_torch() -> None:
    """What the loading probe times is the path that CityDesk takes, not that of sentence-transformers."""
    code = (
        "import sys; from pathlib import Path; from bench.encoder.loaders import load_static; "
        "load_static(Path(sys.argv[1])); print('torch' in sys.modules)"
    )
    assert "False\n" == run_python(["-c", code, str(SHIPPED_MODEL)], "Loading")
