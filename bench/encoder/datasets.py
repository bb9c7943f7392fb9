"""What the encoder is measured on, read from the data folder: translations, retrieval sets, news text."""

import csv
import gzip
import json
from collections.abc import Container, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.encoder.errors import BadRow, DataMissing
from knowledge.text.sentences import sentence_spans

LANGUAGES = ("zh-Hant", "zh-Hans", "ja", "ko", "th", "vi", "id", "de", "es", "fr", "pl", "tr", "el", "ar")
"""The languages beside English, as the files of `parallel/` are named."""

CROSS_SETS = tuple(f"xquad-{language}-en" for language in ("zh", "th", "vi", "es", "de", "ar", "tr", "el"))
"""Questions in another language, passages in English."""

SAME_LANGUAGE_SETS = (
    "drcd-zh-Hant",
    "jsquad-ja",
    *(f"xquad-{language}-{language}" for language in ("en", "zh", "th", "vi", "es", "de", "ar", "tr", "el")),
)
"""Questions and passages in one language."""

NTREX_ROWS = 1_000


@dataclass(frozen=True, slots=True)
class Translations:
    """English sentences and what they are in `language`, row by row, in the file's order."""

    language: str
    english: tuple[str, ...]
    targets: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Passages:
    """Passages and their sentences; passage i has `sentences[starts[i]:starts[i + 1]]`, at least one."""

    texts: tuple[str, ...]
    sentences: tuple[str, ...]
    starts: NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class RetrievalSet:
    """Questions over passages; `relevant`, shape (n, 2), pairs a question's index with that of a right passage."""

    name: str
    passages: Passages
    queries: tuple[str, ...]
    relevant: NDArray[np.int64]


def require(data: Path) -> None:
    """Raise DataMissing, which names them, when files that `make eval-encoder` reads are not below `data`."""
    folders = (data / "retrieval" / name for name in (*CROSS_SETS, *SAME_LANGUAGE_SETS))
    wanted = [parallel_file(data / "parallel", language) for language in LANGUAGES]
    wanted += [
        folder / name for folder in folders for name in ("corpus.jsonl.gz", "queries.jsonl.gz", "qrels/test.tsv")
    ]
    missing = [path for path in wanted if not path.is_file()]
    if not any((data / "news").glob("*.jsonl.gz")):
        missing.append(data / "news" / "*.jsonl.gz")
    if missing:
        raise DataMissing(data, missing)


def parallel_file(parallel: Path, language: str) -> Path:
    """Where the pairs of `language` lie."""
    return parallel / f"en-{language}.tsv.gz"


def read_ntrex(parallel: Path, language: str) -> Translations:
    """The rows of `en-<language>.tsv.gz` (english, target, source) whose source is NTREX, in file order.

    Raises:
        BadRow: a row without three columns, or a file that does not hold 1,000 rows of NTREX.
    """
    path = parallel_file(parallel, language)
    pairs: list[tuple[str, str]] = []
    number = 0
    for number, line in _lines(path):
        columns = line.split("\t")
        if len(columns) != 3:
            raise BadRow(path, number, f"{len(columns)} columns where english, target and source are expected")
        if columns[2] == "ntrex":
            pairs.append((columns[0], columns[1]))
    if len(pairs) != NTREX_ROWS:
        raise BadRow(path, number, f"the file ends with {len(pairs):,} rows of NTREX, not {NTREX_ROWS:,}")
    english, targets = zip(*pairs, strict=True)
    return Translations(language, english, targets)


def read_retrieval(folder: Path) -> RetrievalSet:
    """A set in BEIR layout; the folder's name ends with the language of the passages.

    Questions without a right passage are left out.

    Raises:
        BadRow: a row without its fields, or a judgement about a question or passage that is not there.
    """
    corpus = _records(folder / "corpus.jsonl.gz")
    queries = _records(folder / "queries.jsonl.gz")
    judged = list(_judgements(folder / "qrels" / "test.tsv", queries, corpus))
    asked = {query: number for number, query in enumerate(dict.fromkeys(query for query, _ in judged))}
    places = {passage: number for number, passage in enumerate(corpus)}
    relevant = np.array([(asked[query], places[passage]) for query, passage in judged], dtype=np.int64).reshape(-1, 2)
    language = folder.name.split("-", 2 if folder.name.startswith("xquad") else 1)[-1]
    passages = split_passages(tuple(corpus.values()), language)
    return RetrievalSet(folder.name, passages, tuple(queries[query] for query in asked), relevant)


@lru_cache(maxsize=32)
def split_passages(texts: tuple[str, ...], language: str) -> Passages:
    """Cut passages of `language` into sentences; one in which none is found is its own sentence."""
    sentences: list[str] = []
    starts = []
    for text in texts:
        starts.append(len(sentences))
        sentences += [text[start:end] for start, end in sentence_spans(text, language)] or [text]
    return Passages(texts, tuple(sentences), np.array(starts, dtype=np.int64))


def read_news(news: Path, count: int, length: int) -> list[str]:
    """The first `count` pieces of exactly `length` characters of the `content` of press releases, in file order."""
    pieces: list[str] = []
    for path in sorted(news.glob("*.jsonl.gz")):
        for record in _json_lines(path, "content"):
            content = record["content"]
            pieces += [content[at : at + length] for at in range(0, len(content) - length + 1, length)]
            if len(pieces) >= count:
                return pieces[:count]
    return pieces


def _records(path: Path) -> dict[str, str]:
    """Texts by id; a title, where there is one, is the first line."""
    records = _json_lines(path, "_id", "text")
    return {record["_id"]: f"{record.get('title', '')}\n{record['text']}".strip() for record in records}


def _json_lines(path: Path, *fields: str) -> Iterator[dict[str, str]]:
    for number, line in _lines(path):
        try:
            record = json.loads(line)
        except ValueError as error:
            raise BadRow(path, number, f"this is not JSON ({error})") from error
        if not isinstance(record, dict) or not all(isinstance(record.get(field), str) for field in fields):
            raise BadRow(path, number, f"an object with the texts {' and '.join(fields)} is expected")
        yield record


def _judgements(path: Path, queries: Container[str], corpus: Container[str]) -> Iterator[tuple[str, str]]:
    """Question and passage of each row with a score above zero."""
    with path.open(encoding="utf-8", newline="") as lines:
        for row in (rows := csv.DictReader(lines, delimiter="\t")):
            query, passage, score = (str(row.get(name)) for name in ("query-id", "corpus-id", "score"))
            if query not in queries or passage not in corpus or not score.lstrip("-").isdigit():
                raise BadRow(path, rows.line_num, "query-id, corpus-id (both known) and a whole score are expected")
            if int(score) > 0:
                yield query, passage


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """The lines of a compressed file, numbered from 1, without their ends."""
    number = 0
    try:
        with gzip.open(path, "rt", encoding="utf-8", newline="\n") as lines:
            for number, line in enumerate(lines, 1):
                yield number, line.rstrip("\n")
    except (EOFError, gzip.BadGzipFile, UnicodeDecodeError) as error:
        raise BadRow(path, number + 1, f"the file is damaged ({error})") from error
