"""No room while building: the old generation serves, nothing half is left, and with room again the build succeeds.

A limit on the size of files stands in for a full disk: it needs no rights, and every library meets it where it writes.
"""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from knowledge.encoder import Encoder
from knowledge.errors import IndexDiskFull
from knowledge.index import generations
from knowledge.index.build import build_index
from knowledge.index.locking import LOCK
from knowledge.index.verifying import verify_all
from knowledge.service import KnowledgeBase
from tests.integration.knowledge.small_city import BEES, article

NEWS = [article(number) for number in range(60)]
MORE = [article(number) for number in range(60, 120)]


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """No file may grow beyond `size` bytes; Python ignores the signal that would end the process."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.fixture(scope="module")
def sizes(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> list[int]:
    """Limits at which each of the larger files in turn is the one that is not written to its end."""
    root = tmp_path_factory.mktemp("index")
    build_index(root, NEWS, encoder)
    found = {path.stat().st_size for path in root.rglob("*") if path.is_file()}
    return sorted({limit for size in found if size > 256 for limit in (size // 2, size * 9 // 10, size - 1)})


def names(root: Path) -> list[str]:
    return sorted(path.name for path in root.iterdir())


def test_a_first_build(tmp_path: Path, encoder: Encoder, sizes: list[int]) -> None:
    """There is no generation then, and no folder that looks like one."""
    for size in sizes:
        with room_for(size), pytest.raises(IndexDiskFull, match=r"is full.*Free some space, then: citydesk reindex"):
            build_index(tmp_path, NEWS, encoder)
        assert [LOCK] == names(tmp_path)
    assert build_index(tmp_path, NEWS, encoder).changed


@pytest.mark.parametrize("full", [False, True], ids=["update", "full"])
def test_a_later_build(tmp_path: Path, encoder: Encoder, sizes: list[int], full: bool) -> None:
    """Whoever asks gets the generation in force, before, meanwhile and after; every file of it is whole."""
    build_index(tmp_path, [BEES, *NEWS], encoder)
    before, base = names(tmp_path), KnowledgeBase(tmp_path, encoder)
    for size in sizes:
        with room_for(size), pytest.raises(IndexDiskFull):
            build_index(tmp_path, [BEES, *NEWS, *MORE], encoder, full=full)
        assert before == names(tmp_path)
        assert "faq:bees" == base.search("Who keeps the bees?", 1)[0].id
    [verdict] = verify_all(tmp_path)
    assert () == tuple(verdict.problems)
    made = build_index(tmp_path, [BEES, *NEWS, *MORE], encoder, full=full)
    assert (made.generation, 121) == (generations.current(tmp_path).name, made.documents)


def test_not_even_the_lock_can_be_written(tmp_path: Path, encoder: Encoder) -> None:
    """That is told as well as what comes later."""
    with room_for(0), pytest.raises(IndexDiskFull):
        build_index(tmp_path, NEWS, encoder)
    assert build_index(tmp_path, NEWS, encoder).changed
