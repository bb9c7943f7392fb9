"""What other folders use: an index that keeps itself current, asked by question or by id."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from knowledge.answering.decision import CLOSEST, Status
from knowledge.content.glossary import Glossary
from knowledge.current_index import CurrentIndex, Ready, Searchable
from knowledge.documents import Document
from knowledge.encoder import Encoder
from knowledge.retrieval.currency import asks_for_current, is_expired
from knowledge.retrieval.filters import Filters
from knowledge.retrieval.search import Hit, Recency, SearchIndex

_LOOKED_AT = 10


@dataclass(frozen=True, slots=True)
class Finding:
    """The outcome of a question: for `answered` the hit that answers, for `uncertain` up to three to choose from.

    `confidence` is the probability that the first hit answers, as the judge of the index sees it.
    """

    status: Status
    hits: tuple[Hit, ...]
    confidence: float


class KnowledgeBase:
    """The index in force, picked up anew when another generation is published or a document hidden; no restart."""

    def __init__(
        self,
        root: Path,
        encoder: Encoder,
        glossary: Glossary | None = None,
        today: Callable[[], date] = date.today,
    ) -> None:
        """`glossary` serves where the index carries none of its own. `today` gives the day on the city's calendar, for
        questions about what is current."""
        self._source: Searchable = CurrentIndex(root, encoder, glossary)
        self._today = today

    def index(self) -> SearchIndex:
        """The generation that CURRENT names, or the best there is instead, without what is hidden.

        Raises `IndexProblem` where there is none: see `knowledge.index.reading`.
        """
        return self._source.get().search

    def ask(self, question: str, language: str | None = None) -> Finding:
        """Find what answers `question`; documents come in `language` where they exist in it.

        What has expired answers a question about what is current only where nothing else does: then it is better to
        say that it is over than to know nothing of it.
        """
        ready = self._source.get()
        ranked = self._ranked(ready, question, _LOOKED_AT, language, None)
        hits = self._current_first(question, ranked)
        judged = ready.judge.judge(question, hits, language)
        if judged.status != "answered" and hits != ranked:
            again = ready.judge.judge(question, ranked, language)
            judged, hits = (again, ranked) if again.status == "answered" else (judged, hits)
        if judged.status == "answered":
            return Finding(judged.status, (hits[0],), judged.probability)
        offered = tuple(_choices(hits)[:CLOSEST]) if judged.status == "uncertain" else ()
        return Finding(judged.status, offered, judged.probability)

    def best(self, question: str, language: str) -> tuple[str, str | None]:
        """How a question would be answered, in brief: the status, and the id of the document that comes first."""
        hits = self.search(question, 1, language)
        return self.ask(question, language).status, hits[0].id if hits else None

    def search(self, text: str, k: int = 10, language: str | None = None, filters: Filters | None = None) -> list[Hit]:
        """Hits with their scores, best first, whether or not they would be given as answers."""
        hits = self._ranked(self._source.get(), text, k, language, filters)
        return self._current_first(text, hits)

    def entry(self, document_id: str, language: str) -> Document | None:
        """One document by id, in `language` where it exists in it; None when there is none, or it is hidden."""
        return self.index().version(document_id, language)

    def _ranked(self, ready: Ready, text: str, k: int, language: str | None, filters: Filters | None) -> list[Hit]:
        """Hits in order; for a question about what is current newer ones come first."""
        recency = Recency(self._today()) if asks_for_current(text) else None
        return ready.search.search(text, k, language, filters=filters, recency=recency)

    def _current_first(self, text: str, hits: list[Hit]) -> list[Hit]:
        """The same order, but what has expired last where the question is about what is current."""
        if not asks_for_current(text):
            return hits
        today = self._today()
        return sorted(hits, key=lambda hit: is_expired(hit.document, today))


def _choices(hits: list[Hit]) -> list[Hit]:
    """The hits to choose from, FAQ entries only: a button needs a question to show, and a headline is none."""
    return [hit for hit in hits if hit.kind == "faq"]
