"""A dialogue model that Rasa would not load is told before Rasa is started."""

import io
import json
import tarfile
from pathlib import Path
from typing import Any

import pytest

from citydesk.dialogue_model import problem_of
from citydesk.errors import ModelError
from citydesk.servers import check_startable
from citydesk.settings import Settings
from knowledge.static import SHIPPED_MODEL, model_checksum

RESOURCE = "train_nlu.components.sentence_featurizer.StaticSentenceFeaturizer4"
OTHER_ENCODER = "was trained with another sentence encoder"


def _model(folder: Path, files: dict[str, str]) -> Path:
    path = folder / "citydesk.tar.gz"
    with tarfile.open(path, "w:gz") as archive:
        for name, text in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(text.encode())
            archive.addfile(member, io.BytesIO(text.encode()))
    return path


def _metadata(config: dict[str, Any]) -> str:
    """As Rasa 3.6 writes it, of which only the graph for answering matters here."""
    counts: dict[str, Any] = {"uses": "rasa.nlu.featurizers.x.CountVectorsFeaturizer", "config": {}}
    sentence = {
        "uses": "nlu.components.sentence_featurizer.StaticSentenceFeaturizer",
        "config": config,
        "resource": {"name": RESOURCE, "output_fingerprint": "x"},
    }
    return json.dumps({"predict_schema": {"nodes": {"run_count": counts, "run_sentence": sentence}}})


def _trained_with(folder: Path, checksum: str, config: dict[str, Any] | None = None) -> Path:
    files = {"metadata.json": _metadata(config or {"weight": 6.0}), f"components/{RESOURCE}/encoder": checksum}
    return _model(folder, files)


def test_a_model_of_the_encoder_in_use_has_no_problem(tmp_path: Path) -> None:
    assert problem_of(_trained_with(tmp_path, model_checksum(SHIPPED_MODEL))) is None


def test_members_may_be_named_from_the_root_as_rasa_names_them(tmp_path: Path) -> None:
    files = {
        "/metadata.json": _metadata({"weight": 6.0}),
        f"/components/{RESOURCE}/encoder": model_checksum(SHIPPED_MODEL),
    }
    assert problem_of(_model(tmp_path, files)) is None


def test_a_model_of_another_encoder_is_told(tmp_path: Path) -> None:
    assert OTHER_ENCODER in str(problem_of(_trained_with(tmp_path, "0" * 64)))


def test_the_encoder_is_the_one_that_the_model_was_configured_with(tmp_path: Path) -> None:
    folder = tmp_path / "encoder"
    folder.mkdir()
    (folder / "tokenizer.json").write_text("{}", encoding="utf-8")
    config = {"model": str(folder)}
    assert problem_of(_trained_with(tmp_path, model_checksum(folder), config)) is None
    assert OTHER_ENCODER in str(problem_of(_trained_with(tmp_path, model_checksum(SHIPPED_MODEL), config)))


def test_a_model_without_sentence_features_depends_on_no_encoder(tmp_path: Path) -> None:
    assert problem_of(_model(tmp_path, {"metadata.json": '{"predict_schema": {"nodes": {}}}'})) is None


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"metadata.json": "not JSON"},
        {"metadata.json": "[]"},
        {"metadata.json": '{"predict_schema": {"nodes": {"a": {}}}}'},
        {"metadata.json": _metadata({"weight": 6.0})},
    ],
)
def test_a_model_with_parts_missing_is_told_as_such(files: dict[str, str], tmp_path: Path) -> None:
    assert "cannot be read" in str(problem_of(_model(tmp_path, files)))


@pytest.mark.parametrize("content", [b"", b"no archive", b"\x1f\x8b\x08\x00cut"])
def test_a_file_that_is_no_archive_is_told_in_one_line(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "citydesk.tar.gz"
    path.write_bytes(content)
    problem = str(problem_of(path))
    assert (str(path) in problem, "cannot be read" in problem, "\n" in problem) == (True, True, False)


def test_a_missing_model_is_told(tmp_path: Path) -> None:
    expected = f"{tmp_path / 'none.tar.gz'} is missing"
    assert expected == problem_of(tmp_path / "none.tar.gz")


def test_nothing_is_started_with_a_model_of_another_encoder(tmp_path: Path) -> None:
    model = _trained_with(tmp_path, "0" * 64)
    settings = Settings(home=tmp_path)
    settings.model_path.parent.mkdir(parents=True)
    model.rename(settings.model_path)
    with pytest.raises(ModelError, match="citydesk train --force"):
        check_startable(settings, [])
