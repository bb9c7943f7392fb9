"""Which folders hold sets, and where the files of a set are."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from knowledge.evaluation.errors import SetMissing

EXPECTED = "corpus.jsonl[.gz], queries.jsonl[.gz], qrels/test.tsv"
_CORPUS = ("corpus.jsonl", "corpus.jsonl.gz")
_QUERIES = ("queries.jsonl", "queries.jsonl.gz")
_QRELS = ("qrels/test.tsv",)


@dataclass(frozen=True, slots=True)
class SetFiles:
    """The files of one set; `name` is that of its folder."""

    name: str
    corpus: Path
    queries: Path
    qrels: Path


def find_sets(folders: Iterable[Path]) -> list[SetFiles]:
    """The sets that `folders` are or directly hold (those by name), each once, in the order given.

    Raises SetMissing, which names the folder or the file, where there is none or only a part of one.
    """
    found: dict[Path, SetFiles] = {}
    for folder in folders:
        for place in [folder] if _holds_any(folder) else _inside(folder):
            found.setdefault(place.resolve(), _files(place))
    return list(found.values())


def _inside(folder: Path) -> list[Path]:
    places = sorted(place for place in folder.iterdir() if place.is_dir() and _holds_any(place))
    if not places:
        raise SetMissing(f"{folder} holds no set, nor do its folders. A set is a folder with {EXPECTED}.")
    return places


def _holds_any(folder: Path) -> bool:
    """Whether anything of a set is there; a half set is an error rather than passed over."""
    return any((folder / name).is_file() for name in (*_CORPUS, *_QUERIES, *_QRELS))


def _files(folder: Path) -> SetFiles:
    return SetFiles(folder.resolve().name, _pick(folder, _CORPUS), _pick(folder, _QUERIES), _pick(folder, _QRELS))


def _pick(folder: Path, names: tuple[str, ...]) -> Path:
    """The first of `names` that is there; where both forms are, the one that is not compressed."""
    for name in names:
        if (folder / name).is_file():
            return folder / name
    raise SetMissing(
        f"{folder / names[0]} is missing{' (so is its .gz form)' if len(names) > 1 else ''}. "
        f"A set is a folder with {EXPECTED}."
    )
