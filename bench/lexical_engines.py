"""`python -m bench.lexical_engines`: tantivy beside SQLite FTS5 over the same terms; writes bench/results/.

Passages are pieces of 400 characters of press releases, every 100 characters, so that there are enough of them;
questions are headlines. Each engine builds, searches and changes its index in a process of its own. Times are those of
the processor, all threads together, so that what else the machine does hardly counts.
"""

import argparse
import gzip
import json
import os
import platform
import resource
import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import psutil
from rich.console import Console
from rich.table import Table

from bench.encoder.child import ROOT, run_python
from citydesk.output import PIPE_WIDTH
from knowledge.segments.lexical import LexicalIndex
from knowledge.text.analyser import terms

SIZES = (10_000, 100_000)
LENGTH, STEP = 400, 100
QUESTIONS = 100
WARM_UP = 5
TOP = 100
CHANGED = 100
"""Passages that an update replaces."""

Figures = dict[str, float]


class Tantivy:
    """`knowledge.segments.lexical` as it is."""

    def build(self, folder: Path, passages: Iterator[tuple[int, tuple[str, ...]]]) -> None:
        self._index = LexicalIndex.build(folder, passages)

    def open(self, folder: Path) -> None:
        self._index = LexicalIndex.load(folder)

    def search(self, asked: tuple[str, ...]) -> int:
        return len(self._index.search(asked, TOP))

    def next_generation(self, old: Path, new: Path, changed: dict[int, tuple[str, ...]]) -> None:
        shutil.copytree(old, new, copy_function=os.link)
        LexicalIndex.update(new, changed.items(), ())


class Fts5:
    """SQLite FTS5 without content. Its `ascii` tokenizer takes every character beyond ASCII for part of a word."""

    def build(self, folder: Path, passages: Iterator[tuple[int, tuple[str, ...]]]) -> None:
        folder.mkdir(parents=True)
        self._database = sqlite3.connect(folder / "fts5.db")
        self._database.execute(
            """create virtual table passages using fts5(terms, content='', tokenize="ascii tokenchars '~_'")"""
        )
        with self._database:
            self._insert(passages)
        self._database.execute("insert into passages(passages) values ('optimize')")
        self._database.commit()

    def open(self, folder: Path) -> None:
        self._database = sqlite3.connect(folder / "fts5.db")

    def search(self, asked: tuple[str, ...]) -> int:
        match = " OR ".join(f'"{term}"' for term in dict.fromkeys(asked))
        query = "select rowid, rank from passages where passages match ? order by rank limit ?"
        return len(self._database.execute(query, (match, TOP)).fetchall())

    def next_generation(self, old: Path, new: Path, changed: dict[int, tuple[str, ...]]) -> None:
        """A database is changed in place, so a generation is a copy; removing wants the very terms that went in."""
        shutil.copytree(old, new)
        self.open(new)
        with self._database:
            self._database.executemany(
                "insert into passages(passages, rowid, terms) values ('delete', ?, ?)",
                ((number, " ".join(found)) for number, found in changed.items()),
            )
            self._insert(iter(changed.items()))

    def _insert(self, passages: Iterator[tuple[int, tuple[str, ...]]]) -> None:
        self._database.executemany(
            "insert into passages(rowid, terms) values (?, ?)",
            ((number, " ".join(found)) for number, found in passages),
        )


ENGINES: dict[str, type[Tantivy] | type[Fts5]] = {"tantivy": Tantivy, "SQLite FTS5": Fts5}


