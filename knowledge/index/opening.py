"""A generation from disk to memory: verified, with the segments that are open already kept as they are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from knowledge.answering.model import AnswerModel
from knowledge.content.glossary import FILE as GLOSSARY
from knowledge.content.glossary import Glossary, load_glossary
from knowledge.documents import Document
from knowledge.encoder import Encoder
from knowledge.errors import ContentError, IndexCorrupt, IndexMismatch
from knowledge.index.files import verify
from knowledge.index.generations import SEGMENTS
from knowledge.index.manifest import Manifest, SegmentRecord, read_manifest
from knowledge.segments.lexical import LexicalIndex
from knowledge.segments.segment import Segment
from knowledge.text import analyser

DAMAGE = (OSError, ValueError, TypeError, LookupError, RuntimeError)
"""What the libraries raise on files that are not as they were written."""

_REMEMBERED = 4
_GLOSSARIES: dict[str, Glossary] = {}
"""By checksum: news brings a new generation every few minutes, and the glossary in it is mostly the same."""

_Key = tuple[str, ...]


class SegmentCache:
    """Segments that are open, by name and checksums: a new generation loads only what is new in it.

    Not safe to use from several threads at once; whoever loads generations holds a lock.
    """

    def __init__(self) -> None:
        self._open: dict[_Key, Segment] = {}

    def segment(self, folder: Path, manifest: Manifest, record: SegmentRecord) -> Segment:
        """The segment of this record, opened where it is not open yet; raises `IndexCorrupt`."""
        key = _key(manifest, record)
        if key not in self._open:
            self._open[key] = open_segment(folder, record)
        return self._open[key]

    def keep_only(self, manifest: Manifest) -> None:
        """Let go of segments that `manifest` does not name."""
        wanted = {_key(manifest, record) for record in manifest.segments}
        self._open = {key: segment for key, segment in self._open.items() if key in wanted}


@dataclass(frozen=True, slots=True)
class Generation:
    """All of a generation in memory; `removed[i]` are the positions in `segments[i].documents` out of force.

    `folder` is where it was read from.
    """

    manifest: Manifest
    segments: tuple[Segment, ...]
    lexical: LexicalIndex
    removed: tuple[frozenset[int], ...]
    folder: Path

    def documents(self) -> list[Document]:
        """Every document in force."""
        return list(in_force(self.segments, self.removed))


def open_generation(folder: Path, cache: SegmentCache | None = None, encoder: Encoder | None = None) -> Generation:
    """Load and verify the generation in `folder`.

    Raises `IndexCorrupt` when a file is missing or altered, `IndexMismatch` when another version wrote it, or (where
    one is given) another encoder.
    """
    cache = cache or SegmentCache()
    manifest = read_manifest(folder)
    if encoder is not None:
        _check_encoder(folder, manifest, encoder)
    if manifest.analyser != analyser.VERSION:
        raise IndexMismatch(folder, "it was built by another version of the analyser")
    verify(folder, manifest.files)
    segments = tuple(cache.segment(folder, manifest, record) for record in manifest.segments)
    try:
        lexical = LexicalIndex.load(folder)
    except DAMAGE as error:
        raise IndexCorrupt(folder, f"the lexical index cannot be read ({error})") from error
    removed = tuple(frozenset(record.removed) for record in manifest.segments)
    return Generation(manifest, segments, lexical, removed, folder)


def answer_model(generation: Generation) -> AnswerModel:
    """What tells how likely a hit answers, as learned from this generation's content; raises `IndexCorrupt`."""
    try:
        return AnswerModel.load(generation.folder)
    except (*DAMAGE, AttributeError) as error:
        raise IndexCorrupt(generation.folder, f"what was learned from the FAQ cannot be read ({error})") from error


def own_glossary(generation: Generation) -> Glossary | None:
    """What things are called, as it was when this generation was built; None where it carries none.

    Raises `IndexCorrupt`.
    """
    record = generation.manifest.files.get(GLOSSARY)
    if record is None:
        return None
    if record.sha256 not in _GLOSSARIES:
        try:
            found = load_glossary(generation.folder / GLOSSARY)
        except ContentError as error:
            raise IndexCorrupt(generation.folder, f"its glossary cannot be read ({error})") from error
        while len(_GLOSSARIES) >= _REMEMBERED:
            _GLOSSARIES.pop(next(iter(_GLOSSARIES)), None)
        _GLOSSARIES[record.sha256] = found
    return _GLOSSARIES.get(record.sha256)


def _check_encoder(folder: Path, manifest: Manifest, encoder: Encoder) -> None:
    """Raise `IndexMismatch` where another encoder made the vectors: theirs and ours never meet."""
    if manifest.encoder_checksum != encoder.checksum:
        raise IndexMismatch(folder, f"it was built with the encoder {manifest.encoder}, not {encoder.name}")


def open_segment(folder: Path, record: SegmentRecord) -> Segment:
    """A segment of the generation in `folder`; raises `IndexCorrupt` when it is not what the manifest says."""
    try:
        segment = Segment.open(folder / SEGMENTS / record.name)
    except DAMAGE as error:
        raise IndexCorrupt(folder, f"segment {record.name} cannot be read ({error})") from error
    found = segment.first_id, len(segment.documents), len(segment.passages)
    if found != (record.first_id, record.documents, record.passages):
        raise IndexCorrupt(folder, f"segment {record.name} holds other passages than the manifest says")
    return segment


def in_force(segments: Sequence[Segment], removed: Sequence[frozenset[int]]) -> Iterable[Document]:
    """The documents of `segments` but those removed."""
    for segment, gone in zip(segments, removed, strict=True):
        yield from (document for number, document in enumerate(segment.documents) if number not in gone)


def _key(manifest: Manifest, record: SegmentRecord) -> _Key:
    prefix = f"{SEGMENTS}/{record.name}/"
    return record.name, *(file.sha256 for name, file in sorted(manifest.files.items()) if name.startswith(prefix))
