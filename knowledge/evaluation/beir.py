"""Reads a set in BEIR layout: documents, queries, and which document is right for which query."""

import gzip
import json
import re
import zlib
from collections.abc import Container, Iterator
from dataclasses import dataclass
from pathlib import Path

from knowledge.documents import Document, Source
from knowledge.evaluation.errors import BadSet
from knowledge.evaluation.layout import SetFiles
from knowledge.evaluation.script import language_of

Judgements = dict[str, dict[str, int]]
"""Query id → document id → grade, above zero."""

_GRADE = re.compile(r"-?[0-9]{1,4}")
_HEADER_ENDS = frozenset({"score", "relevance"})
_ROW = "query-id, corpus-id and score, parted by tabs, or the four columns of TREC"


@dataclass(frozen=True, slots=True)
class EvaluationSet:
    """One set: what is searched, what is asked, what is right.

    `queries` (id → text, in the order of their file) holds only those for which a document of the set is right;
    `judgements` has exactly the same keys. `warnings` are sentences about what was left out.
    """

    name: str
    documents: tuple[Document, ...]
    queries: dict[str, str]
    judgements: Judgements
    warnings: tuple[str, ...] = ()


def read_set(files: SetFiles) -> EvaluationSet:
    """Read a set whole.

    Raises:
        BadSet: a file that is damaged or empty, a line without its fields, an id used twice, or judgements
            none of which fits the queries and documents.
    """
    documents = _texts(files.corpus, titled=True)
    if not any(title.strip() or text.strip() for title, text in documents.values()):
        raise BadSet(files.corpus, None, "there is no text in it", "Put one document on each line")
    queries = _texts(files.queries)
    if not queries:
        raise BadSet(files.queries, None, "there is no query in it", "Put one query on each line")
    judgements, warnings = _judgements(files.qrels, queries, documents)
    if not judgements:
        problem = "no line with a score above 0 names a query and a document of the set"
        raise BadSet(files.qrels, None, problem, "Check that all three files belong to the same set")
    return EvaluationSet(
        files.name,
        tuple(as_document(name, title, text) for name, (title, text) in documents.items()),
        {name: text for name, (_, text) in queries.items() if name in judgements},
        judgements,
        warnings,
    )


def as_document(document_id: str, title: str, text: str) -> Document:
    """A document of a set as a news article. The layout does not tell its language; its script tells what matters."""
    language = language_of(f"{title}\n{text}")
    return Document(document_id, "news", language, title, text, Source(title, "", language))


def _texts(path: Path, *, titled: bool = False) -> dict[str, tuple[str, str]]:
    """Id → title (empty where there is none) and text."""
    found: dict[str, tuple[str, str]] = {}
    lines: dict[str, int] = {}
    remedy = 'Give it the form {"_id": "…", "text": "…"}'
    for number, line in _lines(path):
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise BadSet(path, number, f"this is not JSON ({error})", remedy) from error
        name, text = (record.get("_id"), record.get("text")) if isinstance(record, dict) else (None, None)
        if not isinstance(name, str) or not name or _whole(name) != name or not isinstance(text, str):
            raise BadSet(path, number, "this is no object with the texts _id and text", remedy)
        title = (record.get("title") or "") if titled else ""
        if not isinstance(title, str):
            raise BadSet(path, number, "its title is no text", "Write the title in quotes, or leave it out")
        if name in lines:
            problem = f"the _id {name!r} stands on line {lines[name]} already"
            raise BadSet(path, number, problem, "Give each line an _id of its own")
        found[name], lines[name] = (_whole(title), _whole(text)), number
    return found


def _whole(text: str) -> str:
    """Without lone surrogates, which JSON can write and no text can hold."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _judgements(path: Path, queries: Container[str], documents: Container[str]) -> tuple[Judgements, tuple[str, ...]]:
    """The grades above zero among known queries and documents, and a warning about the unknown ones."""
    found: Judgements = {}
    seen: dict[tuple[str, str], tuple[int, int]] = {}
    unknown: list[tuple[int, str]] = []
    for number, (query, document, grade) in _judgement_rows(path):
        earlier, line = seen.setdefault((query, document), (grade, number))
        if earlier != grade:
            problem = f"line {line} judges {query!r} and {document!r} with {earlier}, this one with {grade}"
            raise BadSet(path, number, problem, "Keep the one that is right")
        strangers = [name for name, known in ((query, queries), (document, documents)) if name not in known]
        if strangers:
            unknown.append((number, strangers[0]))
        elif grade > 0:
            found.setdefault(query, {})[document] = grade
    if not unknown:
        return found, ()
    number, name = unknown[0]
    many = "1 line is" if len(unknown) == 1 else f"{len(unknown):,} lines are"
    return found, (f"{path}: {many} ignored, with ids that the set does not have (the first: line {number}, {name!r})",)


def _judgement_rows(path: Path) -> Iterator[tuple[int, tuple[str, str, int]]]:
    """Line, query id, document id and grade; the header, where there is one, is left out."""
    for position, (number, line) in enumerate(_lines(path)):
        columns = line.split("\t") if "\t" in line else line.split()
        if position == 0 and columns[-1].strip().casefold() in _HEADER_ENDS:
            continue
        if len(columns) not in (3, 4):
            raise BadSet(path, number, f"{len(columns)} columns", f"A line has {_ROW}")
        grade = columns[-1].strip()
        if not _GRADE.fullmatch(grade):
            raise BadSet(
                path, number, f"the score {grade!r} is no whole number of up to four digits", f"A line has {_ROW}"
            )
        yield number, (columns[0], columns[-2], int(grade))


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """The lines of a file, compressed or not, numbered from 1, without their ends; blank ones are left out."""
    number = 0
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
            for number, raw in enumerate(file, 1):
                line = raw.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r\n")
                if line.strip():
                    yield number, line
    except UnicodeDecodeError as error:
        raise BadSet(path, number, f"this is not UTF-8 ({error.reason})", "Save the file as UTF-8") from error
    except (OSError, EOFError, zlib.error) as error:
        raise BadSet(path, number + 1, f"the file cannot be read on ({error})", "Fetch or write it again") from error
