"""Test utterances, and how near they come to what the model is taught."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from ruamel.yaml import YAML

TOO_NEAR = 0.6
"""Share of pairs of characters in common (Jaccard) above which an utterance is a training phrase in other clothes."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """A message as somebody might type it, and the intent that it has."""

    text: str
    language: str
    intent: str


def read_utterances(folder: Path) -> list[Utterance]:
    """Those of `<language>.yml` below `folder`, a list for each intent."""
    return [
        Utterance(str(text), path.stem, str(intent))
        for path in sorted(folder.glob("*.yml"))
        for intent, texts in YAML(typ="safe").load(path).items()
        for text in texts
    ]


def near_duplicates(utterances: Iterable[Utterance], taught: Iterable[Mapping[str, Iterable[str]]]) -> dict[str, str]:
    """Utterance → the example that it is too near to."""
    known = sorted({text for examples in taught for texts in examples.values() for text in texts})
    sizes = np.array([len(pairs(text)) for text in known])
    holding: dict[str, list[int]] = {}
    for number, text in enumerate(known):
        for pair in pairs(text):
            holding.setdefault(pair, []).append(number)
    found: dict[str, str] = {}
    for utterance in utterances:
        own = pairs(utterance.text)
        shared = np.bincount([number for pair in own for number in holding.get(pair, ())], minlength=len(known))
        near = np.flatnonzero(shared > TOO_NEAR * (sizes + len(own) - shared))
        if len(near):
            found[utterance.text] = known[int(near[0])]
    return found


def pairs(text: str) -> frozenset[str]:
    """All pairs of characters that stand side by side, without case, punctuation and accents; those of one character
    are itself."""
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    letters = "".join(character for character in decomposed if unicodedata.category(character)[0] in "LN")
    return frozenset(letters[at : at + 2] for at in range(max(1, len(letters) - 1)))
