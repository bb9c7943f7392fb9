"""Sets in BEIR layout, made for tests."""

import gzip
import json
from collections.abc import Iterable, Mapping
from pathlib import Path

HEADER = "query-id\tcorpus-id\tscore\n"
CORPUS = {
    "d1": ("Night market", "The night market opens at five in the afternoon. It closes at midnight."),
    "d2": ("", "Library cards are free of charge for children under twelve years."),
    "d3": ("圖書館", "圖書館每週一休館。其他日子從早上九點開到晚上九點。"),
}
QUERIES = {"q1": "When does the night market open?", "q2": "圖書館星期幾休館？", "q3": "Who judges this one?"}
QRELS = HEADER + "q1\td1\t1\nq2\td3\t2\nq2\td2\t0\n"


def corpus_lines(corpus: Mapping[str, tuple[str, str]]) -> list[str]:
    """One JSON object a line."""
    return [json.dumps({"_id": name, "title": title, "text": text}) for name, (title, text) in corpus.items()]


def query_lines(queries: Mapping[str, str]) -> list[str]:
    """One JSON object a line."""
    return [json.dumps({"_id": name, "text": text}) for name, text in queries.items()]


def write_lines(path: Path, lines: Iterable[str]) -> None:
    """Write `lines`, compressed where the name says so."""
    body = "".join(line + "\n" for line in lines).encode()
    path.write_bytes(gzip.compress(body) if path.suffix == ".gz" else body)


def write_set(
    folder: Path,
    corpus: Mapping[str, tuple[str, str]] = CORPUS,
    queries: Mapping[str, str] = QUERIES,
    qrels: str = QRELS,
    ending: str = ".jsonl",
) -> Path:
    """A whole set below `folder`, which is made."""
    (folder / "qrels").mkdir(parents=True)
    write_lines(folder / f"corpus{ending}", corpus_lines(corpus))
    write_lines(folder / f"queries{ending}", query_lines(queries))
    (folder / "qrels" / "test.tsv").write_text(qrels, encoding="utf-8")
    return folder
