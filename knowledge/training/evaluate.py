"""Measuring an encoder: translated sentences found among a thousand, paragraphs found for questions."""

import csv
import gzip
import json
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from knowledge.training.data import Corpus, Pair
from knowledge.training.teacher import Vectors

Encode = Callable[[Sequence[str]], Vectors]

RETRIEVAL_SETS = ("xquad-en-en", "xquad-zh-zh", "xquad-zh-en", "drcd-zh-Hant", "jsquad-ja")


def pair_accuracy(encode: Encode, pairs: Sequence[Pair]) -> float:
    """Share of targets whose nearest English sentence, of all in `pairs`, is their own."""
    scores = encode([pair.target for pair in pairs]) @ encode([pair.english for pair in pairs]).T
    return float((scores.argmax(axis=1) == np.arange(len(pairs))).mean())


def paragraph_recall(encode: Encode, folder: Path, top: int = 5) -> float:
    """Mean share of each question's paragraphs among the `top` nearest, in a set in BEIR layout."""
    corpus = _records(folder / "corpus.jsonl.gz")
    queries = _records(folder / "queries.jsonl.gz")
    relevant: dict[str, set[str]] = defaultdict(set)
    with (folder / "qrels" / "test.tsv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            if int(row["score"]) > 0:
                relevant[row["query-id"]].add(row["corpus-id"])
    asked = [name for name in queries if name in relevant]
    names = np.array(list(corpus))
    scores = encode([queries[name] for name in asked]) @ encode(list(corpus.values())).T
    nearest = np.argsort(-scores, axis=1)[:, :top]
    shares = [
        len(relevant[name] & set(names[found])) / len(relevant[name])
        for name, found in zip(asked, nearest, strict=True)
    ]
    return float(np.mean(shares))


def measure(encode: Encode, corpus: Corpus, retrieval: Path | None) -> dict[str, float]:
    """All figures by name; those of retrieval only when its folder is given."""
    figures = {f"held-out {language}": pair_accuracy(encode, p) for language, p in corpus.held_out.items()}
    figures |= {f"ntrex {language}": pair_accuracy(encode, p) for language, p in corpus.ntrex.items()}
    if retrieval is not None:
        figures |= {f"recall@5 {name}": paragraph_recall(encode, retrieval / name) for name in RETRIEVAL_SETS}
    return {name: round(value, 4) for name, value in figures.items()}


def _records(path: Path) -> dict[str, str]:
    """Texts by id; a title, where there is one, goes before the text."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    return {r["_id"]: f"{r.get('title', '')} {r['text']}".strip() for r in records}
