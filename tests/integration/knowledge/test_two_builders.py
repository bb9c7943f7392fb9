"""Two builders of one index: the second is told, waits, or finds what a killed one has left."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.encoder import Encoder
from knowledge.errors import IndexBusy
from knowledge.index import generations
from knowledge.index.build import build_index
from tests.integration.knowledge.small_city import BEES, BIKES, TRAMS

BUILD = """
import sys
from pathlib import Path
from knowledge.encoder import load_encoder
from knowledge.index.build import build_index
from tests.integration.knowledge.small_city import BEES, BIKES

def gate(folder, delta=None):
    print("built", flush=True)
    sys.stdin.readline()
    return []

build_index(Path(sys.argv[1]), [BEES, BIKES], load_encoder(), gate=gate)
"""


@pytest.fixture
def root(tmp_path: Path, encoder: Encoder) -> Path:
    build_index(tmp_path / "index", [BEES], encoder)
    return tmp_path / "index"


@pytest.fixture
def builder(root: Path) -> Iterator["subprocess.Popen[str]"]:
    """Another process, whose generation is whole but not yet in force; a line on its standard input lets it go on."""
    command = [sys.executable, "-c", BUILD, str(root)]
    process = subprocess.Popen(
        command, cwd=Path(__file__).parents[3], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert "built\n" == process.stdout.readline()
    yield process
    process.kill()
    process.communicate()


def unfinished(root: Path) -> list[str]:
    return [path.name for path in root.glob("*.building")]


def test_the_second_is_told_and_harms_nothing(root: Path, encoder: Encoder, builder: "subprocess.Popen[str]") -> None:
    """It names the first, leaves its work alone, and the first comes to its end."""
    with pytest.raises(IndexBusy, match=rf"\({builder.pid}\)"):
        build_index(root, [BEES, TRAMS], encoder, wait=0.1)
    [folder] = unfinished(root)
    builder.communicate("go on\n")
    assert 0 == builder.returncode
    assert folder.removesuffix(".building") == generations.current(root).name
    assert 3 == build_index(root, [BEES, BIKES, TRAMS], encoder).documents


def test_what_a_killed_one_held_and_left_is_free(
    root: Path, encoder: Encoder, builder: "subprocess.Popen[str]"
) -> None:
    """At once, without waiting: the lock went with the process, and its half generation is cleared away."""
    before = generations.current(root).name
    builder.kill()
    builder.communicate()
    assert (1, before) == (len(unfinished(root)), generations.current(root).name)
    report = build_index(root, [BEES, TRAMS], encoder, wait=0)
    assert ([], report.generation) == (unfinished(root), generations.current(root).name)
