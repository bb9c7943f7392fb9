"""Whether a question is answered: on the shipped FAQ, by a model trained on it as `citydesk reindex` does."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from bench.held_out import Asked, ask_all, read_held_out
from bench.rehearsed import CONTENT, shipped_generation, shipped_lessons
from knowledge.answering.corpus import Corpus
from knowledge.answering.examining import Examiner
from knowledge.answering.judge import Judge
from knowledge.answering.memory import Memory
from knowledge.answering.model import AnswerModel
from knowledge.answering.samples import Rehearsal
from knowledge.answering.training import train
from knowledge.content.faq import load_faq
from knowledge.content.glossary import Glossary, load_glossary
from knowledge.content.rehearsal import NO_LESSONS
from knowledge.documents import Document
from knowledge.encoder import Encoder, Vectors
from knowledge.index.build import build_index
from knowledge.index.opening import Generation, open_generation
from knowledge.retrieval.search import SearchIndex


@pytest.fixture(scope="module")
def glossary() -> Glossary:
    return load_glossary(CONTENT / "glossary.yml")


@pytest.fixture(scope="module")
def generation(encoder: Encoder) -> Generation:
    with shipped_generation(encoder) as found:
        return found


@pytest.fixture(scope="module")
def model(generation: Generation, encoder: Encoder, glossary: Glossary) -> AnswerModel:
    found = train(generation, encoder, shipped_lessons(), glossary)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def judge(generation: Generation, encoder: Encoder, glossary: Glossary, model: AnswerModel) -> Judge:
    return Judge.of(model, glossary, generation, encoder)


@pytest.fixture(scope="module")
def index(generation: Generation, encoder: Encoder, glossary: Glossary) -> SearchIndex:
    return SearchIndex(generation, encoder, glossary=glossary)


@pytest.fixture(scope="module")
def asked(index: SearchIndex, judge: Judge) -> list[Asked]:
    return ask_all(index, judge, read_held_out())


def share(of: Sequence[Asked], done: Sequence[bool]) -> float:
    return sum(done) / len(of)


RIGHT, QUIET, WRONG = 0.9, 0.9, 0.06


def test_answerable_questions_are_answered_or_offered_their_answer(asked: list[Asked]) -> None:
    """Of 60 in eight languages: answered by an accepted entry, or asked back with it among the choices."""
    answerable = [one for one in asked if one.accepted]
    right = [one.first_is_right if one.status == "answered" else one.offered for one in answerable]
    decided = [one.status != "no_answer" for one in answerable]
    assert share(answerable, [a and b for a, b in zip(right, decided, strict=True)]) >= RIGHT


def test_unanswerable_questions_are_not_answered(asked: list[Asked]) -> None:
    """Of 60 that sound as if the city had told."""
    unanswerable = [one for one in asked if not one.accepted]
    assert share(unanswerable, [one.status != "answered" for one in unanswerable]) >= QUIET


def test_wrong_answers_are_rare(asked: list[Asked]) -> None:
    """Of all 120, few are answered by something that does not answer them."""
    assert share(asked, [one.status == "answered" and not one.first_is_right for one in asked]) <= WRONG


def test_the_rehearsal_ranks_as_the_search_does(
    generation: Generation, encoder: Encoder, glossary: Glossary, index: SearchIndex, judge: Judge
) -> None:
    """With nothing left out, scores and evidence of the first are what a reader's question would meet."""
    corpus = Corpus(generation, encoder, glossary)
    examiner = Examiner(generation, encoder)
    for one in read_held_out():
        [ranked] = corpus.rank(one.question, one.language, [corpus.everything()])
        first = index.search(one.question, 1, one.language)[0]
        examined = examiner.examine(one.question, [first.id])
        assert first.id == ranked.ids[0]
        assert [first.scores.dense, first.scores.bm25, first.scores.coverage, first.scores.information] == (
            pytest.approx(
                [
                    ranked.scores[0].dense,
                    ranked.scores[0].bm25,
                    ranked.scores[0].coverage,
                    ranked.scores[0].information,
                ],
                abs=0.01,
            )
        )
        if not first.scores.dense:  # an editor's contrast is nearer: the judge lets meaning count for nothing
            continue
        found, expected = examined.evidence[0], ranked.evidence[0]
        assert [found.strongest, found.agreement, found.weakest, found.held, examined.known] == pytest.approx(
            [expected.strongest, expected.agreement, expected.weakest, expected.held, ranked.known], abs=0.01
        )


def test_a_left_out_entry_is_never_found(generation: Generation, encoder: Encoder, glossary: Glossary) -> None:
    """Asked for what is absent, nothing counts as right; asked for what is there, something does."""
    rehearsal = Rehearsal(Corpus(generation, encoder, glossary), glossary, Memory(NO_LESSONS, encoder))
    samples = list(rehearsal.ask(rehearsal.questions(40), NO_LESSONS))
    by_scenario = {name: [one.right for one in samples if one.scenario == name] for name in ("own", "absent")}
    assert not any(by_scenario["absent"])
    assert any(by_scenario["own"])


def test_an_entrys_own_question_is_answered(index: SearchIndex, judge: Judge) -> None:
    """Every question that an editor wrote, in every language."""
    for document in load_faq(CONTENT):
        for question in (document.title, *document.questions):
            hits = index.search(question, 10, document.language)
            if hits[0].scores.dense >= 0.95:
                assert "answered" == judge.judge(question, hits, document.language).status
    assert "answered" == judge.judge("POC?", index.search("POC?", 10, "en"), "en").status


@pytest.mark.parametrize("question", ["Taipei", "台北", "臺北市", "the city", "!!!", ""])
def test_what_says_nothing_is_not_answered(index: SearchIndex, judge: Judge, question: str) -> None:
    """The city's name fits every entry."""
    assert "answered" != judge.judge(question, index.search(question, 10, "en"), "en").status


def test_nothing_found_is_no_answer(judge: Judge) -> None:
    """An empty index knows nothing."""
    found = judge.judge("expo", [], "en")
    assert ("no_answer", 0.0) == (found.status, found.probability)


def test_too_little_is_not_learned_from(tmp_path: Path, encoder: Encoder, documents: list[Document]) -> None:
    """Two entries in one language: the model that ships is better."""
    few = [document for document in documents if document.kind == "faq" and document.language == "en"][:2]
    name = build_index(tmp_path, few, encoder).generation
    generation = open_generation(tmp_path / name, encoder=encoder)
    assert train(generation, encoder, NO_LESSONS) is None


class SilentEncoder:
    """Sees no meaning in anything."""

    name = checksum = "silent"
    dimension = 8

    def encode(self, texts: Sequence[str], role: str) -> Vectors:
        return np.zeros((len(texts), self.dimension), dtype=np.float32)


def test_training_needs_no_meaning(tmp_path: Path, documents: list[Document]) -> None:
    """With words alone, without a glossary and with news among the documents, there is a model all the same."""
    name = build_index(tmp_path, documents, SilentEncoder()).generation
    found = train(open_generation(tmp_path / name), SilentEncoder(), shipped_lessons(), most_questions=60)
    assert found is not None
    assert {} == found.rarity
