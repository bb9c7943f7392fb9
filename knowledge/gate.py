"""The gate of golden questions: what a new generation must get right before readers are answered from it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from knowledge.content.glossary import Glossary
from knowledge.content.golden import Failure, GoldenQuestion, failures, load_golden
from knowledge.current_index import Ready
from knowledge.documents import Document
from knowledge.encoder import Encoder
from knowledge.errors import ContentError
from knowledge.index.generations import Delta
from knowledge.index.glimpse import Glimpse
from knowledge.index.holds import Key
from knowledge.index.opening import Generation, SegmentCache, open_generation
from knowledge.retrieval.nearness import nearest, passages_of
from knowledge.retrieval.query import QueryReader
from knowledge.service import KnowledgeBase

TOUCHES_FROM = 0.1
"""The fused score from which a document of a delta may matter to a question. Plain questions find their entry with
0.127 and more (129 golden questions among 91,000 passages); of 150 press releases each came so near to two of them."""
MANY = 1_000
"""Passages of a delta from which all questions are asked: to score each of them would take longer."""

Hidden = frozenset[str]


@dataclass(frozen=True, slots=True)
class _Near:
    """The document of a delta that comes nearest to a question, and whether it is new; else it is gone or changed."""

    score: float
    document: Document
    is_new: bool


class GoldenGate:
    """Asks a generation golden questions, as readers would be answered: without what is hidden.

    A question whose own entry is hidden is left out. An update of news alone is asked only what its documents come
    near to, and answers for nothing that was wrong before it.
    """

    def __init__(
        self,
        path: Path,
        encoder: Encoder,
        glossary: Glossary | None = None,
        hidden: Callable[[], Iterable[str]] = tuple,
        warn: Callable[[str], None] = lambda line: None,
        many: int = MANY,
    ) -> None:
        """`path` is that of golden.yml, `hidden` gives the ids of hidden documents; `warn` is told where news goes
        untried; from `many` passages on a delta is asked everything."""
        self._path, self._encoder, self._glossary = path, encoder, glossary
        self._hidden, self._warn, self._many = hidden, warn, many

    def __call__(self, folder: Path, delta: Delta | None = None) -> list[str]:
        """See `knowledge.index.generations.Gate`. Raises `ContentError` where golden.yml cannot be used, but not for
        news, which has no part in that; and `IndexProblem` where a generation is damaged."""
        hidden = frozenset(self._hidden())
        if delta is not None:
            return self._try_news(folder, delta, hidden)
        generation = open_generation(folder, encoder=self._encoder)
        questions = _answerable(load_golden(self._path, _faq(generation)), hidden)
        base = self._base(generation, hidden)
        return [_told(failure, base, None) for failure in failures(questions, base.best)]

    def _try_news(self, folder: Path, delta: Delta, hidden: Hidden) -> list[str]:
        try:
            questions = _answerable(load_golden(self._path), hidden)
        except ContentError as error:
            self._warn(f"The news was not tried with golden questions. {error}")
            return []
        cache = SegmentCache()
        before, after = Glimpse(delta.base, cache), Glimpse(folder, cache)
        near = self._nearest(before, after, delta, questions, hidden)
        touched = [golden for golden in questions if near is None or golden in near]
        base = self._base(after.whole(), hidden) if touched else None
        wrong = failures(touched, base.best) if base else []
        if base is None or not wrong:
            return []
        earlier = self._base(before.whole(), hidden)
        known = {failure.golden for failure in failures([failure.golden for failure in wrong], earlier.best)}
        return [_told(one, base, (near or {}).get(one.golden)) for one in wrong if one.golden not in known]

    def _nearest(
        self, before: Glimpse, after: Glimpse, delta: Delta, questions: Sequence[GoldenQuestion], hidden: Hidden
    ) -> dict[GoldenQuestion, _Near] | None:
        """The questions that a document of the delta comes near to; None: too many to look at each."""
        near: dict[GoldenQuestion, _Near] = {}
        for glimpse, keys in ((after, delta.arrived), (before, delta.left)):
            for segment, positions in glimpse.holding(_visible(keys, hidden)):
                passages = passages_of(segment, positions)
                if len(passages) >= self._many:
                    return None
                if not len(passages):
                    continue
                reader = QueryReader(self._encoder, glimpse.lexical, self._glossary, segment.languages)
                best = nearest(segment, passages, [reader.read(golden.question) for golden in questions])
                for golden, (score, position) in zip(questions, best, strict=True):
                    if score >= (near[golden].score if golden in near else TOUCHES_FROM):
                        near[golden] = _Near(score, segment.documents[position], glimpse is after)
        return near

    def _base(self, generation: Generation, hidden: Hidden) -> KnowledgeBase:
        return _Tried(generation, self._encoder, Ready.of(generation, self._encoder, self._glossary, hidden))


class _Tried(KnowledgeBase):
    """The knowledge base of a generation that need not be in force."""

    def __init__(self, generation: Generation, encoder: Encoder, ready: Ready) -> None:
        super().__init__(generation.folder.parent, encoder)
        self._source = _Fixed(ready)


@dataclass(frozen=True, slots=True)
class _Fixed:
    ready: Ready

    def get(self) -> Ready:
        return self.ready


def _faq(generation: Generation) -> Iterator[Document]:
    """The FAQ's documents in force, hidden ones too."""
    for segment, removed in zip(generation.segments, generation.removed, strict=True):
        for position, kind in enumerate(segment.documents.kinds):
            if kind == "faq" and position not in removed:
                yield segment.documents[position]


def _answerable(questions: Iterable[GoldenQuestion], hidden: Hidden) -> list[GoldenQuestion]:
    return [golden for golden in questions if golden.expected not in hidden]


def _visible(keys: Iterable[Key], hidden: Hidden) -> frozenset[Key]:
    return frozenset(key for key in keys if key[0] not in hidden)


def _told(failure: Failure, base: KnowledgeBase, near: _Near | None) -> str:
    """A failure as one line: with the article that did it, and how it is taken out of the way."""
    document = base.entry(failure.found, failure.golden.language) if failure.found else None
    if document is not None and document.kind == "news":
        return f"{failure}: “{document.title}”. To hide it: citydesk index hide {document.id}"
    if near is None:
        return str(failure)
    name = f"“{near.document.title}” ({near.document.id})"
    if not near.is_new:
        return f"{failure}, since {name} is gone or has changed"
    return f"{failure}, since {name} came. To hide it: citydesk index hide {near.document.id}"
