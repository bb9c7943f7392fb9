"""`python -m bench.calibrate`: fit the weights of knowledge/ranking.py anew, after a change of encoder or analyser.

Each of a sample of the FAQ's own questions is asked with that question taken out of the index; whether its topic came
first is what the logistic regression learns, against the out-of-scope phrases of nlu/data, which nothing answers.
"""

import math
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from ruamel.yaml import YAML
from sklearn.linear_model import LogisticRegression

from knowledge.analyser import terms
from knowledge.encoder import Encoder, load_encoder
from knowledge.faq import load_faq
from knowledge.passages import split_passages
from knowledge.ranking import DENSE_WEIGHT

SAMPLE = 450
ROOT = Path(__file__).parent.parent


@dataclass(frozen=True, slots=True)
class Sample:
    """Dense and lexical score of the document that came first, and whether it was right."""

    dense: float
    lexical: float
    right: bool


class Bench:
    """The FAQ by brute force, as `knowledge.search` scores it, with any one passage left out."""

    def __init__(self, content: Path, encoder: Encoder) -> None:
        self.documents = load_faq(content)
        self.passages = [p for p in split_passages(self.documents) if p.role != "contrast"]
        self.vectors = encoder.encode([passage.text for passage in self.passages], "passage")
        self._encoder = encoder
        self._terms = [frozenset(terms(passage.text)) for passage in self.passages]
        self._frequency = Counter(term for found in self._terms for term in found)
        self._entries: dict[str, dict[str, list[int]]] = {}
        for number, passage in enumerate(self.passages):
            document = self.documents[passage.document]
            self._entries.setdefault(document.id, {}).setdefault(document.language, []).append(number)
        self.topics = {document.id: document.topic for document in self.documents}

    def first(self, text: str, left_out: int = -1) -> tuple[str, float, float]:
        """Id, dense and lexical score of the entry that comes first."""
        query = self._encoder.encode([text], "query")[0]
        cosines = self.vectors @ query
        asked = frozenset(terms(text))
        found = [(entry, *self._scores(entry, asked, cosines, left_out)) for entry in self._entries]
        return max(found, key=lambda hit: DENSE_WEIGHT * hit[1] + (1 - DENSE_WEIGHT) * hit[2])

    def _scores(
        self, entry: str, asked: frozenset[str], cosines: NDArray[np.float32], left_out: int
    ) -> tuple[float, float]:
        dense = lexical = 0.0
        for numbers in self._entries[entry].values():
            kept = [number for number in numbers if number != left_out]
            held = frozenset().union(*(self._terms[number] for number in kept))
            total = self._weight(asked)
            lexical = max(lexical, self._weight(asked & held) / total if total else 0.0)
            dense = max(dense, float(cosines[kept].max()))
        return dense, lexical

    def _weight(self, found: frozenset[str]) -> float:
        total = len(self.passages)
        return sum(math.log(1 + (total - self._frequency[t] + 0.5) / (self._frequency[t] + 0.5)) for t in found)


def out_of_scope(data: Path) -> list[str]:
    """The phrases of the intent `out_of_scope`, all languages."""
    phrases: list[str] = []
    for path in sorted(data.glob("*/*.yml")):
        for block in (YAML(typ="safe").load(path) or {}).get("nlu", []):
            if block.get("intent") == "out_of_scope":
                phrases += [line.strip().removeprefix("- ") for line in block["examples"].splitlines() if line.strip()]
    return phrases


def samples(bench: Bench, phrases: list[str]) -> list[Sample]:
    """The FAQ's questions, each held out in turn, and the phrases that nothing answers."""
    numbers = [number for number, passage in enumerate(bench.passages) if passage.role == "question"]
    np.random.default_rng(0).shuffle(numbers)
    found = []
    for number in numbers[:SAMPLE]:
        passage = bench.passages[number]
        entry, dense, lexical = bench.first(passage.text, left_out=number)
        found.append(Sample(dense, lexical, bench.topics[entry] == bench.documents[passage.document].topic))
    return found + [Sample(dense, lexical, False) for _, dense, lexical in map(bench.first, phrases)]


def main() -> None:
    """Fit and print the three constants."""
    bench = Bench(ROOT / "content", load_encoder())
    found = samples(bench, out_of_scope(ROOT / "nlu" / "data"))
    features = np.array([(sample.dense, sample.lexical) for sample in found])
    right = np.array([sample.right for sample in found])
    model = LogisticRegression(C=100, class_weight="balanced").fit(features, right)
    dense, lexical = (float(weight) for weight in model.coef_[0])
    print(f"{len(found)} samples, {right.mean():.0%} right, {model.score(features, right):.0%} told apart")
    print(f"DENSE_WEIGHT = {dense / (dense + lexical):.2f}")
    print(f"MIDPOINT = {-float(model.intercept_[0]) / (dense + lexical):.2f}")
    print(f"STEEPNESS = {dense + lexical:.1f}")


if __name__ == "__main__":
    main()
