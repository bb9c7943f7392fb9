"""A damaged static model is refused with the file's name and what to do, and none is half loaded."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from knowledge.encoder import EncoderChoice, load_encoder
from knowledge.errors import EncoderError
from knowledge.static import SHIPPED_MODEL, StaticEncoder
from tests.unit.knowledge.static_models import MAPPING, NORMALIZE, ROWS, STATIC, WEIGHTS, quantised, write_model

TABLE = "model.safetensors"
FLOATS = ROWS[MAPPING].astype(np.float32)


def refused(folder: Path, file: str) -> str:
    """The message about `file`, which must say what to do."""
    with pytest.raises(EncoderError) as caught:
        StaticEncoder(folder)
    message = str(caught.value)
    assert str(folder / file) in message
    assert "CITYDESK_ENCODER" in message
    return message


@pytest.mark.parametrize("file", [TABLE, "tokenizer.json", "modules.json"])
@pytest.mark.parametrize("damage", ["gone", "empty", "cut", "garbled", "a folder"])
def test_a_damaged_file_is_named(tmp_path: Path, file: str, damage: str) -> None:
    """Of a copy of the shipped model, byte by byte as disks and copies do it."""
    folder = tmp_path / "model"
    shutil.copytree(SHIPPED_MODEL, folder)
    data = (folder / file).read_bytes()
    (folder / file).unlink()
    if damage == "a folder":
        (folder / file).mkdir()
    elif damage != "gone":
        damaged = {"empty": b"", "cut": data[: len(data) // 2], "garbled": b"\xff\x00" * 8 + data[16:]}
        (folder / file).write_bytes(damaged[damage])
    refused(folder, file)


def test_a_table_that_lost_its_last_byte_is_refused(tmp_path: Path) -> None:
    """Reading on beyond a file's end would end the process, not raise."""
    folder = write_model(tmp_path / "m")
    (folder / TABLE).write_bytes((folder / TABLE).read_bytes()[:-1])
    refused(folder, TABLE)


def changed(name: str, value: NDArray[Any]) -> dict[str, NDArray[Any]]:
    return {**quantised(), name: value}


def with_entry(array: NDArray[Any], value: float) -> NDArray[Any]:
    """A copy whose last entry is `value`."""
    copy = array.copy()
    copy.flat[-1] = value
    return copy


@pytest.mark.parametrize(
    ("tensors", "problem"),
    [
        (changed("mapping", with_entry(MAPPING, 4)), "beyond the 4 rows"),
        (changed("mapping", with_entry(MAPPING, -1)), "beyond the 4 rows"),
        (changed("mapping", MAPPING[:-1]), "do not fit the 5 tokens"),
        ({"embeddings": ROWS, "mapping": MAPPING[:-1]}, "do not fit the 5 tokens"),
        ({"embeddings": ROWS, "mapping": np.append(MAPPING, MAPPING[:1])}, "for 6 tokens"),
        (changed("mapping", MAPPING.astype(np.float32)), "whole numbers"),
        (changed("mapping", MAPPING.reshape(1, -1)), "do not fit"),
        (changed("weights", WEIGHTS[:-1]), "do not fit the 5 tokens"),
        ({"embeddings": ROWS[MAPPING], "weights": WEIGHTS[:-1]}, "do not fit the 5 tokens"),
        (changed("weights", WEIGHTS.astype(np.int32)), "floats"),
        (changed("weights", with_entry(WEIGHTS, np.nan)), "not a number"),
        (changed("weights", with_entry(WEIGHTS, -np.inf)), "infinite"),
        (changed("weights", with_entry(WEIGHTS, 1e30)), "far too large"),
        ({"embeddings": with_entry(FLOATS, np.nan)}, "not a number"),
        ({"embeddings": with_entry(FLOATS, np.inf)}, "infinite"),
        ({"embeddings": with_entry(FLOATS.astype(np.float16), np.nan)}, "not a number"),
        ({"embedding.weight": with_entry(FLOATS, np.nan)}, "not a number"),
        ({"embeddings": FLOATS[:-1]}, "do not fit the 5 tokens"),
        ({"embedding.weight": FLOATS[:-1]}, "do not fit the 5 tokens"),
        (changed("embeddings", ROWS.astype(np.int32)), "I32 of shape"),
        (changed("embeddings", ROWS.ravel()), "not a matrix"),
        (changed("embeddings", ROWS[:, :0]), "not a matrix"),
        (changed("embeddings", ROWS[:0]), "not a matrix"),
        ({"something": ROWS}, "embeddings"),
    ],
)
def test_a_table_that_does_not_fit_is_refused(tmp_path: Path, tensors: dict[str, NDArray[Any]], problem: str) -> None:
    """Well-formed files whose numbers cannot be right: they would give wrong vectors or none."""
    assert problem in refused(write_model(tmp_path / "m", tensors), TABLE)


