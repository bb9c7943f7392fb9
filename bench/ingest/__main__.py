"""`python -m bench.ingest`: measure news ingest beside other projects and write bench/results/ingest.*."""

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench.ingest import child, plot
from bench.ingest.child import Outcome
from bench.ingest.contender import CONTENDERS, OWN, Entry
from bench.ingest.errors import IngestBenchError
from bench.ingest.feeds import Feed, make_feeds
from bench.ingest.memory import MIB
from bench.ingest.results import Results, Size, as_dict, figures
from bench.ingest.server import write_folder
from bench.ingest.serving import Served, serving
from bench.ingest.table import as_markdown
from bench.retrieval.results import this_machine
from citydesk.output import say
from citydesk.settings import PROJECT_ROOT

WARM_UP = 2
"""Feeds of a first run that isn't counted."""
RESULTS = Path(__file__).resolve().parents[1] / "results"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, write, print the page; returns the exit status, 1 when something is missing or failed."""
    options = _parser().parse_args(arguments)
    try:
        results = run(options)
    except IngestBenchError as error:
        say(str(error))
        return 1
    print(write(results, options.out))
    return 0


def run(options: argparse.Namespace) -> Results:
    """All figures that `options` ask for. What is missing is told before anything is measured."""
    machine = this_machine()
    contenders = [one for one in CONTENDERS if one.key not in options.without]
    for one in contenders:
        child.interpreter(one)
    feeds = make_feeds(options.data / "news", options.feeds, options.items)
    with tempfile.TemporaryDirectory(prefix="citydesk-feeds-") as name:
        write_folder(feeds, Path(name))
        with serving(Path(name)) as served:
            size = _size(options, feeds, served)
            say(
                f"The server gives {size.ceiling:,.0f} feeds/s in full, {size.ceiling_304:,.0f} answers 304 per second."
            )
            outcomes = _measure(contenders, served, Path(name), feeds, options)
    versions = {name: version for many in outcomes.values() for name, version in many[0].versions.items()}
    found = tuple(figures(key, many, size.feeds, size.items) for key, many in outcomes.items())
    return Results(machine, size, versions, found, outcomes)


def _size(options: argparse.Namespace, feeds: list[Feed], served: Served) -> Size:
    together = sum(len(feed.body) for feed in feeds) / MIB
    full, unmodified = served.ceiling(feeds, known=False), served.ceiling(feeds, known=True)
    return Size(options.feeds, options.items, options.repeat, together, full, unmodified)


def _measure(
    contenders: Sequence[Entry], served: Served, folder: Path, feeds: Sequence[Feed], options: argparse.Namespace
) -> dict[str, list[Outcome]]:
    """Contenders by turns, so that what else the machine does falls on all of them."""
    outcomes: dict[str, list[Outcome]] = {one.key: [] for one in contenders}
    names = [feed.name for feed in feeds]
    for one in contenders:
        child.run(one, served, folder, names[:WARM_UP], options.items)
    for repetition in range(options.repeat):
        for one in contenders:
            outcome = child.run(one, served, folder, names, options.items)
            outcomes[one.key].append(outcome)
            speeds = ", ".join(f"{len(names) / taken.seconds:,.1f}" for taken in outcome.passes)
            say(f"{repetition + 1}/{options.repeat} {one.title}: {speeds} feeds/s, {outcome.peak_mib:.0f} MiB")
    return outcomes


def write(results: Results, out: Path) -> str:
    """Write ingest.json, ingest.md and ingest.png into `out`; returns the page."""
    out.mkdir(parents=True, exist_ok=True)
    page = as_markdown(results, "ingest.png")
    (out / "ingest.json").write_text(json.dumps(as_dict(results), indent=1) + "\n", encoding="utf-8")
    (out / "ingest.md").write_text(page, encoding="utf-8")
    plot.save(results, out / "ingest.png")
    return page


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.ingest", description=__doc__)
    parser.add_argument("--data", type=Path, default=PROJECT_ROOT.parent / "shared" / "data", help="has news/")
    parser.add_argument("--out", type=Path, default=RESULTS, help="folder for the results (default: bench/results)")
    parser.add_argument("--feeds", type=_count, default=200, metavar="N", help="default: 200")
    parser.add_argument("--items", type=_count, default=19, metavar="N", help="of each feed (default: 19)")
    parser.add_argument("--repeat", type=_count, default=3, metavar="N", help="default: 3; figures are medians")
    peers = [one.key for one in CONTENDERS if one.key != OWN]
    parser.add_argument("--without", action="append", default=[], choices=peers, help="leave one out")
    return parser


def _count(text: str) -> int:
    count = int(text)
    if count < 1:
        raise argparse.ArgumentTypeError("at least one is needed")
    return count


if __name__ == "__main__":
    sys.exit(main())
