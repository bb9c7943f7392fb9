"""The documents of the crash test, step by step, and the child that is killed while it takes them in."""

from dataclasses import replace
from functools import lru_cache
from multiprocessing.connection import Connection
from pathlib import Path

from knowledge.content.faq import load_faq
from knowledge.documents import Document, Source
from knowledge.encoder import load_encoder
from knowledge.index.build import build_index
from knowledge.index.rollback import roll_back

CONTENT = Path(__file__).resolve().parents[1] / "content"
ENTRIES, ARTICLES = 45, 30
SOURCE = Source("A sample", "https://example.org/", "en")


def documents_at(step: int) -> list[Document]:
    """The city at `step`: entries of the FAQ, of which one changes, and the latest articles, one new and one gone."""
    faq = list(_entries())
    number = step % len(faq)
    faq[number] = replace(faq[number], text=f"{faq[number].text} (Edition {step}.)")
    return [*faq, *(_article(n) for n in range(step, step + ARTICLES))]


@lru_cache(maxsize=1)
def _entries() -> tuple[Document, ...]:
    entries = sorted(load_faq(CONTENT), key=lambda document: (document.id, document.language))
    return tuple(entries[:ENTRIES])


def _article(number: int) -> Document:
    text = f"Street {number} is closed for a week.\nBuses of line {number % 97} take another way until it is mended."
    return Document(f"news:{number:016x}", "news", "en", f"Works in street {number}", text, SOURCE)


def do(root: str, deed: str, step: int, tell: Connection) -> None:
    """Do one deed, saying when it begins and when it is done: the parent kills at some moment between."""
    encoder, documents = load_encoder(), documents_at(step)
    encoder.encode(["ready"], "passage")
    tell.send("begins")
    if deed == "roll back":
        roll_back(Path(root), encoder)
    else:
        build_index(Path(root), documents, encoder, full=deed == "build", release=True)
    tell.send("done")
