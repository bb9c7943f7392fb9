"""The port on Milvus: a collection with a vector and, through Milvus's own BM25 function, terms for each passage.

`uri` is a server's (http://host:19530) or a file's that ends in .db, which milvus-lite serves inside this process.
pymilvus is loaded when the first store is opened: who does not use Milvus need not have it.
"""

import logging
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from typing import Any
from urllib.parse import urlsplit

import numpy as np

from knowledge.encoder import Vectors
from knowledge.stores import hexterms
from knowledge.stores.errors import (
    DuplicatePassage,
    MilvusMissing,
    OtherEncoder,
    StoreDamaged,
    StoreUnreachable,
    UnknownPassage,
    WrongDimension,
)
from knowledge.stores.milvus_schema import ENCODER, LONGEST_TERMS, create_collection
from knowledge.stores.port import Ids, Scored, check_added, check_query

MOST_HITS = 16_384
"""What Milvus returns at most."""
_BATCH = 500
_ANSWER_S = 10.0
_WRITE_S = 120.0


class MilvusStore:
    """A `PassageStore` in one Milvus collection."""

    def __init__(
        self,
        uri: str,
        collection: str,
        dimension: int,
        encoder: str,
        *,
        token: str = "",
        exact: bool | None = None,
        create: bool = True,
    ) -> None:
        """Open `collection` (letters, digits and _; or an alias), or create it where it is missing.

        `encoder` is the checksum of the one whose vectors it holds. `exact` compares every vector instead of walking
        a graph; None: in a file, not on a server. Raises `MilvusMissing`, `StoreUnreachable`, `OtherEncoder`,
        `WrongDimension`, and `StoreDamaged` when the collection is missing and `create` is false.
        """
        self._place = f"{_without_secrets(uri)}, collection {collection}"
        self._name, self._dimension = collection, dimension
        in_file = uri.endswith(".db")
        self._client = _connect(uri, token, self._place, in_file)
        try:
            with self._translated():
                if not self._client.has_collection(collection, timeout=_ANSWER_S):
                    if not create:
                        raise StoreDamaged(self._place, "there is no such collection")
                    exact = in_file if exact is None else exact
                    create_collection(self._client, collection, dimension, encoder, in_file=in_file, exact=exact)
                self._check(encoder)
                self._client.load_collection(collection, timeout=_WRITE_S)
        except BaseException:
            self._client.close()
            raise

    @property
    def dimension(self) -> int:
        return self._dimension

    def __len__(self) -> int:
        with self._translated():
            rows = self._client.query(self._name, filter="", output_fields=["count(*)"], timeout=_ANSWER_S)
        return int(rows[0]["count(*)"])

    def add(self, ids: Ids, vectors: Vectors, terms: Sequence[Sequence[str]]) -> None:
        check_added(ids, vectors, terms, self._dimension)
        texts = [hexterms.encode(words, LONGEST_TERMS) for words in terms]
        if there := self._rows(ids, []):
            raise DuplicatePassage(there)
        for start in range(0, len(ids), _BATCH):
            end = min(start + _BATCH, len(ids))
            rows = [{"id": int(ids[i]), "vector": vectors[i], "terms": texts[i]} for i in range(start, end)]
            with self._translated():
                self._client.insert(self._name, rows, timeout=_WRITE_S)

    def remove(self, ids: Ids) -> None:
        for start in range(0, len(ids), _BATCH):
            with self._translated():
                self._client.delete(self._name, ids=ids[start : start + _BATCH].tolist(), timeout=_WRITE_S)

    def dense(self, query: Vectors, k: int, among: Ids | None = None) -> list[Scored]:
        check_query(query, self._dimension)
        if among is not None and not len(among):
            return []
        condition = "" if among is None else f"id in {among.tolist()}"
        return self._search(query.astype(np.float32), "vector", "IP", k, condition)

    def lexical(self, terms: Iterable[str], k: int) -> list[Scored]:
        text = hexterms.encode(dict.fromkeys(terms))
        # milvus-lite returns scores as distances, negated; BM25 itself has no negative ones.
        return [(passage, abs(score)) for passage, score in self._search(text, "bm25", "BM25", k, "")] if text else []

    def vectors(self, ids: Ids) -> Vectors:
        rows = self._rows(ids, ["vector"])
        if missing := set(ids.tolist()) - rows.keys():
            raise UnknownPassage(missing)
        found = [rows[passage]["vector"] for passage in ids.tolist()]
        return np.asarray(found, dtype=np.float32).reshape(len(ids), self._dimension)

    def close(self) -> None:
        self._client.close()

    def switch(self, alias: str) -> None:
        """Make `alias` stand for this collection from now on, in one step: what a new generation is published by."""
        with self._translated():
            change = self._client.alter_alias if self._client.has_collection(alias) else self._client.create_alias
            change(self._name, alias, timeout=_ANSWER_S)

    def drop(self) -> None:
        """Delete the collection with all that is in it, and close."""
        with self._translated():
            self._client.drop_collection(self._name, timeout=_WRITE_S)
        self.close()

    def _search(self, data: Any, field: str, metric: str, k: int, condition: str) -> list[Scored]:
        if k <= 0:
            return []
        with self._translated():
            hits = self._client.search(
                self._name,
                data=[data],
                anns_field=field,
                limit=min(k, MOST_HITS),
                filter=condition,
                output_fields=["id"],
                search_params={"metric_type": metric},
                timeout=_ANSWER_S,
            )[0]
        return [(int(hit["id"]), float(hit["distance"])) for hit in hits]

    def _rows(self, ids: Ids, fields: list[str]) -> dict[int, dict[str, Any]]:
        """Those of `ids` that are there, with `fields`."""
        rows: dict[int, dict[str, Any]] = {}
        for start in range(0, len(ids), _BATCH):
            wanted = ids[start : start + _BATCH].tolist()
            with self._translated():
                found = self._client.get(self._name, ids=wanted, output_fields=["id", *fields], timeout=_ANSWER_S)
            rows.update((int(row["id"]), row) for row in found)
        return rows

    def _check(self, encoder: str) -> None:
        description = self._client.describe_collection(self._name, timeout=_ANSWER_S)
        found = description.get("properties", {}).get(ENCODER) or description.get("description", "")
        if found != encoder:
            raise OtherEncoder(self._place, found, encoder)
        [columns] = [field["params"]["dim"] for field in description["fields"] if field["name"] == "vector"]
        if int(columns) != self._dimension:
            raise WrongDimension(self._dimension, int(columns))

    @contextmanager
    def _translated(self) -> Iterator[None]:
        with _translated(self._place):
            yield


def _connect(uri: str, token: str, place: str, in_file: bool) -> Any:
    missing = [name for name in ("pymilvus", *(["milvus_lite"] if in_file else [])) if not find_spec(name)]
    if missing:
        raise MilvusMissing(" and ".join(missing))
    from pymilvus import MilvusClient

    logging.getLogger("pymilvus").setLevel(logging.CRITICAL)  # every failure is raised, and told by us
    with _translated(place):
        return MilvusClient(uri, token=token, timeout=_ANSWER_S)


@contextmanager
def _translated(place: str) -> Iterator[None]:
    """The one place where errors of pymilvus become ours."""
    from pymilvus.exceptions import ErrorCode, MilvusException

    try:
        yield
    except MilvusException as error:
        problem = error.message or str(error)
        if error.code == ErrorCode.COLLECTION_NOT_FOUND:
            raise StoreDamaged(place, problem) from error
        raise StoreUnreachable(place, problem) from error
    except ValueError as error:  # a closed client, or a uri that cannot be one
        raise StoreUnreachable(place, str(error)) from error


def _without_secrets(uri: str) -> str:
    parts = urlsplit(uri)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2], query="").geturl() if parts.netloc else uri
