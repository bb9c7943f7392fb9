"""`python -m bench.retrieval`: measure search beside other projects and write bench/results/retrieval.*."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from bench.retrieval import child, plot
from bench.retrieval.errors import RetrievalBenchError
from bench.retrieval.jobs import QUERIES, WARM_UP
from bench.retrieval.measuring import measure_quality, measure_times
from bench.retrieval.news import read_news
from bench.retrieval.quality import read_sets
from bench.retrieval.registry import PEERS, chosen
from bench.retrieval.results import Results, as_dict, this_machine
from bench.retrieval.table import as_markdown
from citydesk.output import say
from citydesk.settings import PROJECT_ROOT

SIZES = (1_000, 10_000, 100_000)
QUICK_SIZES = (1_000,)
QUICK_SETS = ("xquad-en-en", "xquad-th-th", "xquad-zh-zh", "xquad-zh-en")
QUICK_QUERIES = 50
RESULTS = Path(__file__).resolve().parents[1] / "results"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, write, print the page; returns the exit status, 1 when data or an environment is missing."""
    options = _parser().parse_args(arguments)
    try:
        results = run(options)
    except RetrievalBenchError as error:
        say(str(error))
        return 1
    print(write(results, options.out))
    return 0


def run(options: argparse.Namespace) -> Results:
    """All figures that `options` ask for. What is missing is told before anything is measured."""
    machine = this_machine()
    entries = chosen(set(options.without))
    for entry in entries:
        child.interpreter(entry)
    sizes = tuple(sorted(set(options.sizes or (QUICK_SIZES if options.quick else SIZES))))
    per_set = QUICK_QUERIES if options.quick else None
    sets = read_sets(options.data / "retrieval", QUICK_SETS if options.quick else None, per_set)
    news = read_news(options.data / "news", max(sizes) + 1, QUERIES + WARM_UP)
    measured, versions = measure_quality(entries, sets, say)
    measure_times(measured, sizes, news, WARM_UP, say)
    return Results(machine, sizes, per_set, versions, measured)


def write(results: Results, out: Path) -> str:
    """Write retrieval.json, retrieval.md and retrieval.png into `out`; returns the page."""
    out.mkdir(parents=True, exist_ok=True)
    page = as_markdown(results, "retrieval.png")
    (out / "retrieval.json").write_text(json.dumps(as_dict(results), indent=1) + "\n", encoding="utf-8")
    (out / "retrieval.md").write_text(page, encoding="utf-8")
    plot.save(results, out / "retrieval.png")
    return page


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.retrieval", description=__doc__)
    parser.add_argument(
        "--data", type=Path, default=PROJECT_ROOT.parent / "shared" / "data", help="has retrieval/ and news/"
    )
    parser.add_argument("--out", type=Path, default=RESULTS, help="folder for the results (default: bench/results)")
    parser.add_argument("--sizes", type=_size, nargs="+", metavar="N", help="passages (default: 1000 10000 100000)")
    parser.add_argument("--quick", action="store_true", help="1,000 passages only, few sets, few queries of each")
    parser.add_argument(
        "--without", action="append", default=[], choices=PEERS, metavar="PEER", help=f"leave out: {', '.join(PEERS)}"
    )
    return parser


def _size(text: str) -> int:
    size = int(text.replace(",", "").replace("_", ""))
    if size < 1:
        raise argparse.ArgumentTypeError("at least one passage is needed")
    return size


if __name__ == "__main__":
    sys.exit(main())
