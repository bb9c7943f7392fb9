"""What other folders use: an index that keeps itself current, asked by question or by id."""

import threading
from dataclasses import dataclass
from pathlib import Path

from knowledge import generations
from knowledge.documents import Document
from knowledge.encoder import Encoder
from knowledge.errors import IndexProblem
from knowledge.ranking import Status, decide
from knowledge.search import Hit, SearchIndex

CLOSEST = 3
"""How many topics are offered when no answer is sure."""


@dataclass(frozen=True, slots=True)
class Finding:
    """The outcome of a question: for `answered` the hit that answers, for `uncertain` up to three to choose from."""

    status: Status
    hits: tuple[Hit, ...]
    confidence: float


class KnowledgeBase:
    """The index in force, picked up anew when another generation is published; no restart."""

    def __init__(self, root: Path, encoder: Encoder) -> None:
        self._root, self._encoder = root, encoder
        self._lock = threading.Lock()
        self._loaded: tuple[str, SearchIndex] | None = None

    def index(self) -> SearchIndex:
        """The generation that CURRENT names.

        A new one that turns out damaged is passed over while an older one is in memory: who is chatting
        keeps being answered. Raises `IndexMissing` or `IndexCorrupt` when there is nothing to fall back on.
        """
        with self._lock:
            try:
                folder = generations.current(self._root)
                if self._loaded is None or self._loaded[0] != folder.name:
                    self._loaded = (folder.name, SearchIndex(folder, self._encoder))
            except IndexProblem:
                if self._loaded is None:
                    raise
            return self._loaded[1]

    def ask(self, question: str, language: str | None = None) -> Finding:
        """Find what answers `question`; documents come in `language` where they exist in it."""
        hits = self.index().search(question, k=10, language=language)
        status = decide([hit.scores for hit in hits])
        confidence = hits[0].scores.probability if hits else 0.0
        if status == "answered":
            return Finding(status, (hits[0],), confidence)
        return Finding(status, tuple(_choices(hits)[:CLOSEST]) if status == "uncertain" else (), confidence)

    def search(self, text: str, k: int = 10, language: str | None = None) -> list[Hit]:
        """Hits with their scores, best first, whether or not they would be given as answers."""
        return self.index().search(text, k, language)

    def entry(self, document_id: str, language: str) -> Document | None:
        """One document by id, in `language` where it exists in it."""
        return self.index().version(document_id, language)


def _choices(hits: list[Hit]) -> list[Hit]:
    """The hits to choose from, FAQ entries only: a button needs a question to show, and a headline is none."""
    return [hit for hit in hits if hit.kind == "faq"]
