"""Sentences to vectors: the port, and sentence-transformers behind it."""

import hashlib
import logging
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from knowledge.errors import EncoderError

Vectors = NDArray[np.float32]
Role = Literal["query", "passage"]

SHIPPED_MODEL = Path(__file__).parent / "model"
"""The small English, Chinese and Japanese model that comes with the project."""


class Encoder(Protocol):
    """Turns texts into unit vectors; `checksum` changes whenever the vectors would."""

    @property
    def name(self) -> str: ...
    @property
    def checksum(self) -> str: ...
    @property
    def dimension(self) -> int: ...

    def encode(self, texts: Sequence[str], role: Role) -> Vectors:
        """Float32 vectors of shape (len(texts), dimension), each of length 1 (or 0 for text without content)."""
        ...


class SentenceTransformerEncoder:
    """Any sentence-transformers model, by local folder or hub name, with its own query and passage prompts."""

    def __init__(self, model: str | Path = SHIPPED_MODEL) -> None:
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        logging.getLogger("sentence_transformers").setLevel(logging.WARNING)
        from sentence_transformers import SentenceTransformer  # slow to import: seconds

        try:
            self._model = SentenceTransformer(str(model), device="cpu").float()
        except (OSError, ValueError, KeyError, RuntimeError) as error:
            raise EncoderError(
                f"The sentence encoder {str(model)!r} could not be loaded: {error}. Set CITYDESK_ENCODER to a local "
                "folder or to the name of a sentence-transformers model, or unset it to use the one that is shipped."
            ) from error
        self.name = "shipped with CityDesk" if Path(model) == SHIPPED_MODEL else str(model)
        self.dimension = int(self._model.get_embedding_dimension() or 0)
        self.checksum = model_checksum(model)

    def encode(self, texts: Sequence[str], role: Role) -> Vectors:
        encode = self._model.encode_query if role == "query" else self._model.encode_document
        vectors = encode(list(texts), normalize_embeddings=True, show_progress_bar=False, convert_to_numpy=True)
        return np.asarray(vectors, dtype=np.float32).reshape(len(texts), self.dimension)


def model_checksum(model: str | Path) -> str:
    """SHA-256 over the files of a local model folder; of the name for a model that lives on a hub."""
    digest = hashlib.sha256(b"" if Path(model).is_dir() else str(model).encode())
    for path in sorted(Path(model).rglob("*")) if Path(model).is_dir() else []:
        if path.is_file() and path.suffix in (".json", ".safetensors", ".bin", ".model", ".txt"):
            digest.update(path.relative_to(model).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
