"""`python -m bench.encoder.probe TASK CORES FOLDER`: one timing in a process of its own, on so many cores.

The parent (`bench.encoder.speed`) sets the variables that limit threads; this pins the process before anything that
starts threads is imported. Texts come as a JSON array on standard input; the figures go as JSON to standard output.
"""

import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

from bench.encoder.loaders import load_static, load_teacher

if TYPE_CHECKING:
    from bench.encoder.systems import Encode

Times = dict[str, float]
ROUNDS = 5
ROUND_SECONDS = 0.3
FEW = 32


def main() -> None:
    """Pin, read the texts, run the task, print; beside its figures, what other programs took meanwhile."""
    task, cores, folder = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
    if hasattr(os, "sched_setaffinity"):  # not on every system
        os.sched_setaffinity(0, set(sorted(os.sched_getaffinity(0))[:cores]))
    tasks: dict[str, Callable[[Path, list[str]], Times]] = {
        "sentences": sentences,
        "passages": partial(passages, threads=cores),
        "loading": loading,
    }
    texts = json.load(sys.stdin)
    started, before = time.perf_counter(), _others_seconds()
    figures = tasks[task](folder, texts)
    others = (_others_seconds() - before) / (time.perf_counter() - started)
    print(json.dumps(figures | {"other_cores": max(others, 0.0)}))


def sentences(folder: Path, texts: list[str]) -> Times:
    """Sentences per second of the static encoder and of the teacher, and their ratio: medians of five rounds.

    In each round both encode the same fifth of the texts, one after the other, so that whatever else the machine
    does hits both.
    """
    static, teacher = load_static(folder).encode, load_teacher().encode
    static(texts)
    teacher(texts[:FEW])
    rates = [(_rate(static, part), _rate(teacher, part)) for part in (texts[at::ROUNDS] for at in range(ROUNDS))]
    return {
        "static_per_second": statistics.median(fast for fast, _ in rates),
        "teacher_per_second": statistics.median(slow for _, slow in rates),
        "ratio": statistics.median(fast / slow for fast, slow in rates),
    }


def passages(folder: Path, texts: list[str], threads: int) -> Times:
    """Seconds for all passages and for cutting them into token ids alone: medians of five rounds after a warm-up."""
    from tokenizers import Tokenizer

    encode = load_static(folder).encode
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    parts = [texts[start : start + FEW] for start in range(0, len(texts), FEW)]

    def cut(part: list[str]) -> None:
        for encoding in tokenizer.encode_batch_fast(part, add_special_tokens=False):
            _ = encoding.ids  # makes the list, which encoding needs too

    def cut_all() -> None:
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(cut, parts))

    encode(texts)
    cut_all()
    rounds = [(_seconds(lambda: encode(texts)), _seconds(cut_all)) for _ in range(ROUNDS)]
    return {
        "seconds": statistics.median(whole for whole, _ in rounds),
        "tokenizing_seconds": statistics.median(cutting for _, cutting in rounds),
    }


def loading(folder: Path, texts: list[str]) -> Times:
    """Seconds from nothing imported to the first vector, of which the imports; growth of resident memory in MB.

    The table may be read from disk as it is needed, so memory is looked at once more when all texts are encoded.
    """
    process = psutil.Process()
    before = process.memory_info().rss
    started = time.perf_counter()
    import knowledge.static  # noqa: F401  (brings numpy, tokenizers, safetensors)

    imported = time.perf_counter()
    encode = load_static(folder).encode
    encode(texts[:1])
    ended = time.perf_counter()
    first = process.memory_info().rss
    encode(texts)
    return {
        "seconds": ended - started,
        "import_seconds": imported - started,
        "first_megabytes": (first - before) / 1e6,
        "megabytes": (process.memory_info().rss - before) / 1e6,
    }


def _rate(encode: "Encode", texts: list[str]) -> float:
    """Texts per second, over as many passes as fill a round."""
    started = time.perf_counter()
    done = 0
    while (took := time.perf_counter() - started) < ROUND_SECONDS:
        encode(texts)
        done += len(texts)
    return done / took


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _others_seconds() -> float:
    """Processor seconds that other programs have had since the machine started."""
    machine = psutil.cpu_times()
    polite = getattr(machine, "nice", 0.0)  # not on every system
    return float(machine.user + machine.system + polite - time.process_time())


if __name__ == "__main__":
    main()
