"""The shipped form: a folder that sentence-transformers opens as a static embedding and a normalisation."""

import json
from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import Tensor

from knowledge.training.tokenizer import Pieces

MAX_BYTES = 25_000_000

MODULES = [
    {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.StaticEmbedding"},
    {"idx": 1, "name": "1", "path": "1_Normalize", "type": "sentence_transformers.models.Normalize"},
]
CONFIG = {"model_type": "SentenceTransformer", "prompts": {}, "similarity_fn_name": "cosine"}


def export(folder: Path, pieces: Pieces, table: Tensor) -> int:
    """Write tokenizer, weights and configuration into `folder`; returns the bytes of tokenizer and weights.

    The weights are `embeddings`, int8, shape (tokens, dims), and `weights`, float32, shape (tokens,): token i has the
    vector `embeddings[i] * weights[i]`, which is zero for tokens without meaning.

    Raises:
        ValueError: the files are larger than the project can carry.
    """
    (folder / "1_Normalize").mkdir(parents=True, exist_ok=True)
    weights = folder / "model.safetensors"
    rows, scales = quantise(table)
    scales[sorted(pieces.ignored)] = 0.0
    save_file({"embeddings": rows, "weights": scales}, weights)
    weights.chmod(0o644)  # the library leaves it readable by its owner alone
    tokenizer = folder / "tokenizer.json"
    pieces.tokenizer.save(str(tokenizer), pretty=False)
    size = weights.stat().st_size + tokenizer.stat().st_size
    if size > MAX_BYTES:
        raise ValueError(f"the model has {size} bytes, above the limit of {MAX_BYTES}: use fewer pieces or dimensions")
    _write_json(folder / "modules.json", MODULES)
    _write_json(folder / "config_sentence_transformers.json", CONFIG)
    _write_json(folder / "1_Normalize" / "config.json", {})
    return size


def quantise(table: Tensor) -> tuple[Tensor, Tensor]:
    """The table as int8 (rows, dims), and what to multiply each row by, float32 (rows,)."""
    scales = table.abs().amax(dim=1).clamp(min=1e-9) / 127.0
    return (table / scales[:, None]).round().to(torch.int8).contiguous(), scales.float()


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, indent=2) + "\n", encoding="utf-8")
