"""The shipped form: a folder that sentence-transformers opens as a static embedding and a normalisation."""

import json
from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import Tensor

from knowledge.training.tokenizer import Pieces

MAX_BYTES = 4_700_000

MODULES = [
    {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.StaticEmbedding"},
    {"idx": 1, "name": "1", "path": "1_Normalize", "type": "sentence_transformers.models.Normalize"},
]
CONFIG = {"model_type": "SentenceTransformer", "prompts": {}, "similarity_fn_name": "cosine"}


def export(folder: Path, pieces: Pieces, table: Tensor) -> int:
    """Write tokenizer, weights and configuration into `folder`; returns the size of the weights in bytes.

    The weights are `embeddings`, float16, shape (rows, dims), and `mapping`, int32, shape (token ids,):
    token i has the vector `embeddings[mapping[i]]`.

    Raises:
        ValueError: the weights are larger than the project can carry.
    """
    (folder / "1_Normalize").mkdir(parents=True, exist_ok=True)
    weights = folder / "model.safetensors"
    mapping = torch.tensor(pieces.mapping, dtype=torch.int32)
    save_file({"embeddings": table.half().contiguous(), "mapping": mapping}, weights)
    weights.chmod(0o644)  # the library leaves it readable by its owner alone
    size = weights.stat().st_size
    if size > MAX_BYTES:
        raise ValueError(f"{weights.name} has {size} bytes, above the limit of {MAX_BYTES}: use fewer --rows or --dims")
    pieces.tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    _write_json(folder / "modules.json", MODULES)
    _write_json(folder / "config_sentence_transformers.json", CONFIG)
    _write_json(folder / "1_Normalize" / "config.json", {})
    return size


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, indent=2) + "\n", encoding="utf-8")