@pytest.mark.parametrize(
    "modules",
    [
        (NORMALIZE,),
        (*STATIC, NORMALIZE, NORMALIZE),
        (*STATIC, {"path": "1_Dense", "type": "sentence_transformers.models.Dense"}),
        ({"path": "", "type": "sentence_transformers.models.Transformer"},),
    ],
)
def test_another_kind_of_model_is_refused(tmp_path: Path, modules: tuple[dict[str, str], ...]) -> None:
    """What has other parts gives other vectors: that is sentence-transformers' business."""
    assert "not a static model" in refused(write_model(tmp_path / "m", modules=modules), "modules.json")


@pytest.mark.parametrize("text", ["[]", "{}", "7", "null", '[{"type": 1}]', '["StaticEmbedding"]', '{"a": 1}'])
def test_valid_json_is_not_yet_a_list_of_parts(tmp_path: Path, text: str) -> None:
    folder = write_model(tmp_path / "m")
    (folder / "modules.json").write_text(text, encoding="utf-8")
    refused(folder, "modules.json")


@pytest.mark.parametrize("config", ["{", "[]", "7", '{"prompts": [1]}', '{"prompts": 1}', '{"prompts": {"query": 1}}'])
def test_a_damaged_configuration_is_refused(tmp_path: Path, config: str) -> None:
    """Prompts that cannot be read must not be left out in silence."""
    folder = write_model(tmp_path / "m")
    (folder / "config_sentence_transformers.json").write_text(config, encoding="utf-8")
    refused(folder, "config_sentence_transformers.json")


def test_a_configuration_need_not_be_there(tmp_path: Path) -> None:
    folder = write_model(tmp_path / "m")
    (folder / "config_sentence_transformers.json").unlink()
    assert 3 == StaticEncoder(folder).dimension


def test_a_tokenizer_of_another_model_is_refused(tmp_path: Path) -> None:
    """Its numbers would point at other words' rows."""
    folder = write_model(tmp_path / "m")
    shutil.copy(SHIPPED_MODEL / "tokenizer.json", folder)
    assert "do not fit" in refused(folder, TABLE)


@pytest.mark.parametrize(
    "damage",
    [
        lambda folder: (folder / TABLE).write_bytes(b"short"),
        lambda folder: (folder / "tokenizer.json").write_text(json.dumps({"model": {}}), encoding="utf-8"),
        lambda folder: (folder / "modules.json").write_text("{", encoding="utf-8"),
    ],
    ids=["table", "tokenizer", "modules"],
)
def test_whichever_class_loads_it_the_error_is_ours(tmp_path: Path, damage: Callable[[Path], object]) -> None:
    """Damage that makes a folder look like no static model goes to sentence-transformers, and is told as well."""
    folder = write_model(tmp_path / "m")
    damage(folder)
    with pytest.raises(EncoderError, match="CITYDESK_ENCODER"):
        load_encoder(EncoderChoice(str(folder)))
