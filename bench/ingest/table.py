"""The results as the page bench/results/ingest.md."""

from bench.ingest.results import Figures, PassFigures, Results, ratios
from bench.retrieval.table import markdown_table, number

HEADER = """# News ingest, measured beside others

`make bench-ingest` writes this page, all of it from one run. Feeds of real press releases (RSS 2.0) are served on
loopback by a process of its own. Each contender runs in a fresh process with an empty database, by turns; figures are
medians. In the *first* pass everything is new, in the *second* the server answers 304 to all. *Memory* is the most
that its processes held together (proportional set size, a shared page counting once), *CPU* what they used together.
Bare feedparser reads the same bytes from memory, without network or database. A first run of each, which compiles its
libraries, isn't counted.
"""

TARGETS = {
    "first_to_reader": ("feeds per second, first pass, to lemon24/reader", "at least 3"),
    "second_to_reader": ("feeds per second, second pass, to lemon24/reader", "at least 5"),
    "memory_to_reader": ("memory, to lemon24/reader", "at most 1"),
    "cpu_to_feedparser": ("CPU, first pass, to bare feedparser", "at most 1.5"),
}


def as_markdown(results: Results, picture: str) -> str:
    """The whole page; `picture` is the file name of the plot."""
    parts = [HEADER, contenders_table(results.figures), ratios_table(results), f"![feeds per second]({picture})\n"]
    return "\n".join([*parts, _closing(results)])


def contenders_table(figures: tuple[Figures, ...]) -> str:
    """One row for each contender and pass."""
    header = ["", "pass", "feeds/s", "entries/s", "seconds", "CPU s", "feeds per CPU s", "memory MiB"]
    rows = []
    for one in figures:
        passes = {"first": one.first, "second": one.second}
        rows += [_row(one, name, found) for name, found in passes.items() if found is not None]
    return markdown_table(header, rows)


def _row(one: Figures, name: str, found: PassFigures) -> list[str]:
    entries = number(found.entries_per_s) if name == "first" else "–"
    values = map(number, (found.seconds, found.cpu_s, found.feeds_per_cpu_s, one.peak_mib))
    return [one.title, name, number(found.feeds_per_s), entries, *values]


def ratios_table(results: Results) -> str:
    """CityDesk to the others, with the bar that each ratio has to keep."""
    found = ratios(results.figures)
    rows = [[TARGETS[key][0], f"**{value:.2f}**", TARGETS[key][1]] for key, value in found.items()]
    return markdown_table(["CityDesk", "times", "bar"], rows)


def _closing(results: Results) -> str:
    machine, size = results.machine, results.size
    versions = ", ".join(f"{name} {version}" for name, version in sorted(results.versions.items()))
    return (
        f"{size.feeds} feeds of {size.items} items, {size.mib:.1f} MiB together, {size.repeat} repetitions. The server "
        f"gives one plain client {size.ceiling:,.0f} feeds/s in full and {size.ceiling_304:,.0f} answers 304 per "
        f"second.\n\n{machine.cores} cores, {machine.memory_mib:,} MiB of memory, load {machine.load_before:.1f} before"
        f" the run, Python {machine.python}. Versions: {versions}.\n"
    )