def main() -> int:
    """Measure, print a table, write lexical_engines.json."""
    parser = argparse.ArgumentParser(prog="python -m bench.lexical_engines")
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--out", type=Path, default=ROOT / "bench" / "results")
    parser.add_argument("--probe", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.probe:
        task, engine, folder = options.probe
        print(json.dumps(PROBES[task](ENGINES[engine](), Path(folder))))
        return 0
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as scratch:
        results = [figures for size in SIZES for figures in _measure(options.data / "news", size, Path(scratch))]
    machine = {"cores": os.cpu_count(), "load_before": round(load, 1), "python": platform.python_version()}
    text = json.dumps({"machine": machine, "sqlite": sqlite3.sqlite_version, "engines": results}, indent=1)
    (options.out / "lexical_engines.json").write_text(text + "\n", encoding="utf-8")
    Console(width=None if sys.stdout.isatty() else PIPE_WIDTH).print(_table(results))
    return 0


def _measure(news: Path, size: int, scratch: Path) -> list[dict[str, object]]:
    folder = scratch / str(size)
    folder.mkdir()
    with (folder / "terms.txt").open("w", encoding="utf-8") as file:
        for piece in islice(_pieces(news), size):
            file.write(" ".join(terms(piece)) + "\n")
    headlines = (found for release in _releases(news) if (found := terms(release["title"])))
    titles = islice(headlines, 0, 150 * QUESTIONS, 150)
    (folder / "questions.json").write_text(json.dumps(list(titles)), encoding="utf-8")
    results: list[dict[str, object]] = []
    for engine in ENGINES:
        figures: dict[str, object] = {"engine": engine, "passages": size}
        for task in PROBES:
            arguments = ["-m", "bench.lexical_engines", "--probe", task, engine, str(folder)]
            figures |= json.loads(run_python(arguments, f"{engine}, {task}"))
        results.append(figures)
    return results


def _build(engine: Tantivy | Fts5, folder: Path) -> Figures:
    before, started = _resident(), time.process_time()
    engine.build(_index_folder(engine, folder), _passages(folder))
    took = time.process_time() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    size = sum(path.stat().st_size for path in _index_folder(engine, folder).rglob("*") if path.is_file())
    return _rounded({"build_s": took, "build_peak_mib": peak - before, "disk_mib": size / 2**20})


def _search(engine: Tantivy | Fts5, folder: Path) -> Figures:
    asked = [tuple(found) for found in json.loads((folder / "questions.json").read_text(encoding="utf-8"))]
    before = _resident()
    engine.open(_index_folder(engine, folder))
    for question in asked[:WARM_UP]:
        engine.search(question)
    times = []
    for question in asked:
        started = time.process_time()
        engine.search(question)
        times.append(1000 * (time.process_time() - started))
    cuts = statistics.quantiles(times, n=20)
    return _rounded({"p50_ms": cuts[9], "p95_ms": cuts[18], "search_mib": _resident() - before})


def _update(engine: Tantivy | Fts5, folder: Path) -> Figures:
    changed = dict(islice(_passages(folder), CHANGED))
    old = _index_folder(engine, folder)
    started = time.process_time()
    engine.next_generation(old, old.with_name(f"{old.name}-next"), changed)
    return _rounded({"next_generation_s": time.process_time() - started})


PROBES = {"build": _build, "search": _search, "update": _update}


def _index_folder(engine: Tantivy | Fts5, folder: Path) -> Path:
    return folder / type(engine).__name__.lower()


def _passages(folder: Path) -> Iterator[tuple[int, tuple[str, ...]]]:
    with (folder / "terms.txt").open(encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            yield number, tuple(line.split())


def _pieces(news: Path) -> Iterator[str]:
    for record in _releases(news):
        content = record["content"]
        yield from (content[at : at + LENGTH] for at in range(0, len(content) - LENGTH + 1, STEP))


def _releases(news: Path) -> Iterator[dict[str, str]]:
    for path in sorted(news.glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            yield from map(json.loads, lines)


def _resident() -> float:
    return float(psutil.Process().memory_info().rss) / 2**20


def _rounded(figures: Figures) -> Figures:
    return {name: round(value, 2) for name, value in figures.items()}


def _table(results: list[dict[str, object]]) -> Table:
    table = Table(title=f"Top {TOP} of a headline; passages of {LENGTH} characters", title_justify="left")
    for name in results[0]:
        heading = name.replace("next_generation", "update").replace("_", "\n")
        table.add_column(heading, justify="left" if name == "engine" else "right", no_wrap=True)
    for figures in results:
        table.add_row(*(f"{value:,}" if isinstance(value, int | float) else str(value) for value in figures.values()))
    return table


if __name__ == "__main__":
    sys.exit(main())
