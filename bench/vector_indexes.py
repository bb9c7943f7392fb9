"""`python -m bench.vector_indexes`: exact search beside HNSW and IVF as passages grow; writes bench/results/."""

import argparse
import gzip
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import faiss as untyped
import numpy as np
import psutil

from bench.encoder.datasets import read_news, require
from citydesk.output import say
from citydesk.settings import PROJECT_ROOT
from knowledge.segments.vectors import FILE, PROBES, VectorIndex
from knowledge.static import StaticEncoder, Vectors

faiss: Any = untyped  # its types lack most of what it has

RESULTS = Path(__file__).parent / "results"
SIZES = (10_000, 100_000, 300_000)
CHARACTERS = 400
QUERIES = 200
TOP = 10
NOISE = 0.3
"""Length of the noise that is added to a passage's vector when it is used once more."""

HEADER = """# Exact or approximate search for vectors, measured

`python -m bench.vector_indexes` writes this page. Vectors of real press releases, 400 characters each, from the
shipped encoder; where there are too few, they are used again with noise of length 0.3 added, and scaled to length 1.
Asked are 200 headlines of such releases. Recall@10 is the share of the ten truly nearest that are found.
Milliseconds depend on the machine and on what else it does: look at the ratios.
"""


@dataclass(frozen=True, slots=True)
class Figure:
    """One kind of index at one size: times in seconds (build) and milliseconds (query), file size in bytes."""

    vectors: int
    index: str
    build_s: float
    bytes_per_vector: float
    recall_at_10: float
    p50_ms: float
    p50_ms_two_threads: float


@dataclass(frozen=True, slots=True)
class Memory:
    """What a process that searches holds of one saved exact index, in MiB: private to it, and shared with others."""

    vectors: int
    way: str
    load_ms: float
    private_mib: float
    shared_mib: float


