"""What the model learns from: questions whose answer is known, and questions that nothing answers.

Each FAQ question is asked four times, never with its own passage or a translation of it in reach:

`own`              all else is there: the entry has to be found by its other questions and its text;
`foreign`          all of the question's language is left out: so do readers ask in whose language there is no FAQ;
`absent`           the whole entry is left out, so that whatever comes first is wrong: the nearest of near misses;
`absent foreign`   both.

Questions that lead elsewhere and the entries' contrasts are asked twice (`outside`), with and without their language;
and once more with the name of something that the city has told of (`named`), as nothing else that nobody has answered
sounds so much as if it had been.

What people were seen to ask (`knowledge.content.rehearsal`) is asked as it stands, with and without its language:
`asked` where an entry answers it, `beside` where nothing does, though it is about something that the city has told of.
"""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from knowledge.answering.corpus import Corpus, Mask
from knowledge.answering.decision import CLOSEST
from knowledge.answering.expected import unmet
from knowledge.answering.features import Concepts, Features, Question, features
from knowledge.answering.memory import Memory
from knowledge.content.glossary import Glossary
from knowledge.content.rehearsal import AnsweredPhrase, Lessons, Phrase

Scenario = Literal[
    "own",
    "foreign",
    "absent",
    "absent foreign",
    "outside",
    "outside foreign",
    "named",
    "named foreign",
    "asked",
    "asked foreign",
    "beside",
    "beside foreign",
]

Numbers = list[int]
_THERE: tuple[Scenario, ...] = ("own", "foreign", "asked", "asked foreign")
"""Where the answer, if there is one, can be found."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A question as it was ranked: `right` says whether the first document is the one that answers it.

    `near` whether one of the first three (`CLOSEST`) is. `group` is what must not be in two folds at once: the entry's
    id, or the phrase.
    """

    scenario: Scenario
    group: str
    features: Features
    right: bool
    near: bool


