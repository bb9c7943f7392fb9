"""The index as it is to be asked right now: the generation in force, without what is hidden."""

import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from knowledge.answering.judge import Judge
from knowledge.content.glossary import Glossary
from knowledge.encoder import Encoder
from knowledge.index.opening import Generation, answer_model, own_glossary
from knowledge.index.reading import GenerationReader
from knowledge.index.tombstones import Tombstones
from knowledge.retrieval.search import SearchIndex


@dataclass(frozen=True, slots=True)
class Ready:
    """A generation to search, and the judge that was trained on it."""

    search: SearchIndex
    judge: Judge

    @classmethod
    def of(
        cls, generation: Generation, encoder: Encoder, glossary: Glossary | None, hidden: frozenset[str] = frozenset()
    ) -> "Ready":
        """Without the documents whose ids are `hidden`; `glossary` serves where the generation carries none."""
        glossary = own_glossary(generation) or glossary
        return cls(
            SearchIndex(generation, encoder, hidden, glossary),
            Judge.of(answer_model(generation), glossary, generation, encoder),
        )


class Searchable(Protocol):
    """Whatever gives an index to ask."""

    def get(self) -> Ready: ...


class CurrentIndex:
    """Follows CURRENT and the tombstones, without a restart. Safe to use from several threads."""

    def __init__(self, root: Path, encoder: Encoder, glossary: Glossary | None = None) -> None:
        self._encoder, self._glossary = encoder, glossary
        self._reader = GenerationReader(root, encoder)
        self._tombstones = Tombstones(root)
        self._lock = threading.Lock()
        self._ready: tuple[Generation, frozenset[str], Ready] | None = None

    def get(self) -> Ready:
        """What to ask; made anew only when a generation was published or a document hidden or shown.

        Raises `IndexProblem` where there is nothing that could serve: see `knowledge.index.reading` and
        `knowledge.index.tombstones`.
        """
        generation, hidden = self._reader.current(), frozenset(self._tombstones.hidden())
        with self._lock:
            if self._ready is None or self._ready[0] is not generation or self._ready[1] != hidden:
                self._ready = generation, hidden, Ready.of(generation, self._encoder, self._glossary, hidden)
            return self._ready[2]
