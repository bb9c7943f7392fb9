"""Trains the sentence encoder of `knowledge/model` from parallel sentences.

    python -m knowledge.training.train_encoder --parallel DIR --out DIR [--news DIR] [--recipe NAME] [--set FIELD=VALUE]

About half an hour on two processor cores the first time, most of it for the teacher's vectors, which `--cache` keeps;
about six minutes then. Prints what was made, in how long and on what, as JSON on standard output.
"""

import argparse
import dataclasses
import json
import logging
import os
import platform
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch

from knowledge.errors import KnowledgeError
from knowledge.static import StaticEncoder
from knowledge.training.batches import Material
from knowledge.training.card import Facts, model_card
from knowledge.training.data import Corpus, load_corpus
from knowledge.training.distil import train_table
from knowledge.training.evaluate import held_back_accuracy
from knowledge.training.export import export
from knowledge.training.headlines import load_news
from knowledge.training.identity import with_identity
from knowledge.training.recipe import RECIPES, Recipe
from knowledge.training.teacher import reduce, teacher_vectors
from knowledge.training.tokenizer import learn_pieces

log = logging.getLogger(__name__)


def main(arguments: Sequence[str] | None = None) -> int:
    """Train, export, look once; returns the exit status."""
    parser = _parser()
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", stream=sys.stderr)
    logging.getLogger("sentence_transformers").setLevel(logging.WARNING)
    try:
        recipe = changed(RECIPES[options.recipe], options.set)
        facts = train(recipe, options)
    except (KnowledgeError, FileNotFoundError, ValueError) as error:
        print(f"{parser.prog}: {error}", file=sys.stderr)
        return 1
    print(json.dumps(dataclasses.asdict(facts), indent=2))
    return 0


def train(recipe: Recipe, options: argparse.Namespace) -> Facts:
    """Everything from files to files; `options` are those of the command line."""
    began = time.monotonic()
    torch.set_num_threads(_cores())
    corpus = load_corpus(options.parallel, recipe, options.content)
    news = load_news(options.news, seed=recipe.seed) if options.news and recipe.news else None
    english = corpus.english()
    log.info(
        "%d pairs, %d English sentences, %d articles", len(corpus.train), len(english), len(news.titles if news else ())
    )
    pieces = learn_pieces(_texts(corpus, recipe), recipe)
    log.info("%d pieces after %.0f s", pieces.count, time.monotonic() - began)
    vectors = reduce(teacher_vectors(english, options.cache), recipe.dims)
    material = Material(pieces, corpus.train, english, vectors, news)
    table = train_table(material, pieces.count, recipe)
    table = with_identity(table, (material.targets, material.english), recipe, pieces.unspaced())
    with tempfile.TemporaryDirectory(dir=_parent(options.out)) as partial:
        made = Path(partial) / "model"
        size = export(made, pieces, table)
        facts = Facts(
            recipe=dataclasses.asdict(recipe),
            pairs=dict(Counter(pair.language for pair in corpus.train)),
            sources=sorted({pair.source for pair in corpus.train}),
            english=len(english),
            articles=len(news.titles) if news else 0,
            tokens=pieces.count,
            bytes=size,
            accuracy=held_back_accuracy(StaticEncoder(made), corpus),
            seconds=round(time.monotonic() - began),
            machine=f"{_cores()} processor cores ({platform.machine()})",
        )
        (made / "README.md").write_text(model_card(facts), encoding="utf-8")
        _replace(options.out, made)
    return facts


def changed(recipe: Recipe, settings: Sequence[str]) -> Recipe:
    """`recipe` with fields set by "FIELD=VALUE", the value as JSON.

    Raises:
        ValueError: no such field, or no such value.
    """
    fields: dict[str, Any] = {}
    for setting in settings:
        name, _, text = setting.partition("=")
        if name not in {field.name for field in dataclasses.fields(Recipe)}:
            raise ValueError(
                f"--set {setting}: a recipe has no field {name!r}; they are in knowledge/training/recipe.py"
            )
        try:
            fields[name] = json.loads(text)
        except ValueError:
            raise ValueError(f"--set {setting}: {text!r} is not JSON; a text needs double quotes") from None
    return dataclasses.replace(recipe, **fields)


def _texts(corpus: Corpus, recipe: Recipe) -> dict[str, int]:
    """Each distinct text, and how often it counts where pieces are learned."""
    texts = {pair.target: recipe.repeats.get(pair.language, 1) for pair in corpus.train}
    return texts | dict.fromkeys(corpus.english(), 1)


def _parent(folder: Path) -> Path:
    """Where a new folder is made before it takes its place: processes may be reading the old one."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    return folder.parent


def _replace(folder: Path, made: Path) -> None:
    if folder.exists():
        if not (folder / "modules.json").exists():
            raise ValueError(f"--out {folder} is there already and is no model: choose another folder")
        shutil.rmtree(folder)
    made.rename(folder)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="train_encoder", description="Train the sentence encoder.")
    parser.add_argument("--parallel", type=Path, required=True, help="folder of en-<language>.tsv.gz")
    parser.add_argument("--news", type=Path, help="folder of *.jsonl.gz with title and content")
    parser.add_argument("--content", type=Path, help="the editors' folder: the FAQ's questions are learned from too")
    parser.add_argument("--out", type=Path, required=True, help="folder that becomes the model")
    parser.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "citydesk-teacher")
    parser.add_argument("--recipe", choices=sorted(RECIPES), default="shipped")
    parser.add_argument(
        "--set", action="append", default=[], metavar="FIELD=VALUE", help="change the recipe for a trial"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
