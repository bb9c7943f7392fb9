"""What can be wrong with the trained dialogue model, seen before Rasa loads it.

Rasa itself only logs that it cannot load a model, comes up without one, and answers every message with nothing.
"""

import json
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from citydesk.settings import PROJECT_ROOT

_FEATURIZER = "StaticSentenceFeaturizer"
_CHECKSUM_FILE = "encoder"


def problem_of(model: Path) -> str | None:
    """Why Rasa could not work with the file `model`; None when nothing is wrong with it."""
    from knowledge.static import model_checksum  # imports numpy and tokenizers: not for every command

    if not model.exists():
        return f"{model} is missing"
    try:
        with tarfile.open(model) as archive:
            members = {member.name.strip("/"): member for member in archive}
            graph = json.loads(_read(archive, members["metadata.json"]))["predict_schema"]["nodes"]
            trained_with = [
                (folder, _read(archive, members[f"components/{resource}/{_CHECKSUM_FILE}"]))
                for folder, resource in _encoders(graph)
            ]
    except (tarfile.TarError, EOFError, OSError, ValueError, LookupError, TypeError) as error:
        reason = str(error).partition("\n")[0].rstrip(":- ")
        return f"{model} cannot be read ({type(error).__name__}: {reason})"
    if any(checksum != model_checksum(folder) for folder, checksum in trained_with):
        return f"{model} was trained with another sentence encoder than the one in use"
    return None


def _encoders(graph: dict[str, Any]) -> Iterator[tuple[Path, str]]:
    """Folder of the encoder, and name of the resource with its checksum, for each featurizer of a trained model."""
    from knowledge.static import SHIPPED_MODEL

    for node in graph.values():
        if node["uses"].rpartition(".")[2] == _FEATURIZER:
            folder = node["config"].get("model")
            path = PROJECT_ROOT / Path(folder).expanduser() if folder else SHIPPED_MODEL
            yield path, node["resource"]["name"]


def _read(archive: tarfile.TarFile, member: tarfile.TarInfo) -> str:
    file = archive.extractfile(member)
    if file is None:
        raise tarfile.TarError(f"{member.name} is no file")
    with file:
        return file.read().decode("utf-8")
