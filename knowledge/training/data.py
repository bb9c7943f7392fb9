"""Sentence pairs for training: which are taken, and which are held out for measuring.

The files are `en-<language>.tsv.gz` with the columns english, target, source. What is taken, and why:

- sources that the recipe leaves out, those without a verified licence among them, are not read at all.
- the last 200 sentences of `ntrex` are held out, for every language, with all pairs that share their English side.
- statutes, Tanaka sentences and command help are capped, or their language would drown everything else.
- the FAQ's questions in `content/faq` are translations of each other, and read on request; the encoder that ships goes
  without, so that what is measured on them holds for entries that are yet to be written.
"""

import gzip
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from knowledge.content.faq import load_faq
from knowledge.errors import KnowledgeError
from knowledge.training.recipe import LANGUAGES, Recipe

MAX_WORDS = 80
NTREX = "ntrex"
NTREX_TRAINED = 800


@dataclass(frozen=True, slots=True)
class Pair:
    """An English sentence and the same sentence in `language`."""

    english: str
    target: str
    source: str
    language: str


@dataclass(frozen=True, slots=True)
class Corpus:
    """Pairs to train on and, per language, all NTREX pairs in file order: the last 200 were not trained on."""

    train: list[Pair]
    ntrex: dict[str, list[Pair]]

    def english(self) -> list[str]:
        """The distinct English sentences of the training pairs, sorted."""
        return sorted({pair.english for pair in self.train})


def read_pairs(path: Path, language: str) -> Iterator[Pair]:
    """The pairs of one file, in its order.

    Raises:
        KnowledgeError: a line has not three columns.
        FileNotFoundError: there is no such file.
    """
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            columns = line.rstrip("\n").split("\t")
            if len(columns) != 3:
                raise KnowledgeError(
                    f"{path.name}, line {number}: {len(columns)} columns instead of 3 (english, target, source, "
                    "separated by tabs). Mend the line or take the file's original."
                )
            yield Pair(columns[0], columns[1], columns[2], language)


def load_corpus(parallel: Path, recipe: Recipe, content: Path | None = None) -> Corpus:
    """Read all languages, clean, cap and hold out.

    Args:
        parallel: folder with `en-<language>.tsv.gz` for every language of `LANGUAGES`.
        recipe: says which sources are left out, how many pairs of one are taken, and by which seed they are drawn.
        content: the editors' folder, whose FAQ questions are then among the pairs.
    """
    chance = random.Random(recipe.seed)
    train: list[Pair] = []
    ntrex: dict[str, list[Pair]] = {}
    for language in LANGUAGES:
        pairs = list(read_pairs(parallel / f"en-{language}.tsv.gz", language))
        ntrex[language] = [pair for pair in pairs if pair.source == NTREX]
        taken = [pair for pair in pairs if pair.source not in recipe.left_out]
        train += _capped(_cleaned(taken), recipe.caps, chance)
        train += ntrex[language][:NTREX_TRAINED] if NTREX not in recipe.left_out else []
    if content is not None:
        train += faq_pairs(content)
    held_out = {pair.english for pairs in ntrex.values() for pair in pairs[NTREX_TRAINED:]}
    return Corpus([pair for pair in train if pair.english not in held_out], ntrex)


def faq_pairs(content: Path) -> list[Pair]:
    """Each English question of the FAQ with each question of the same entry in another language."""
    questions: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for document in load_faq(content):
        questions[document.id][document.language] += [document.title, *document.questions]
    return [
        Pair(english, target, "faq", language)
        for entry in questions.values()
        for language in LANGUAGES
        for english, target in product(entry.get("en", ()), entry.get(language, ()))
    ]


def _cleaned(pairs: list[Pair]) -> list[Pair]:
    """Without doubles, what is too long to be aligned well, and NTREX, which has its own rule."""
    unique = dict.fromkeys(pairs)
    return [pair for pair in unique if pair.source != NTREX and len(pair.english.split()) <= MAX_WORDS]


def _capped(pairs: list[Pair], caps: Mapping[str, int], chance: random.Random) -> list[Pair]:
    by_source: dict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        by_source[pair.source].append(pair)
    taken: list[Pair] = []
    for source, of_source in by_source.items():
        cap = caps.get(source, len(of_source))
        taken += chance.sample(of_source, cap) if cap < len(of_source) else of_source
    return taken
