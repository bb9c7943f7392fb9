"""The Milvus adapter, on milvus-lite in a file, keeps the port's contract."""

from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.stores.contract import PassageStoreContract
from knowledge.stores.errors import OtherEncoder, StoreDamaged, StoreUnreachable, WrongDimension
from knowledge.stores.milvus import MilvusStore
from knowledge.stores.reference import DIMENSION, make_passages

PASSAGES = make_passages(20)


def open_at(folder: Path, name: str = "passages", dimension: int = DIMENSION, encoder: str = "one") -> MilvusStore:
    return MilvusStore(str(folder / "passages.db"), name, dimension, encoder)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a database, in which each test has a collection."""
    return tmp_path_factory.mktemp("milvus")


class TestMilvusStore(PassageStoreContract):
    """Everything that the port promises."""

    @pytest.fixture
    def open_store(self, database: Path, request: pytest.FixtureRequest) -> Callable[[], MilvusStore]:
        return lambda: open_at(database, request.node.name)


def test_a_collection_of_another_encoder_is_refused(tmp_path: Path) -> None:
    """Its vectors mean something else, even where they are as long."""
    open_at(tmp_path).close()
    with pytest.raises(OtherEncoder, match=r"encoded by one, not by two.*citydesk reindex"):
        open_at(tmp_path, encoder="two")


def test_a_collection_of_another_dimension_is_refused(tmp_path: Path) -> None:
    """When it is opened, not when somebody asks."""
    open_at(tmp_path).close()
    with pytest.raises(WrongDimension, match="16 columns"):
        open_at(tmp_path, dimension=16)


@pytest.mark.parametrize(
    "uri", ["http://127.0.0.1:9", "http://reader:secret@127.0.0.1:9", "nowhere", "no/such/folder/a.db"]
)
def test_where_nothing_answers_the_message_says_where(uri: str) -> None:
    """And what to check, but no password."""
    with pytest.raises(StoreUnreachable, match=r"Milvus at .*Check that it runs") as raised:
        MilvusStore(uri, "passages", DIMENSION, "one")
    assert "secret" not in str(raised.value)


def test_a_closed_store_says_so(tmp_path: Path) -> None:
    """In our words, whatever the library raises."""
    store = open_at(tmp_path)
    store.close()
    with pytest.raises(StoreUnreachable):
        store.dense(PASSAGES.vectors[0], 3)


def test_an_alias_goes_over_to_a_new_generation_at_once(tmp_path: Path) -> None:
    """Readers ask by the alias; the old generation stays for going back, until it is dropped."""
    first, second = (open_at(tmp_path, name) for name in ("generation_1", "generation_2"))
    for store, rows in ((first, slice(0, 5)), (second, slice(5, 12))):
        part = PASSAGES.take(rows)
        store.add(part.ids, part.vectors, part.terms)
    first.switch("city")
    reader = open_at(tmp_path, "city")
    assert 5 == len(reader)
    second.switch("city")
    assert PASSAGES.ids[6] == reader.dense(PASSAGES.vectors[6], 1)[0][0]
    first.switch("city")
    assert 5 == len(reader)
    second.drop()
    assert 5 == len(reader)


def test_a_reader_of_an_alias_that_is_not_there_makes_none(tmp_path: Path) -> None:
    """What is missing was not built, or was dropped."""
    with pytest.raises(StoreDamaged, match=r"no such collection.*citydesk reindex"):
        MilvusStore(str(tmp_path / "passages.db"), "city", DIMENSION, "one", create=False)


def test_a_collection_that_was_dropped_meanwhile_is_told(tmp_path: Path) -> None:
    """Not as an empty answer."""
    store, other = open_at(tmp_path), open_at(tmp_path)
    other.drop()
    with pytest.raises(StoreDamaged, match="citydesk reindex"):
        store.dense(PASSAGES.vectors[0], 3)
