"""The torch-free encoder: static models, where a text's vector is the mean of its pieces' rows in a table.

Runs in both environments (Python 3.10 beside Rasa, 3.11) on numpy, tokenizers and safetensors alone, and gives what
`SentenceTransformer(folder).encode` gives. The folder is as sentence-transformers and model2vec write it:
`modules.json` (StaticEmbedding, then Normalize or nothing), `tokenizer.json`, and `model.safetensors` with
`embeddings` (rows, dims), optionally `mapping` (tokens,) from token to row and `weights` (tokens,), a factor per token.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open
from tokenizers import Tokenizer

from knowledge.errors import EncoderError

Vectors = NDArray[np.float32]
Role = Literal["query", "passage"]
Prompts = Mapping[Role, str]

SHIPPED_MODEL = Path(__file__).resolve().parent / "model"
"""The small multilingual model that comes with the project."""

_CHUNK_CHARACTERS = 32_768
_CHUNK_TEXTS = 256
_BLOCK_TOKENS = 4_096
_LARGEST = 1e15  # a table entry beyond it could overflow where vectors are squared
_TABLE_TYPES: dict[str, Any] = {"I8": np.int8, "F16": np.dtype("<f2"), "F32": np.dtype("<f4")}
_CHECKED_SUFFIXES = (".json", ".safetensors", ".bin", ".model", ".txt")


class StaticEncoder:
    """A static model from a local folder; safe to use from several threads, and in a process after `fork`.

    The table stays on disk, mapped into memory and shared by all processes that use it: replace a model by renaming
    a new folder over it, not by writing into its files. A text without any known piece has the zero vector.
    """

    def __init__(self, folder: Path = SHIPPED_MODEL, prompts: Prompts | None = None) -> None:
        """Load and check `folder`; `prompts` are put before texts instead of the model's own.

        Raises `EncoderError`, which names the file and the remedy, when anything is missing or damaged.
        """
        # Our threads share the work of a batch: those of the library warn, and may hang, in a process after fork.
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        folder = Path(folder)
        part = folder / _part(folder)
        self._tokenizer = _read_tokenizer(part / "tokenizer.json", folder)
        tokens = 1 + max(self._tokenizer.get_vocab().values(), default=-1)
        self._table = _read_table(part / "model.safetensors", folder, tokens)
        self._prompts = {**own_prompts(_config(folder).get("prompts")), **(prompts or {})}
        self.name = "shipped with CityDesk" if folder.resolve() == SHIPPED_MODEL else str(folder)
        self.dimension = int(self._table.rows.shape[1])
        self.checksum = model_checksum(folder, prompts)

    def encode(self, texts: Sequence[str], role: Role = "passage") -> Vectors:
        """Float32 vectors of shape (len(texts), dimension), each of length 1, or 0 for a text without known pieces.

        A batch is shared out among the processor's cores, and each text has the same vector alone and in any batch.
        Raises TypeError for anything but texts.
        """
        return _unit(self._sums(texts, self._prompts[role]))

    def encode_parts(self, texts: Sequence[Sequence[str]], role: Role = "passage") -> tuple[Vectors, Vectors]:
        """Vectors of texts (len(texts), dimension) and of all their parts one after the other (parts, dimension).

        What is long is cut into pieces once: a text's vector is made from the sums of its parts, of which it has at
        least one. It is that of the parts joined by line breaks, but for a prompt, which each part then has.
        """
        sums = self._sums([part for parts in texts for part in parts], self._prompts[role])
        starts = np.cumsum([0, *(len(parts) for parts in texts)])[:-1]
        wholes = np.add.reduceat(sums, starts) if len(starts) else sums
        return _unit(wholes), _unit(sums)

    def _sums(self, texts: Sequence[str], prompt: str) -> Vectors:
        """The sum of the pieces' vectors of each text, shape (len(texts), dimension)."""
        cleaned = clean(texts)
        sums = np.zeros((len(cleaned), self.dimension), dtype=np.float32)

        def fill(chunk: slice) -> None:
            encodings = self._tokenizer.encode_batch_fast(
                [prompt + text for text in cleaned[chunk]], add_special_tokens=False
            )
            sums[chunk] = [self._table.sum(encoding.ids) for encoding in encodings]

        chunks = _chunks(cleaned)
        threads = min(_cores(), len(chunks))
        if threads < 2:
            for chunk in chunks:
                fill(chunk)
            return sums
        with ThreadPoolExecutor(threads) as pool:
            for _ in pool.map(fill, chunks):
                pass
        return sums


