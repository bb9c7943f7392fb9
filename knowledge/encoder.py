"""Sentences to vectors: the port, the choice of a model, and sentence-transformers for all but static ones."""

import json
import logging
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, runtime_checkable

import numpy as np

from knowledge.errors import EncoderError
from knowledge.static import (
    SHIPPED_MODEL,
    Prompts,
    Role,
    StaticEncoder,
    Vectors,
    clean,
    is_static_model,
    model_checksum,
    own_prompts,
)

__all__ = [
    "SHIPPED_MODEL",
    "Encoder",
    "EncoderChoice",
    "Role",
    "SentenceTransformerEncoder",
    "Vectors",
    "encode_parts",
    "load_encoder",
    "model_checksum",
]


class Encoder(Protocol):
    """Turns texts into unit vectors; `checksum` changes whenever the vectors would."""

    @property
    def name(self) -> str: ...
    @property
    def checksum(self) -> str: ...
    @property
    def dimension(self) -> int: ...

    def encode(self, texts: Sequence[str], role: Role) -> Vectors:
        """Float32 vectors of shape (len(texts), dimension), each of length 1 (or 0 for text without content).

        Raises TypeError for anything but texts; no text raises anything.
        """
        ...


@runtime_checkable
class PartsEncoder(Protocol):
    """An encoder that encodes a text and its parts in one go."""

    def encode_parts(self, texts: Sequence[Sequence[str]], role: Role) -> tuple[Vectors, Vectors]:
        """Vectors of texts (len(texts), dimension), each given as its parts, and of all parts (parts, dimension)."""
        ...


def encode_parts(encoder: Encoder, texts: Sequence[Sequence[str]], role: Role) -> tuple[Vectors, Vectors]:
    """Vectors of texts, each given as its parts (at least one, joined by line breaks), and of all parts in order."""
    if isinstance(encoder, PartsEncoder):
        return encoder.encode_parts(texts, role)
    parts = [part for text in texts for part in text]
    return encoder.encode(["\n".join(text) for text in texts], role), encoder.encode(parts, role)


@dataclass(frozen=True, slots=True)
class EncoderChoice:
    """A model by local folder or hub name; `query` and `passage` are put before texts, None: what the model says."""

    model: str = str(SHIPPED_MODEL)
    query: str | None = None
    passage: str | None = None

    @classmethod
    def parse(cls, text: str) -> "EncoderChoice":
        """A folder or name as it stands, or a JSON object of the fields; raises ValueError that says what is wrong."""
        [text] = clean([text.strip()])
        if not text.startswith("{"):
            return cls(_located(text))
        try:
            fields = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise ValueError(f"not valid JSON ({error}); {_FORM}") from None
        unknown = sorted(fields.keys() - {"model", "query", "passage"})
        if unknown:
            raise ValueError(f"unknown: {', '.join(unknown)}; {_FORM}")
        wrong = sorted(name for name, value in fields.items() if not isinstance(value, str))
        if wrong:
            raise ValueError(f"not a text: {', '.join(wrong)}; {_FORM}")
        if not fields.get("model", "").strip():
            raise ValueError(f"no model is named; {_FORM}")
        return cls(**{**fields, "model": _located(fields["model"].strip())})

    def __str__(self) -> str:
        """The text that `parse` reads as this choice."""
        return json.dumps({"model": self.model, **self.prompts}, ensure_ascii=False) if self.prompts else self.model

    @property
    def prompts(self) -> Prompts:
        """The prompts that take the place of the model's own."""
        given: dict[Role, str | None] = {"query": self.query, "passage": self.passage}
        return {role: prompt for role, prompt in given.items() if prompt is not None}


_FORM = 'it takes a folder, a name, or {"model": "…", "query": "query: ", "passage": "passage: "}'


def load_encoder(choice: EncoderChoice = EncoderChoice()) -> Encoder:
    """The encoder chosen: torch is loaded only for what is not a static model.

    Raises `EncoderError` with the remedy where it cannot be loaded.
    """
    folder = Path(choice.model)
    if folder == SHIPPED_MODEL or is_static_model(folder):
        return StaticEncoder(folder, choice.prompts)
    return SentenceTransformerEncoder(choice.model, choice.prompts)


class SentenceTransformerEncoder:
    """Any sentence-transformers model, by local folder or hub name, with its own query and passage prompts."""

    def __init__(self, model: str | Path = SHIPPED_MODEL, prompts: Prompts | None = None) -> None:
        """Load `model`; `prompts` take the place of its own. Raises `EncoderError` with the remedy."""
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        logging.getLogger("sentence_transformers").setLevel(logging.WARNING)
        from sentence_transformers import SentenceTransformer  # slow to import: seconds
        from transformers.utils.logging import disable_progress_bar

        # Of reading files that are here; a download still shows its own.
        disable_progress_bar()  # type: ignore[no-untyped-call]
        try:
            self._model = SentenceTransformer(str(model), device="cpu").float()
        except Exception as error:  # transformers, tokenizers, safetensors, the hub: each has its own
            reason = str(error).strip().partition("\n")[0].rstrip(".") or type(error).__name__
            raise EncoderError(
                f"The sentence encoder {str(model)!r} could not be loaded: {reason}. Set CITYDESK_ENCODER to a local "
                "folder or to the name of a sentence-transformers model, or unset it to use the one that is shipped."
            ) from error
        self._prompts = {**own_prompts(self._model.prompts), **(prompts or {})}
        self.name = "shipped with CityDesk" if Path(model) == SHIPPED_MODEL else str(model)
        self.dimension = int(self._model.get_embedding_dimension() or 0)
        self.checksum = model_checksum(model, prompts)

    def encode(self, texts: Sequence[str], role: Role) -> Vectors:
        encode = self._model.encode_query if role == "query" else self._model.encode_document
        # Told outright: the library would not look at a prompt named "passage", which many models have.
        vectors = encode(
            clean(texts),
            prompt=self._prompts[role],
            normalize_embeddings=True,
            show_progress_bar=False,
            convert_to_numpy=True,
        )
        return np.asarray(vectors, dtype=np.float32).reshape(len(texts), self.dimension)


def _located(model: str) -> str:
    """A folder as an absolute path, so that processes started elsewhere find it; a hub's name as it is."""
    folder = os.path.expanduser(model)
    return os.path.realpath(folder) if os.path.isdir(folder) else model
