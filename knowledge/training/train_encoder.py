"""Trains the sentence encoder of `knowledge/model` from parallel sentences.

    python -m knowledge.training.train_encoder --parallel DIR --out DIR [--retrieval DIR] [--cache DIR]

Takes about ten minutes on two processor cores, most of them for the teacher's vectors, which `--cache` keeps.
Prints the figures of the exported model as JSON on standard output.
"""

import argparse
import json
import logging
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from sentence_transformers import SentenceTransformer

from knowledge.training.data import load_corpus
from knowledge.training.distil import Material, Ragged, train_table
from knowledge.training.evaluate import measure
from knowledge.training.export import export
from knowledge.training.teacher import Vectors, reduce, teacher_vectors
from knowledge.training.tokenizer import train_tokenizer

THREADS = 2


def main(arguments: Sequence[str] | None = None) -> None:
    """Load, tokenise, distil, export, measure."""
    options = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.set_num_threads(THREADS)
    corpus = load_corpus(options.parallel)
    english = corpus.english()
    logging.info("%d pairs, %d English sentences", len(corpus.train), len(english))
    pieces = train_tokenizer(english + sorted({pair.target for pair in corpus.train}), options.rows)
    position = {sentence: index for index, sentence in enumerate(english)}
    material = Material(
        targets=Ragged(pieces, [pair.target for pair in corpus.train]),
        english=Ragged(pieces, english),
        english_of=np.array([position[pair.english] for pair in corpus.train]),
        vectors=reduce(teacher_vectors(english, options.cache), options.dims),
    )
    table = train_table(material, pieces.rows, options.passes)
    size = export(options.out, pieces, table)
    logging.info("weights: %d bytes", size)
    print(json.dumps(measure(_Shipped(options.out), corpus, options.retrieval), indent=2))


class _Shipped:
    """The exported model as readers of the folder will have it."""

    def __init__(self, folder: Path) -> None:
        self._model = SentenceTransformer(str(folder), device="cpu").float()

    def __call__(self, texts: Sequence[str]) -> Vectors:
        return np.asarray(self._model.encode(list(texts), show_progress_bar=False), dtype=np.float32)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="train_encoder", description="Train the small sentence encoder.")
    parser.add_argument("--parallel", type=Path, required=True, help="folder of en-<language>.tsv.gz")
    parser.add_argument("--out", type=Path, required=True, help="folder that becomes the model")
    parser.add_argument("--retrieval", type=Path, help="folder of retrieval sets to measure with")
    parser.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "citydesk-teacher")
    parser.add_argument("--rows", type=int, default=17_000, help="rows of the table")
    parser.add_argument("--dims", type=int, default=128, help="dimensions of a vector")
    parser.add_argument("--passes", type=int, default=8, help="passes over the pairs")
    return parser


if __name__ == "__main__":
    main()
