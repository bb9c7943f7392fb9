"""Static models of a few words, written as sentence-transformers and model2vec write them."""

import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace

WORDS = ("<unk>", "bees", "honey", "trams", "rails")
ROWS = np.array([[0, 0, 0], [100, 20, 0], [90, 30, 0], [0, 10, 120]], dtype=np.int8)
MAPPING = np.array([0, 1, 2, 3, 3], dtype=np.int32)
WEIGHTS = np.array([1, 0.01, 0.02, 0.01, 0.005], dtype=np.float32)
STATIC = ({"path": "", "type": "sentence_transformers.models.StaticEmbedding"},)
NORMALIZE = {"path": "1_Normalize", "type": "sentence_transformers.models.Normalize"}


def quantised() -> dict[str, NDArray[Any]]:
    """A table of the kind that is shipped: bytes, shared rows, a factor for each word."""
    return {"embeddings": ROWS, "mapping": MAPPING, "weights": WEIGHTS}


def write_model(
    folder: Path,
    tensors: dict[str, NDArray[Any]] | None = None,
    modules: tuple[dict[str, str], ...] = (*STATIC, NORMALIZE),
    config: dict[str, Any] | None = None,
) -> Path:
    """Write a model of WORDS into `folder`, which is made, and give it back."""
    folder.mkdir(parents=True)
    part = folder / modules[0]["path"]
    part.mkdir(exist_ok=True)
    for number, module in enumerate(modules):
        (folder / module["path"]).mkdir(exist_ok=True)
        module |= {"idx": str(number), "name": str(number)}
    tokenizer = Tokenizer(WordLevel({word: number for number, word in enumerate(WORDS)}, unk_token=WORDS[0]))
    tokenizer.pre_tokenizer = Whitespace()
    tokenizer.save(str(part / "tokenizer.json"))
    save_file(quantised() if tensors is None else tensors, part / "model.safetensors")
    (folder / "modules.json").write_text(json.dumps(modules), encoding="utf-8")
    (folder / "config_sentence_transformers.json").write_text(json.dumps(config or {}), encoding="utf-8")
    return folder
