"""The manifest of an index generation: what it was made of, and what every file must look like."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from pydantic import TypeAdapter

from knowledge.errors import IndexCorrupt, IndexMismatch

MANIFEST = "manifest.json"
FORMAT = "3"
"""Layout of the files; a change makes every older index be built anew."""


@dataclass(frozen=True, slots=True)
class FileRecord:
    """One file as it was written; `size` in bytes."""

    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class SegmentRecord:
    """One segment of a generation.

    `documents` and `passages` count what its folder holds, `removed` lists the positions of the documents in it
    that are no longer in force, `removed_passages` counts their passages.
    """

    name: str
    first_id: int
    documents: int
    passages: int
    removed: tuple[int, ...]
    removed_passages: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation was made of.

    `created` is in seconds since 1970; `content` a checksum over the documents in force, `learned_from` one over what
    is learned from beside them, "" where nothing is; `documents` and `passages` count what is in force. `next_id`
    is the next free passage id: ids are never used again, so that none can come to mean another passage. `files` maps
    each file's path below the generation to its record.
    """

    format: str
    generation: str
    parent: str | None
    created: float
    content: str
    learned_from: str
    encoder: str
    encoder_checksum: str
    analyser: str
    documents: int
    passages: int
    next_id: int
    segments: tuple[SegmentRecord, ...]
    files: dict[str, FileRecord]

    @property
    def removed_share(self) -> float:
        """Passages no longer in force among all that the segments hold (0 to 1)."""
        held = sum(segment.passages for segment in self.segments)
        return sum(segment.removed_passages for segment in self.segments) / held if held else 0.0


_MANIFEST = TypeAdapter(Manifest)


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest into its generation's folder; the caller makes it durable."""
    (folder / MANIFEST).write_text(json.dumps(asdict(manifest), indent=1) + "\n", encoding="utf-8")


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a generation.

    Raises `IndexMismatch` for an index of an earlier version, `IndexCorrupt` when it is missing or not as written.
    """
    try:
        data = (folder / MANIFEST).read_bytes()
        if _format(data) != FORMAT:
            raise IndexMismatch(folder, "it was built by another version of CityDesk")
        return _MANIFEST.validate_json(data, strict=True)
    except (OSError, ValueError, RecursionError) as error:  # pydantic's ValidationError is a ValueError
        reason = str(error).partition("\n")[0]
        raise IndexCorrupt(folder, f"{MANIFEST} cannot be read ({reason})") from error


def _format(data: bytes) -> object:
    """The format that a manifest names; what is no manifest at all is left to the validation."""
    content = json.loads(data)
    return content.get("format", "1") if isinstance(content, dict) and "generation" in content else FORMAT