def _unit(vectors: Vectors) -> Vectors:
    """The vectors at length 1; zero stays zero."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-12), dtype=np.float32)


@dataclass(frozen=True)
class _Table:
    """`rows` (rows, dims) of int8 or floats, mapped from disk; `mapping` and `weights`, both (tokens,)."""

    rows: NDArray[Any]
    mapping: NDArray[Any]
    weights: Vectors

    def sum(self, ids: list[int]) -> Vectors:
        """The sum of these tokens' vectors, shape (dims,); zeros for none. A mean points the same way."""
        total = np.zeros(self.rows.shape[1], dtype=np.float32)
        for start in range(0, len(ids), _BLOCK_TOKENS):
            tokens = np.array(ids[start : start + _BLOCK_TOKENS], dtype=np.intp)
            # Not `@`: BLAS would start threads of its own for a product as small as this one.
            total += np.einsum("i,ij->j", self.weights[tokens], self.rows.take(self.mapping[tokens], axis=0))
        return total


def clean(texts: Sequence[str]) -> list[str]:
    """The texts with halves of surrogate pairs joined or, where one is alone, replaced by U+FFFD.

    No tokenizer takes a surrogate. Raises TypeError for one bare text and for anything but texts.
    """
    if isinstance(texts, str):
        raise TypeError("encode() takes a list of texts, not one text: put it in brackets")
    return [_well_formed(text, position) for position, text in enumerate(texts)]


def _well_formed(text: str, position: int) -> str:
    if not isinstance(text, str):
        raise TypeError(f"encode() takes texts, but item {position} is of type {type(text).__name__}")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def own_prompts(prompts: Mapping[str, str | None] | None) -> dict[Role, str]:
    """The query and the passage prompt among a model's own, which are named in more than one way; "" where none."""
    given = prompts or {}
    passage = next((text for name in ("document", "passage", "corpus") if (text := given.get(name))), "")
    query, passage = clean([given.get("query") or "", passage])
    return {"query": query, "passage": passage}


def model_checksum(model: str | Path, prompts: Prompts | None = None) -> str:
    """SHA-256 over the files of a local model folder (of the name for a hub's model), and over prompts of our own."""
    local = os.path.isdir(model)
    digest = hashlib.sha256(b"" if local else str(model).encode())
    for path in sorted(Path(model).rglob("*")) if local else []:
        if path.is_file() and path.suffix in _CHECKED_SUFFIXES:
            digest.update(path.relative_to(model).as_posix().encode())
            with path.open("rb") as file:
                while block := file.read(1 << 20):
                    digest.update(block)
    if prompts:
        digest.update(json.dumps(dict(prompts), sort_keys=True).encode())
    return digest.hexdigest()[:16]


def is_static_model(folder: str | Path) -> bool:
    """Whether `folder` is a model that `StaticEncoder` reads (it may still turn out damaged)."""
    try:
        _part(Path(folder))
    except EncoderError:
        return False
    return True


def _part(folder: Path) -> str:
    """The subfolder ("" for none) with table and tokenizer of the static model in `folder`."""
    modules = _read_json(folder / "modules.json", folder)
    try:
        kinds = [str(module["type"]).rpartition(".")[2] for module in modules]
        part = str(modules[0]["path"])
    except (LookupError, TypeError):
        raise _damaged(folder / "modules.json", folder, "it does not list a model's parts") from None
    if kinds not in (["StaticEmbedding"], ["StaticEmbedding", "Normalize"]) or _config(folder).get("truncate_dim"):
        problem = f"not a static model, but one of {', '.join(kinds)}"
        raise _damaged(folder / "modules.json", folder, problem)
    return part


def _config(folder: Path) -> dict[str, Any]:
    path = folder / "config_sentence_transformers.json"
    config = _read_json(path, folder) if path.exists() else {}
    prompts = config.get("prompts") or {} if isinstance(config, dict) else None
    if not isinstance(prompts, dict) or not all(text is None or isinstance(text, str) for text in prompts.values()):
        raise _damaged(path, folder, "it is not an object with prompts that are texts")
    return dict(config)


