"""Parallel sentence pairs for training: which are taken, and which are held out for measuring.

The files are `en-<language>.tsv.gz` with the columns english, target, source. What is taken, and why:

- `civiform` and `open-data-handbook` are left out because their licences are not verified, `ntrex` because
  its licence asks for share-alike; NTREX serves as a measuring set from another domain instead.
- statutes and Tanaka sentences are capped, or legal and casual language would drown everything else.
- every Chinese pair counts once in each script (as written, and converted), so that both scripts are known.
"""

import gzip
import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from opencc import OpenCC

LANGUAGES = ("zh-Hant", "zh-Hans", "ja")
LEFT_OUT = frozenset({"civiform", "open-data-handbook", "ntrex"})
CAPS = {"tw-moj-law": 12_000, "tanaka-enja": 25_000}
MAX_WORDS = 60
MAX_TARGET_CHARACTERS = 200
HELD_OUT = 1_000


@dataclass(frozen=True, slots=True)
class Pair:
    """An English sentence and the same sentence in `language`."""

    english: str
    target: str
    source: str
    language: str


@dataclass(frozen=True, slots=True)
class Corpus:
    """Training pairs and, per language, pairs whose English sentence no training pair has."""

    train: list[Pair]
    held_out: dict[str, list[Pair]]
    ntrex: dict[str, list[Pair]]

    def english(self) -> list[str]:
        """The distinct English sentences of the training pairs, sorted."""
        return sorted({pair.english for pair in self.train})


def read_pairs(path: Path, language: str) -> Iterator[Pair]:
    """The pairs of one file that are not too long, each (english, target) once, in the file's order."""
    seen: set[tuple[str, str]] = set()
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            english, target, source = line.rstrip("\n").split("\t")
            too_long = len(english.split()) > MAX_WORDS or len(target) > MAX_TARGET_CHARACTERS
            if not too_long and (english, target) not in seen:
                seen.add((english, target))
                yield Pair(english, target, source, language)


def load_corpus(parallel: Path, seed: int = 0) -> Corpus:
    """Read, cap, hold out and double the Chinese pairs.

    Args:
        parallel: folder with `en-zh-Hant.tsv.gz`, `en-zh-Hans.tsv.gz` and `en-ja.tsv.gz`.
        seed: decides which pairs are held out and which are dropped by the caps.

    Raises:
        FileNotFoundError: one of the three files is missing.
    """
    chance = random.Random(seed)
    pool: list[Pair] = []
    held_out: dict[str, list[Pair]] = {}
    ntrex: dict[str, list[Pair]] = {}
    for language in LANGUAGES:
        pairs = list(read_pairs(parallel / f"en-{language}.tsv.gz", language))
        ntrex[language] = [pair for pair in pairs if pair.source == "ntrex"]
        taken = _capped([pair for pair in pairs if pair.source not in LEFT_OUT], chance)
        held_out[language] = _draw_distinct(taken, chance)
        pool += taken
    measured = [*held_out.values(), *ntrex.values()]
    english = {pair.english for pairs in measured for pair in pairs}
    target = {to_simplified(pair.target) for pairs in measured for pair in pairs}
    train = [p for p in pool if p.english not in english and to_simplified(p.target) not in target]
    train += [other for pair in train if (other := _other_script(pair)) is not None]
    return Corpus(train, held_out, ntrex)


@cache
def _converter(config: str) -> OpenCC:
    return OpenCC(config)


def to_simplified(text: str) -> str:
    """`text` with its Traditional Chinese words in Simplified characters."""
    return str(_converter("t2s").convert(text))


def to_traditional(text: str) -> str:
    """`text` with its Simplified Chinese words in the Traditional characters that Taiwan uses."""
    return str(_converter("s2tw").convert(text))


def _other_script(pair: Pair) -> Pair | None:
    if pair.language == "ja":
        return None
    if pair.language == "zh-Hant":
        text, language = to_simplified(pair.target), "zh-Hans"
    else:
        text, language = to_traditional(pair.target), "zh-Hant"
    return None if text == pair.target else Pair(pair.english, text, pair.source, language)


def _capped(pairs: list[Pair], chance: random.Random) -> list[Pair]:
    shuffled = chance.sample(pairs, len(pairs))
    left = dict(CAPS)
    taken = []
    for pair in shuffled:
        if left.get(pair.source, 1) > 0:
            left[pair.source] = left.get(pair.source, len(pairs) + 1) - 1
            taken.append(pair)
    return taken


def _draw_distinct(pairs: list[Pair], chance: random.Random) -> list[Pair]:
    """`HELD_OUT` random pairs, no two of which share their English or their target side."""
    english: set[str] = set()
    target: set[str] = set()
    drawn: list[Pair] = []
    for pair in chance.sample(pairs, len(pairs)):
        if pair.english not in english and pair.target not in target:
            english.add(pair.english)
            target.add(pair.target)
            drawn.append(pair)
        if len(drawn) == HELD_OUT:
            break
    return drawn
