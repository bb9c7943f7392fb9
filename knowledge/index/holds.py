"""What a rollback keeps out: the document versions that it undid, until their content changes.

    index/holds.json    {"generation": …, "undone": …, "documents": [[id, language, checksum or null], …]}

Somebody who goes one click back means: as it was, until I have mended it. The files that made the undone generation
are still there, so the next build would bring it back. Therefore each version that a rollback undid is held: a
build that meets the very same version (null: the document's absence) keeps what is in force instead. Other
documents go on to be indexed, and a held one is again as soon as its content differs.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import TypeAdapter

from knowledge.errors import IndexCorrupt
from knowledge.index.files import write_atomically

FILE = "holds.json"

Key = tuple[str, str]
"""A document's id and language."""


@dataclass(frozen=True, slots=True)
class Holds:
    """Versions kept out: checksum by document, None for its absence. `undone` names the generation rolled back."""

    generation: str | None = None
    undone: str | None = None
    documents: dict[Key, str | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Stored:
    generation: str | None
    undone: str | None
    documents: list[tuple[str, str, str | None]]


_STORED = TypeAdapter(_Stored)


def read_holds(root: Path) -> Holds:
    """The versions kept out now; raises `IndexCorrupt` when the file is not as written."""
    try:
        stored = _STORED.validate_json((root / FILE).read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        return Holds()
    except (OSError, ValueError) as error:
        raise IndexCorrupt(root, f"{FILE} cannot be read ({str(error).partition(chr(10))[0]})") from error
    documents = {(document_id, language): checksum for document_id, language, checksum in stored.documents}
    return Holds(stored.generation, stored.undone, documents)


def write_holds(root: Path, holds: Holds) -> None:
    """Replace the versions kept out, durably; none remove the file."""
    if not holds.documents:
        (root / FILE).unlink(missing_ok=True)
        return
    documents = [[*key, checksum] for key, checksum in sorted(holds.documents.items())]
    content = {"generation": holds.generation, "undone": holds.undone, "documents": documents}
    write_atomically(root / FILE, json.dumps(content, indent=1) + "\n")


def after_rollback(
    held: Mapping[Key, str | None], undone: Mapping[Key, str], restored: Mapping[Key, str]
) -> dict[Key, str | None]:
    """What is held after going back from the versions `undone` to those `restored`; earlier holds stay."""
    differing = {key for key in undone.keys() | restored.keys() if undone.get(key) != restored.get(key)}
    kept = {key: checksum for key, checksum in held.items() if restored.get(key) != checksum}
    return {**{key: undone.get(key) for key in differing}, **kept}


def after_going_forward(held: Mapping[Key, str | None], restored: Mapping[Key, str]) -> dict[Key, str | None]:
    """What is still held after a switch to a later generation: nothing that it holds itself."""
    return {key: checksum for key, checksum in held.items() if restored.get(key) != checksum}
