"""What keeps a new generation from coming into force, and what is left when it does not."""

import errno
from pathlib import Path

import pytest

from knowledge.documents import Document
from knowledge.encoder import Encoder
from knowledge.errors import IndexBusy, IndexDiskFull, IndexGateFailed
from knowledge.index import generations
from knowledge.index.build import build_index
from knowledge.index.generations import KEPT, Delta
from knowledge.index.locking import LOCK, exclusive
from knowledge.index.opening import open_generation
from knowledge.index.rollback import roll_back
from tests.integration.knowledge.small_city import BEES, BIKES, TRAMS, DiskFull, article, in_force


@pytest.fixture
def root(tmp_path: Path, encoder: Encoder) -> Path:
    root = tmp_path / "index"
    build_index(root, [BEES], encoder)
    return root


def names(root: Path) -> list[str]:
    return sorted(path.name for path in root.iterdir())


def keys(*documents: Document) -> list[tuple[str, str]]:
    return [(document.id, document.language) for document in documents]


def test_the_gate_sees_the_whole_new_generation(root: Path, encoder: Encoder) -> None:
    """It can be opened and asked, before any reader can."""
    seen: list[set[str]] = []

    def gate(folder: Path, delta: Delta | None = None) -> list[str]:
        seen.append({document.id for document in open_generation(folder).documents()})
        seen.append({document.id for document in open_generation(generations.current(root)).documents()})
        return []

    build_index(root, [BEES, BIKES], encoder, gate=gate)
    assert [{"faq:bees", "faq:bikes"}, {"faq:bees"}] == seen


def test_a_closed_gate_leaves_the_old_one(root: Path, encoder: Encoder) -> None:
    """The error names the questions, and nothing of the new one stays."""
    before = names(root)
    with pytest.raises(IndexGateFailed, match="who keeps the bees") as caught:
        build_index(root, [BIKES], encoder, gate=lambda folder, delta=None: ["who keeps the bees: expected faq:bees"])
    assert ["who keeps the bees: expected faq:bees"] == caught.value.broken
    assert before == names(root)


def test_the_gate_is_told_when_news_alone_comes(root: Path, encoder: Encoder) -> None:
    """And what comes and goes with it; with a word of an editor's, or when all is built anew, everything is tried."""
    told: list[Delta | None] = []

    def gate(folder: Path, delta: Delta | None = None) -> list[str]:
        told.append(delta)
        return []

    news = [article(number) for number in range(4)]
    base = generations.current(root)
    build_index(root, [BEES, *news[:3]], encoder, gate=gate)
    assert Delta(base, frozenset(keys(*news[:3])), frozenset()) == told.pop()
    base = generations.current(root)
    build_index(root, [BEES, news[0], article(1, "It was renamed."), news[3]], encoder, gate=gate)
    assert Delta(base, frozenset(keys(news[1], news[3])), frozenset(keys(news[1], news[2]))) == told.pop()
    build_index(root, [BEES, BIKES, *news], encoder, gate=gate)
    build_index(root, [BEES, BIKES, *news], encoder, gate=gate, full=True)
    assert [None, None] == told


def test_a_full_disk_leaves_the_old_one(root: Path, encoder: Encoder) -> None:
    """In plain words, not as a traceback."""
    before = names(root)
    with pytest.raises(IndexDiskFull, match=r"disk .* is full.*citydesk reindex"):
        build_index(root, [BEES, BIKES], DiskFull(encoder))
    assert before == names(root)


@pytest.mark.parametrize("kind", [RuntimeError, ValueError])
def test_a_full_disk_as_libraries_tell_it(root: Path, encoder: Encoder, kind: type[Exception]) -> None:
    """FAISS and tantivy have the system's words only."""

    def gate(folder: Path, delta: Delta | None = None) -> list[str]:
        raise kind("write error: No space left on device")

    with pytest.raises(IndexDiskFull):
        build_index(root, [BEES, BIKES], encoder, gate=gate)


def test_another_error_of_the_disk_is_not_hidden(root: Path, encoder: Encoder) -> None:
    def gate(folder: Path, delta: Delta | None = None) -> list[str]:
        raise OSError(errno.EIO, "Input/output error")

    with pytest.raises(OSError, match="Input/output error"):
        build_index(root, [BEES, BIKES], encoder, gate=gate)


def test_a_second_builder_is_refused(root: Path, encoder: Encoder) -> None:
    with exclusive(root / LOCK, 0), pytest.raises(IndexBusy, match="Another process"):
        build_index(root, [BEES, BIKES], encoder, wait=0.1)


def test_what_a_killed_builder_left_goes(root: Path, encoder: Encoder) -> None:
    """Unfinished generations, in either state that a crash can leave, and halves of small files."""
    (root / "20200101T000000-000.building" / "segments").mkdir(parents=True)
    (root / "20200101T000000-001").mkdir()
    (root / "CURRENT.999.new").write_text("half", encoding="utf-8")
    (root / "holds.json.999.new").write_text("half", encoding="utf-8")
    before = names(root)
    build_index(root, [BEES], encoder)
    assert [name for name in before if "2020" not in name and ".new" not in name] == names(root)


def test_a_folder_that_is_not_ours_stays(root: Path, encoder: Encoder) -> None:
    (root / "notes").mkdir()
    build_index(root, [BEES], encoder)
    assert (root / "notes").is_dir()


def test_the_one_before_stays_whatever_its_age(root: Path, encoder: Encoder) -> None:
    """After a rollback to the oldest and a new build, the way back is still there."""
    oldest = in_force(root).generation
    for documents in ([BEES, BIKES], [BEES, TRAMS]):
        build_index(root, documents, encoder)
    roll_back(root, encoder, oldest)
    build_index(root, [BEES, BIKES, TRAMS], encoder, release=True)
    assert oldest == in_force(root).parent
    assert (root / oldest).is_dir()
    assert KEPT + 1 >= len(generations.kept(root))
