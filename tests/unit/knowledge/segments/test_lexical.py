"""The lexical index finds passages by their terms and changes without touching the generation it came from."""

import hashlib
import os
import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.segments.lexical import FOLDER, LexicalIndex, LexicalWriter

PASSAGES = [
    (7, ("电表", "智慧", "电")),
    (-3, ("水库", "水", "~_wat")),
    (2**63 - 1, ("电表", "电表", "水")),
    (8, ()),
]


def ids(index: LexicalIndex, *terms: str) -> list[int]:
    return sorted(number for number, _ in index.search(terms, 10))


def checksums(folder: Path) -> dict[str, str]:
    paths = [path for path in (folder / FOLDER).iterdir() if not path.name.endswith(".lock")]
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


@pytest.fixture
def parent(tmp_path: Path) -> Path:
    """A folder with an index of PASSAGES."""
    LexicalIndex.build(tmp_path / "parent", PASSAGES)
    return tmp_path / "parent"


@pytest.fixture
def child(parent: Path) -> Path:
    """A folder whose files are hard links of the parent's, lock files too."""
    return Path(shutil.copytree(parent, parent.with_name("child"), copy_function=os.link))


def test_passages_are_found_by_any_of_the_terms(parent: Path) -> None:
    """Ids come back as they went in; a term that is nowhere harms nothing."""
    index = LexicalIndex.load(parent)
    assert 4 == len(index)
    assert [7, 2**63 - 1] == ids(index, "电表", "nowhere")
    assert [-3, 7, 2**63 - 1] == ids(index, "电表", "水")
    assert [-3] == ids(index, "~_wat")
    assert [2**63 - 1] == [number for number, _ in index.search(("电表",), 1)]


def test_after_an_error_the_index_is_as_it_was(parent: Path) -> None:
    """And can be written to again."""
    with pytest.raises(KeyError), LexicalWriter.changing(parent) as writer:
        writer.remove([7])
        writer.add(9, "电表")
        raise KeyError
    assert [7, 2**63 - 1] == ids(LexicalIndex.load(parent), "电表")
    assert [9, 2**63 - 1] == ids(LexicalIndex.update(parent, [(9, ("电表",))], [7]), "电表")


def test_nothing_asked_finds_nothing(parent: Path) -> None:
    """No terms, none that is there, none wanted."""
    index = LexicalIndex.load(parent)
    assert [] == index.search((), 10)
    assert [] == index.search(("nowhere",), 10)
    assert [] == index.search(("电表",), 0)


def test_frequencies(parent: Path) -> None:
    """A term counts once in each passage."""
    index = LexicalIndex.load(parent)
    assert [2, 1, 0] == [index.document_frequency(term) for term in ("电表", "智慧", "nowhere")]


def test_an_update_removes_adds_and_replaces(parent: Path) -> None:
    """Ids that are not there are passed over; one that comes again takes the other's place."""
    changed = LexicalIndex.update(parent, [(9, ("水",)), (7, ("森林",))], [-3, 12345])
    for index in (changed, LexicalIndex.load(parent)):
        assert 4 == len(index)
        assert [9, 2**63 - 1] == ids(index, "水")
        assert [7] == ids(index, "森林")
        assert [2**63 - 1] == ids(index, "电表")


def test_removed_passages_are_not_counted(tmp_path: Path) -> None:
    """Neither the number of passages nor a term's frequency holds them, merged or not."""
    LexicalIndex.build(tmp_path, ((number, ("水", f"n{number}")) for number in range(100)))
    index = LexicalIndex.update(tmp_path, [], range(30))
    assert (70, 70, 0) == (len(index), index.document_frequency("水"), index.document_frequency("n3"))
    assert set(range(30, 100)) == {number for number, _ in index.search(("水",), 100)}


def test_the_other_generation_stays_as_it_was(parent: Path, child: Path) -> None:
    """Files that both share are never written to; both open, and an index open before goes on."""
    before, opened = checksums(parent), LexicalIndex.load(parent)
    found = opened.search(("电表", "水"), 10)
    for number in range(12):  # enough commits for tantivy to merge segments and drop files
        LexicalIndex.update(child, [(100 + number, ("电表",))], [7])
    assert before == checksums(parent)
    assert found == opened.search(("电表", "水"), 10) == LexicalIndex.load(parent).search(("电表", "水"), 10)
    changed = LexicalIndex.load(child)
    wanted = {*range(100, 112), 2**63 - 1}
    assert wanted == {number for number, _ in changed.search(("电表",), 20)}


def test_generations_have_locks_of_their_own(parent: Path, child: Path) -> None:
    """A writer in one does not keep another out of the other."""
    LexicalIndex.update(child, [], [7])
    for lock in (child / FOLDER).glob(".*.lock"):
        assert not lock.samefile(parent / FOLDER / lock.name)


def test_what_is_there_is_not_built_over(parent: Path) -> None:
    """An index is built in a folder of its own."""
    with pytest.raises(FileExistsError):
        LexicalIndex.build(parent, PASSAGES)


@pytest.mark.parametrize("name", ["meta.json", "nothing"])
def test_damage_is_a_value_error(parent: Path, name: str) -> None:
    """A file that is cut off, or a folder without an index, is told."""
    folder = parent if name == "meta.json" else parent.with_name(name)
    (folder / FOLDER).mkdir(parents=True, exist_ok=True)
    if name == "meta.json":
        (folder / FOLDER / name).write_text("{")
    with pytest.raises(ValueError):
        LexicalIndex.load(folder)
    with pytest.raises(ValueError):
        LexicalIndex.update(folder, [], [])


def test_a_term_of_great_length_harms_nothing(tmp_path: Path) -> None:
    """tantivy leaves out what is longer than 65,530 bytes; the rest of the passage is found."""
    index = LexicalIndex.build(tmp_path, [(1, ("水", "a" * 100_000))])
    assert [1] == ids(index, "水")
    assert [] == ids(index, "a" * 100_000)


words = st.lists(st.sampled_from(["水", "电表", "~_wat", "a"]), max_size=4).map(tuple)


@settings(max_examples=10, deadline=None)
@given(
    held=st.dictionaries(st.integers(-5, 5), words, max_size=8),
    added=st.dictionaries(st.integers(-5, 5), words, max_size=4),
    removed=st.sets(st.integers(-5, 5), max_size=4),
)
def test_an_update_equals_a_build(
    tmp_path_factory: pytest.TempPathFactory,
    held: dict[int, tuple[str, ...]],
    added: dict[int, tuple[str, ...]],
    removed: set[int],
) -> None:
    """Whatever changes, the index holds what one built anew would hold."""
    folder = tmp_path_factory.mktemp("index")
    LexicalIndex.build(folder, held.items())
    index = LexicalIndex.update(folder, added.items(), removed)
    wanted = {number: terms for number, terms in held.items() if number not in removed} | added
    assert len(wanted) == len(index)
    for term in ("水", "电表", "~_wat", "a"):
        having = sorted(number for number, terms in wanted.items() if term in terms)
        assert having == sorted(number for number, _ in index.search((term,), 20))
        assert len(having) == index.document_frequency(term)
