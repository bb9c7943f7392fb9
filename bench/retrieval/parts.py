"""This project's search beside the bare libraries below it: the encoder alone, the vector index alone."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import faiss
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from bench.retrieval.citydesk_system import CityDesk
from bench.retrieval.jobs import TOP, Parts
from knowledge.segments.vectors import VectorIndex


def take_parts(system: CityDesk, passages: Sequence[str], queries: Sequence[str]) -> Parts:
    """Figures of `system`, which has been built from `passages` (and may have been given more since)."""
    begun = time.perf_counter()
    vectors = system.encoder.encode(passages, "passage")
    encoder_s = time.perf_counter() - begun
    flat = faiss.IndexFlatIP(system.encoder.dimension)
    flat.add(vectors)
    asked = system.encoder.encode(queries, "query")
    flat_ms = []
    with threadpool_limits(1):
        for row in range(len(asked)):
            begun = time.perf_counter()
            flat.search(asked[row : row + 1], TOP)
            flat_ms.append(1_000 * (time.perf_counter() - begun))
        vectors_ms = [_vectors_ms(system, query) for query in queries]
    return Parts(encoder_s, tuple(vectors_ms), tuple(flat_ms))


def _vectors_ms(system: CityDesk, query: str) -> float:
    """What a query spends in the vector index, which it may ask more than once."""
    with _timed_vector_search() as seconds:
        system.search(query, TOP)
    return 1_000 * sum(seconds)


@contextmanager
def _timed_vector_search() -> Iterator[list[float]]:
    """The seconds of every `VectorIndex.search` within the block."""
    seconds: list[float] = []
    original: Callable[..., Any] = VectorIndex.search

    def timed(*arguments: Any, **named: Any) -> Any:
        begun = time.perf_counter()
        try:
            return original(*arguments, **named)
        finally:
            seconds.append(time.perf_counter() - begun)

    setattr(VectorIndex, "search", timed)  # noqa: B010 (an assignment would be a type error)
    try:
        yield seconds
    finally:
        setattr(VectorIndex, "search", original)  # noqa: B010