class Rehearsal:
    """Asks a corpus what it will be asked."""

    def __init__(self, corpus: Corpus, glossary: Glossary | None, memory: Memory) -> None:
        """`memory` is of the lessons that are asked."""
        self._corpus, self._memory = corpus, memory
        self._concepts = glossary.concepts if glossary else _names_nothing
        self._entries = glossary.entries if glossary else ()
        self._named = [frozenset(self._concepts(passage.text)) for passage in corpus.passages]
        self._versions: dict[str, dict[str, Numbers]] = {}
        for number in range(len(corpus.passages)):
            versions = self._versions.setdefault(self._id(number), {})
            versions.setdefault(self._language(number), []).append(number)
        self.rarity = _rarity([self._concepts_of(name, corpus.everything(), "en") for name in corpus.ids])

    def questions(self, most: int) -> list[int]:
        """Positions of at most `most` of the FAQ's questions, evenly spread."""
        numbers = [n for n, passage in enumerate(self._corpus.passages) if passage.role == "question"]
        spread = np.linspace(0, len(numbers), min(most, len(numbers)), endpoint=False)
        return [numbers[int(at)] for at in spread]

    def ask(self, questions: Sequence[int], lessons: Lessons) -> Iterator[Sample]:
        """Samples of these questions (positions of passages), of all contrasts, and of what people were seen to ask."""
        for number in questions:
            yield from self._question(number)
        for asked in lessons.answered:
            if not asked.accepted.isdisjoint(self._corpus.ids):  # else the entry was taken out since
                yield from self._seen(asked, "asked", "asked foreign", asked.accepted)
        for phrase in lessons.near:
            yield from self._seen(phrase, "beside", "beside foreign", frozenset())
        contrasts = np.flatnonzero(self._corpus.contrast).tolist()
        phrases = [*lessons.elsewhere, *(self._phrase(number) for number in contrasts)]
        for at, phrase in enumerate(phrases):
            yield from self._outside(phrase, "outside", "outside foreign")
            name = self._name(at, phrase.language)
            if name:
                named = Phrase(f"{phrase.text} {name}", phrase.language)
                yield from self._outside(named, "named", "named foreign")

    def _name(self, at: int, language: str) -> str | None:
        """What some concept that the documents name is called; another one for each `at`."""
        named = [concept for concept in self._entries if concept.id in self.rarity and language in concept.names]
        return named[at % len(named)].names[language][0] if named else None

    def _question(self, number: int) -> Iterator[Sample]:
        corpus = self._corpus
        text, name, language = corpus.passages[number].text, self._id(number), self._language(number)
        own = ~corpus.translations(number)
        own[number] = False
        foreign = own & (corpus.language != language)
        elsewhere = corpus.entry != corpus.entry[number]
        masks: dict[Scenario, Mask] = {
            "own": own,
            "foreign": foreign,
            "absent": own & elsewhere,
            "absent foreign": foreign & elsewhere,
        }
        yield from self._samples(text, language, masks, name, frozenset({name}))

    def _seen(
        self, phrase: Phrase | AnsweredPhrase, own: Scenario, foreign: Scenario, accepted: frozenset[str]
    ) -> Iterator[Sample]:
        corpus = self._corpus
        masks: dict[Scenario, Mask] = {own: corpus.everything(), foreign: corpus.language != phrase.language}
        group = min(accepted, default=f"{own}: {phrase.text[:12]}")
        yield from self._samples(phrase.text, phrase.language, masks, group, accepted)

    def _outside(self, phrase: Phrase, own: Scenario, foreign: Scenario) -> Iterator[Sample]:
        corpus = self._corpus
        same = np.array([passage.text == phrase.text for passage in corpus.passages])
        masks: dict[Scenario, Mask] = {
            own: ~same,
            foreign: ~same & (corpus.language != phrase.language),
        }
        yield from self._samples(phrase.text, phrase.language, masks, f"outside: {phrase.text[:12]}", frozenset())

    def _samples(
        self, text: str, language: str, masks: dict[Scenario, Mask], group: str, accepted: frozenset[str]
    ) -> Iterator[Sample]:
        kept = {scenario: mask for scenario, mask in masks.items() if (mask & ~self._corpus.contrast).any()}
        asked = frozenset(self._concepts(text))
        topics = {self._topic(name) for name in accepted}
        vector = self._corpus.vector(text)
        rankings = self._corpus.rank(text, language, list(kept.values()))
        for (scenario, mask), ranked in zip(kept.items(), rankings, strict=True):
            first = ranked.ids[0]
            if accepted and not first.startswith("faq:"):
                continue  # who can tell whether the news answers it?
            there = scenario in _THERE
            # An entry of the same topic is not beside the point, as one about something else is.
            right = there and self._topic(first) in topics
            near = there and not accepted.isdisjoint(ranked.ids[:CLOSEST])
            question = Question(
                ranked.known,
                self._shown(first, mask, language) == language,
                Concepts(asked, self._concepts_of(first, mask, language), self.rarity),
                self._memory.of(vector, first, rehearsing=True),
                unmet(text, self._corpus.told[first]),
            )
            yield Sample(scenario, group, features(ranked.scores, ranked.evidence, question), right, near)

    def _shown(self, document_id: str, mask: Mask, language: str) -> str:
        """The language in which a reader of `language` would be shown a document."""
        versions = self._versions[document_id]
        return next(one for one in (language, "en", *versions) if one in versions and mask[versions[one]].any())

    def _concepts_of(self, document_id: str, mask: Mask, language: str) -> frozenset[str]:
        """What the version of a document names that a reader of `language` would be shown."""
        numbers = self._versions[document_id][self._shown(document_id, mask, language)]
        return frozenset().union(*(self._named[number] for number in numbers if mask[number]))

    def _topic(self, document_id: str) -> str:
        """What a document is about; the document itself where that is not told."""
        return self._corpus.topics.get(document_id) or document_id

    def _id(self, number: int) -> str:
        return str(self._corpus.ids[int(self._corpus.entry[number])])

    def _language(self, number: int) -> str:
        return str(self._corpus.language[number])

    def _phrase(self, number: int) -> Phrase:
        return Phrase(self._corpus.passages[number].text, self._language(number))


def _rarity(named: Sequence[frozenset[str]]) -> dict[str, float]:
    """1 for a concept that one document names, 0 for one that all of them do, by the logarithm of their number."""
    counts = Counter(concept for concepts in named for concept in concepts)
    most = math.log(max(len(named), 2))
    return {concept: round(1 - math.log(count) / most, 4) for concept, count in sorted(counts.items())}


def _names_nothing(text: str) -> tuple[str, ...]:
    return ()
