"""A city of a few entries, and encoders that watch or fail, for tests of the index's files."""

import errno
from collections.abc import Sequence
from pathlib import Path

from knowledge.documents import Document, Source
from knowledge.encoder import Encoder, Role, Vectors
from knowledge.index import generations
from knowledge.index.manifest import Manifest, read_manifest

SOURCE = Source("The page", "https://www.gov.taipei/", "en")
BEES = Document("faq:bees", "faq", "en", "Who keeps the bees?", "The bees are kept by the school.", SOURCE)
BIKES = Document("faq:bikes", "faq", "en", "Where are the bikes?", "The bikes stand at the station.", SOURCE)
TRAMS = Document("faq:trams", "faq", "en", "When do trams run?", "Trams run until midnight.", SOURCE)


def article(number: int, text: str = "The city opened a playground.") -> Document:
    """A news item; different numbers are different items."""
    title = f"Playground {number} opened"
    return Document(f"news:{number:016x}", "news", "en", title, f"{text} It is number {number}.", SOURCE)


def in_force(root: Path) -> Manifest:
    """The manifest of the generation that CURRENT names."""
    return read_manifest(generations.current(root))


class Watched(Encoder):
    """Encodes as another encoder does, and keeps the texts that it was given."""

    def __init__(self, encoder: Encoder, checksum: str | None = None) -> None:
        self._encoder = encoder
        self._checksum = checksum or encoder.checksum
        self.texts: list[str] = []

    @property
    def name(self) -> str:
        return self._encoder.name

    @property
    def checksum(self) -> str:
        return self._checksum

    @property
    def dimension(self) -> int:
        return self._encoder.dimension

    def encode(self, texts: Sequence[str], role: Role) -> Vectors:
        self.texts.extend(texts)
        return self._encoder.encode(texts, role)


class DiskFull(Watched):
    """Fails as a write does when there is no room left."""

    def encode(self, texts: Sequence[str], role: Role) -> Vectors:
        raise OSError(errno.ENOSPC, "No space left on device")