def _read_json(path: Path, folder: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise _damaged(path, folder, str(error)) from error


def _read_tokenizer(path: Path, folder: Path) -> Tokenizer:
    try:
        tokenizer = Tokenizer.from_file(str(path))
    except Exception as error:  # the library knows no narrower class
        raise _damaged(path, folder, str(error)) from error
    tokenizer.no_padding()
    return tokenizer


def _read_table(path: Path, folder: Path, tokens: int) -> _Table:
    """The table for a tokenizer that gives ids below `tokens`."""
    try:
        with safe_open(str(path), framework="np") as file:  # checks sizes and offsets, so a cut file is found here
            names = set(file.keys())
            name = "embedding.weight" if "embedding.weight" in names else "embeddings"
            wanted = names & {"mapping", "weights"} if name == "embeddings" else set()
            tensors = {key: file.get_tensor(key) for key in wanted}
        rows = _mapped(path, name)
    except (OSError, SafetensorError, LookupError, ValueError, TypeError) as error:
        raise _damaged(path, folder, f"no table of rows can be read ({error})") from error
    mapping = tensors.get("mapping", np.arange(len(rows), dtype=np.int32))
    weights = tensors.get("weights", np.ones(len(mapping), dtype=np.float32))
    if problem := _problem(rows, mapping, weights, tokens, padded=not tensors):
        raise _damaged(path, folder, problem)
    return _Table(rows, mapping, weights.astype(np.float32))


def _mapped(path: Path, name: str) -> NDArray[Any]:
    """One matrix of a safetensors file, mapped into memory (the library itself would copy it)."""
    with path.open("rb") as file:
        size = int.from_bytes(file.read(8), "little")
        entry = json.loads(file.read(size))[name]
    shape, kind = tuple(entry["shape"]), entry["dtype"]
    if len(shape) != 2 or 0 in shape or kind not in _TABLE_TYPES:
        raise ValueError(f"{name} is {kind} of shape {shape}, not a matrix of {', '.join(_TABLE_TYPES)}")
    offset = 8 + size + int(entry["data_offsets"][0])
    return np.asarray(np.memmap(path, dtype=_TABLE_TYPES[kind], mode="r", offset=offset, shape=shape))


def _problem(
    rows: NDArray[Any], mapping: NDArray[Any], weights: NDArray[Any], tokens: int, *, padded: bool
) -> str | None:
    """What does not fit together; `padded` tables may have more rows than there are tokens."""
    if mapping.dtype.kind != "i" or weights.dtype.kind != "f":
        return f"mapping is {mapping.dtype} and weights are {weights.dtype}, not whole numbers and floats"
    if mapping.ndim != 1 or mapping.shape != weights.shape or len(mapping) < tokens:
        return f"mapping {mapping.shape} and weights {weights.shape} do not fit the {tokens} tokens of tokenizer.json"
    if len(mapping) > tokens and not padded:
        return f"it is for {len(mapping)} tokens, but tokenizer.json has {tokens}"
    if mapping.min() < 0 or mapping.max() >= len(rows):
        return f"mapping points beyond the {len(rows)} rows"
    # Minimum and maximum pass NaN on, and the comparison is false for it. Whole numbers need no look at the table.
    largest = 128.0 if rows.dtype.kind == "i" else max(-float(rows.min()), float(rows.max()))
    if not largest * max(-float(weights.min()), float(weights.max())) < _LARGEST:
        return "numbers in it are infinite, not a number or far too large"
    return None


def _damaged(path: Path, folder: Path, problem: str) -> EncoderError:
    remedy = (
        "name another folder where this one is named (CITYDESK_ENCODER, or 'model' in config.yml), or none to use "
        "the encoder that is shipped"
    )
    if folder.resolve() == SHIPPED_MODEL:
        remedy = "restore it with 'git checkout -- knowledge/model', or install CityDesk anew"
    return EncoderError(f"The sentence encoder cannot be used: {path}: {problem}. What to do: {remedy}.")


def _chunks(texts: list[str]) -> list[slice]:
    """Runs of texts that bound the memory in use and are worth a thread; a longer text is alone in its own."""
    chunks, start, characters = [], 0, 0
    for position, text in enumerate(texts):
        full = characters + len(text) > _CHUNK_CHARACTERS or position - start == _CHUNK_TEXTS
        if full and position > start:
            chunks.append(slice(start, position))
            start, characters = position, 0
        characters += len(text)
    return [*chunks, slice(start, len(texts))] if texts else []


def _cores() -> int:
    """How many processor cores this process may use."""
    allowed = getattr(os, "sched_getaffinity", None)  # not on every system
    return len(allowed(0)) if allowed else os.cpu_count() or 1
