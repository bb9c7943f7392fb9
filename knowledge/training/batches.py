"""What the student is asked in each step: bags of rows, and which of them should be near each other.

Five kinds of question, weighted by the recipe. All are contrastive: the right answer has to win over all others of the
batch, both ways.

- teacher: a translation, and the English sentence, near the teacher's vector of the English sentence
- english: a translation near its English sentence, both by the student: what searching across languages needs
- others: a translation near the translation into a third language
- parts: a part of a text near three texts in a row, one of which it was taken from: a question and a passage
- news: a headline near a piece of its article
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from knowledge.training.bags import Bag, Rows, bag_of
from knowledge.training.data import Pair
from knowledge.training.headlines import News
from knowledge.training.recipe import LANGUAGES, Recipe
from knowledge.training.teacher import Vectors
from knowledge.training.tokenizer import Pieces, weakened

PARTS_BATCH = 512
PART = (0.4, 0.8)
NEIGHBOURS = 2
SHORTEST_TEXT = 5  # pieces that a text must have for a part of it to say something
ENGLISH_SHARE = 2 / 16
NEWS_EVERY = 2
WEAK_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Match:
    """Text i of bag `left` belongs to text i of bag `right`, or to vector i of the teacher, by the name "teacher"."""

    weight: float
    left: str
    right: str
    paired: bool  # by pairs of a batch, of which some may share their English side and are then no negatives


@dataclass(frozen=True, slots=True)
class Step:
    """The bags of a step by name, the English sentence of each pair, and what is to match."""

    bags: dict[str, Bag]
    english: Rows
    matches: list[Match]


class Material:
    """All texts as bags, and random steps over them."""

    def __init__(
        self, pieces: Pieces, pairs: Sequence[Pair], english: Sequence[str], vectors: Vectors, news: News | None
    ) -> None:
        """`vectors` (n, dims) are the teacher's for `english` (n,), which holds every pair's English side."""
        position = {sentence: index for index, sentence in enumerate(english)}
        self.vectors = vectors
        self.english_of = np.array([position[pair.english] for pair in pairs], dtype=np.int64)
        self._pieces, self._texts = pieces, ([pair.target for pair in pairs], list(english))
        self.targets, self.english = self._bags(pieces)
        filled = (self.targets.lengths > 0) & (self.english.lengths[self.english_of] > 0)
        self.usable: Rows = np.flatnonzero(filled)
        self._siblings = _Siblings(self.english_of, self.usable)
        language = np.array([LANGUAGES.index(pair.language) for pair in pairs])
        long = filled & (self.targets.lengths >= SHORTEST_TEXT)
        self._long = [np.flatnonzero(long & (language == i)) for i in range(len(LANGUAGES))]
        self._long_english: Rows = np.flatnonzero(self.english.lengths >= SHORTEST_TEXT)
        self._titles = bag_of(pieces.tokenizer, news.titles, pieces.ignored) if news else None
        self._windows = [bag_of(pieces.tokenizer, texts, pieces.ignored) for texts in news.windows] if news else []

    def steps(self, recipe: Recipe, chance: np.random.Generator, last: bool = False) -> Iterator[Step]:
        """One pass over all pairs in random order; what does not fill a batch is left for the next pass.

        Half of the batches are cut into weakened pieces, but none in the `last` pass: the table is used as it ends.
        """
        whole = (self.targets, self.english)
        weak = self._bags(weakened(self._pieces, recipe.weakened, chance)) if recipe.weakened and not last else whole
        order = chance.permutation(self.usable)
        for number, start in enumerate(range(0, len(order) - recipe.batch + 1, recipe.batch)):
            texts = weak if chance.random() < WEAK_SHARE else whole
            yield self._step(order[start : start + recipe.batch], texts, number, recipe, chance)

    def _bags(self, pieces: Pieces) -> tuple[Bag, Bag]:
        targets, english = self._texts
        return bag_of(pieces.tokenizer, targets, pieces.ignored), bag_of(pieces.tokenizer, english, pieces.ignored)

    def _step(
        self, pairs: Rows, texts: tuple[Bag, Bag], number: int, recipe: Recipe, chance: np.random.Generator
    ) -> Step:
        english = self.english_of[pairs]
        targets, sentences = texts
        bags = {"target": targets.take(pairs), "english": sentences.take(english)}
        matches = [
            Match(recipe.teacher, "target", "teacher", True),
            Match(recipe.teacher, "english", "teacher", True),
            Match(recipe.english, "target", "english", True),
        ]
        if recipe.others:
            bags["other"] = targets.take(self._siblings.draw(english, chance))
            matches.append(Match(recipe.others, "target", "other", True))
        if recipe.parts:
            bags["part"], bags["passage"] = self._parts(chance)
            matches.append(Match(recipe.parts, "part", "passage", False))
        if recipe.news and self._titles is not None and number % NEWS_EVERY == 0:
            drawn = chance.choice(len(self._titles.lengths), min(PARTS_BATCH, len(self._titles.lengths)), replace=False)
            bags["title"] = self._titles.take(drawn)
            bags["article"] = self._windows[chance.integers(len(self._windows))].take(drawn)
            matches.append(Match(recipe.news, "title", "article", False))
        return Step(bags, english, [match for match in matches if match.weight])

    def _parts(self, chance: np.random.Generator) -> tuple[Bag, Bag]:
        """Parts of texts, and the passages they are from; of one language, for others would be told apart at once."""
        if chance.random() < ENGLISH_SHARE:
            texts, own = self.english, self._long_english
        else:
            texts, own = self.targets, self._long[chance.integers(len(self._long))]
        drawn = texts.take(chance.choice(own, min(PARTS_BATCH, len(own)), replace=False))
        passage = drawn
        for _ in range(NEIGHBOURS):
            passage = passage.joined(texts.take(chance.choice(own, len(drawn.lengths))))
        return drawn.part(PART, chance), passage


class _Siblings:
    """For an English sentence, one of its translations at random."""

    def __init__(self, english_of: Rows, usable: Rows) -> None:
        self._order = usable[np.argsort(english_of[usable], kind="stable")]
        self._counts = np.bincount(english_of[usable], minlength=int(english_of.max()) + 1)
        self._starts = np.cumsum(self._counts) - self._counts

    def draw(self, english: Rows, chance: np.random.Generator) -> Rows:
        picked = (chance.random(len(english)) * self._counts[english]).astype(np.int64)
        drawn: Rows = self._order[self._starts[english] + picked]
        return drawn
