"""A question and its ranked hits to a decision, with how likely the first hit answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from knowledge.answering.decision import Status, decide, is_verbatim
from knowledge.answering.examining import Examined, Examiner
from knowledge.answering.expected import Told, unmet
from knowledge.answering.features import Concepts, Evidence, Question, features
from knowledge.answering.memory import NO_PRECEDENTS, Memory, Precedents
from knowledge.answering.model import AnswerModel, Probabilities
from knowledge.content.glossary import Glossary
from knowledge.documents import Document
from knowledge.encoder import Encoder
from knowledge.index.opening import Generation
from knowledge.retrieval.query import words_in
from knowledge.retrieval.search import Hit

_REMEMBERED = 4_096


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is to be done, and the probability that the first hit answers the question."""

    status: Status
    probability: float


class Judge:
    """Judges by what was learned with a generation; safe to use from several threads."""

    def __init__(
        self,
        model: AnswerModel,
        glossary: Glossary | None = None,
        examiner: Examiner | None = None,
        memory: Memory | None = None,
    ) -> None:
        """Without an `examiner` of the generation that the hits are from, their scores stand in for what it would see:
        judged so, more questions are asked back. `memory` is of the model's lessons."""
        self._model, self._glossary, self._examiner, self._memory = model, glossary, examiner, memory
        self._found = lru_cache(maxsize=_REMEMBERED)(self._named_in)

    @classmethod
    def of(cls, model: AnswerModel, glossary: Glossary | None, generation: Generation, encoder: Encoder) -> "Judge":
        """One that sees all of a generation."""
        return cls(model, glossary, Examiner(generation, encoder), Memory(model.lessons, encoder))

    def judge(self, question: str, hits: Sequence[Hit], language: str | None = None) -> Judgement:
        """`hits` are those of `question` in rank order; without any there is no answer.

        `language` is the question's; None where it is not known, and taken for that of the first hit.
        """
        if not hits:
            return Judgement("no_answer", 0.0)
        best = hits[0].scores
        examined = self._examine(question, hits)
        chances = self._chances(question, hits, examined, language)
        probability = max(chances.answers, min(best.dense, 1.0)) if is_verbatim(best) else chances.answers
        return Judgement(decide(chances, best, words_in(question), examined.known), probability)

    def _chances(self, question: str, hits: Sequence[Hit], examined: Examined, language: str | None) -> Probabilities:
        # Meaning counts for nothing where a question that an editor wrote down as not answered is nearer.
        evidence = [
            found if hit.scores.dense > 0 else Evidence(0.0, 0.0, 0.0, found.held)
            for hit, found in zip(hits, examined.evidence, strict=True)
        ]
        document = hits[0].document
        asked = self._glossary.concepts(question) if self._glossary else ()
        about = Question(
            examined.known,
            language in (None, document.language),
            Concepts(asked, self._found(document) if asked else (), self._model.rarity),
            self._precedents(examined, document),
            unmet(question, examined.told),
        )
        return self._model.of_features(features([hit.scores for hit in hits], evidence, about))

    def _precedents(self, examined: Examined, document: Document) -> Precedents:
        if self._memory is None or examined.vector is None:
            return NO_PRECEDENTS
        return self._memory.of(examined.vector, document.id)

    def _examine(self, question: str, hits: Sequence[Hit]) -> Examined:
        if self._examiner is not None:
            return self._examiner.examine(question, [hit.id for hit in hits])
        scores = [hit.scores for hit in hits]
        evidence = tuple(Evidence(one.dense, one.dense, one.dense, one.coverage) for one in scores)
        return Examined(evidence, scores[0].coverage, Told.by([hits[0].document]), None)

    def _named_in(self, document: Document) -> tuple[str, ...]:
        assert self._glossary is not None  # or the question would name nothing
        return self._glossary.concepts("\n".join([document.title, *document.questions, document.text]))