def _headlines(news: Path) -> list[str]:
    """`QUERIES` titles, evenly over all press releases."""
    titles: list[str] = []
    for path in sorted(news.glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            titles += [json.loads(line)["title"] for line in lines]
    return titles[:: len(titles) // QUERIES][:QUERIES]


def corpus(base: Vectors, size: int, seed: int) -> Vectors:
    """`size` unit vectors (size, dimension): `base` in order, then again with noise."""
    rng = np.random.default_rng(seed)
    blocks = [base[:size]]
    while (missing := size - sum(map(len, blocks))) > 0:
        blocks.append(_blurred(base[:missing], rng))
    return np.ascontiguousarray(np.concatenate(blocks))


def _blurred(vectors: Vectors, rng: np.random.Generator) -> Vectors:
    noise = rng.standard_normal(vectors.shape, dtype=np.float32) * np.float32(NOISE / vectors.shape[1] ** 0.5)
    blurred = vectors + noise
    return np.asarray(blurred / np.linalg.norm(blurred, axis=1, keepdims=True), dtype=np.float32)


Index = Any  # FAISS has no types
Build = Callable[[Vectors], Index]
Kind = tuple[str, Build, dict[str, Any]]


def _kinds() -> list[Kind]:
    """Name, how it is built, and the settings to search with."""
    walks = {f"ef {ef}": faiss.SearchParametersHNSW(efSearch=ef) for ef in (128, 256, 512)}
    probes = {f"probe {n}": faiss.SearchParametersIVF(nprobe=n) for n in (16, PROBES)}
    return [
        ("exact", lambda vectors: VectorIndex.build(vectors, exact=True).raw, {"": None}),
        ("HNSW32", _build_hnsw, walks),
        ("IVF", lambda vectors: VectorIndex.build(vectors, exact=False).raw, probes),
    ]


def _build_hnsw(vectors: Vectors) -> Index:
    index = faiss.index_factory(vectors.shape[1], "IDMap2,HNSW32,Flat", faiss.METRIC_INNER_PRODUCT)
    faiss.downcast_index(index.index).hnsw.efConstruction = 100
    index.add_with_ids(vectors, np.arange(len(vectors), dtype=np.int64))
    return index


def _p50_ms(index: Index, queries: Vectors, parameters: Any, threads: int) -> float:
    faiss.omp_set_num_threads(threads)
    times = []
    for row in range(len(queries)):
        started = time.perf_counter()
        index.search(queries[row : row + 1], TOP, params=parameters)
        times.append(time.perf_counter() - started)
    return float(np.median(times)) * 1_000


def measure(base: Vectors, queries: Vectors, size: int) -> list[Figure]:
    """All kinds of index over `size` vectors."""
    vectors = corpus(base, size, seed=1)
    truth: list[set[int]] = []
    figures = []
    for name, build, settings in _kinds():
        faiss.omp_set_num_threads(psutil.cpu_count() or 1)
        started = time.perf_counter()
        index = build(vectors)
        seconds = time.perf_counter() - started
        stored = len(faiss.serialize_index(index)) / size
        for label, parameters in settings.items():
            faiss.omp_set_num_threads(psutil.cpu_count() or 1)
            found = [set(row.tolist()) for row in index.search(queries, TOP, params=parameters)[1]]
            truth = truth or found
            recall = sum(len(a & b) for a, b in zip(truth, found, strict=True)) / (TOP * QUERIES)
            one, two = (_p50_ms(index, queries, parameters, threads) for threads in (1, 2))
            figures.append(Figure(size, f"{name} {label}".strip(), seconds, stored, recall, one, two))
            say(f"{figures[-1]}")
    return figures


def measure_memory(base: Vectors, size: int) -> list[Memory]:
    """A saved exact index read whole, and mapped, each in a process of its own."""
    with tempfile.TemporaryDirectory() as name:
        VectorIndex.build(corpus(base, size, seed=1)).save(Path(name))
        command = [sys.executable, "-m", "bench.vector_indexes", "--memory-of", name, "--way"]
        done = [subprocess.run([*command, way], check=True, capture_output=True, text=True) for way in WAYS]
    return [Memory(**json.loads(process.stdout)) for process in done]


WAYS = {"read": 0, "mapped": faiss.IO_FLAG_MMAP_IFC}


def _memory(folder: Path, way: str) -> Memory:
    """What reading and scanning the index in `folder` adds to this process."""
    process = psutil.Process()
    before, started = process.memory_info(), time.perf_counter()
    index = faiss.read_index(str(folder / FILE), WAYS[way])
    milliseconds = (time.perf_counter() - started) * 1_000
    faiss.omp_set_num_threads(1)
    index.search(np.zeros((1, index.d), dtype=np.float32), TOP)
    after = process.memory_info()
    shared = after.shared - before.shared
    private = (after.rss - before.rss) - shared
    return Memory(index.ntotal, way, milliseconds, private / 2**20, shared / 2**20)


def as_markdown(figures: list[Figure], memory: list[Memory]) -> str:
    """The page in bench/results/."""
    lines = [HEADER, "| vectors | index | build s | bytes/vector | recall@10 | p50 ms, 1 thread | 2 threads |"]
    lines.append("| --: | --- | --: | --: | --: | --: | --: |")
    lines += [
        f"| {f.vectors:,} | {f.index} | {f.build_s:.1f} | {f.bytes_per_vector:,.0f} | {f.recall_at_10:.3f} | "
        f"{f.p50_ms:.2f} | {f.p50_ms_two_threads:.2f} |"
        for f in figures
    ]
    lines += ["", "A process that opens the exact index from disk and searches once:", ""]
    lines += ["| vectors | way | load ms | private MiB | shared MiB |", "| --: | --- | --: | --: | --: |"]
    lines += [
        f"| {m.vectors:,} | {m.way} | {m.load_ms:.0f} | {m.private_mib:.0f} | {m.shared_mib:.0f} |" for m in memory
    ]
    return "\n".join([*lines, ""])


def main() -> None:
    """Measure, print the table, write vector_indexes.json and vector_indexes.md."""
    parser = argparse.ArgumentParser(prog="python -m bench.vector_indexes", description=__doc__)
    parser.add_argument("--data", type=Path, default=PROJECT_ROOT.parent / "shared" / "data")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--memory-of", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--way", choices=list(WAYS), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.memory_of:
        print(json.dumps(asdict(_memory(options.memory_of, options.way))))
        return
    require(options.data)
    texts = read_news(options.data / "news", min(max(options.sizes), 50_000), CHARACTERS)
    say(f"Encoding {len(texts):,} passages")
    encoder = StaticEncoder()
    base, queries = encoder.encode(texts), encoder.encode(_headlines(options.data / "news"), "query")
    figures = [figure for size in options.sizes for figure in measure(base, queries, size)]
    memory = measure_memory(base, min(100_000, max(options.sizes)))
    result = {"figures": [asdict(f) for f in figures], "memory": [asdict(m) for m in memory]}
    (RESULTS / "vector_indexes.json").write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    (RESULTS / "vector_indexes.md").write_text(as_markdown(figures, memory), encoding="utf-8")
    print(as_markdown(figures, memory))


if __name__ == "__main__":
    main()
