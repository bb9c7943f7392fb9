"""The results as the page bench/results/retrieval.md."""

from collections.abc import Iterable, Sequence

from bench.retrieval.jobs import QUERIES, TOP
from bench.retrieval.news import LENGTH
from bench.retrieval.quality import GROUPS, MEASURES, group_means
from bench.retrieval.results import (
    Measured,
    Results,
    busiest_others,
    cost,
    ratios,
    reference_times,
    shares,
)

QUIET = 0.2
"""Cores taken by other programs, below which times can be trusted."""

HEADER = """# Search, measured beside others

`make bench-retrieval` writes this page, all of it from one run. Each system runs in a process of its own, as it comes
from its makers unless its name says otherwise; *our encoder* is the one that this project ships, MiniLM is
all-MiniLM-L6-v2. bm25s gets bigrams of characters, which need no words to be told apart. No process reaches the
network.
"""

QUALITY = f"""## What is found

Recall@1 / recall@5 in percent, higher is better; at most {TOP} passages are asked for.
"""

TIMES = f"""## What it costs

Passages are pieces of {LENGTH} characters of real press releases in Chinese; asked are up to {QUERIES} headlines, on
one thread. *Build* ends when the index is saved and answers. A query goes from its text to the numbers of {TOP}
passages. *Peak* is the most memory of the process until the last query, *empty* what it held before anything was
indexed. *One more* is the time until one new passage is found, and until it is on disk as well. In brackets: how many
times as much as CityDesk in the same run.
"""

PARTS = """## CityDesk beside the libraries below it

On the same texts, in the same process, queries on one thread. *Vectors* is what the vector index takes within a query;
*flat* is a bare IndexFlatIP over the passages' vectors, asked with vectors that are there already. The encoder alone
encodes each passage once, a build encodes its sentences too.
"""


def as_markdown(results: Results, picture: str) -> str:
    """The whole page; `picture` is the file name of the plot."""
    parts = [HEADER, QUALITY, means_table(results.systems), sets_table(results.systems)]
    if results.sizes:
        parts += [TIMES, *(times_section(results, size) for size in results.sizes), f"![cost]({picture})\n"]
    if any(times.parts for times in reference_times(results).values()):
        parts += [PARTS, parts_table(results)]
    return "\n".join([*parts, _closing(results)])


def means_table(systems: Sequence[Measured]) -> str:
    """One row for each system, one column for each group of sets."""
    rows = []
    for system in systems:
        means = [group_means(system.quality, measure) for measure in MEASURES]
        cells = [_recall(values[title] for values in means) if title in means[0] else "–" for title in GROUPS]
        rows.append([system.entry.title, *cells])
    return markdown_table(["means", *GROUPS], rows)


def sets_table(systems: Sequence[Measured]) -> str:
    """One row for each set, one column for each system."""
    measured = [system for system in systems if system.quality]
    names = measured[0].quality if measured else {}
    rows = [
        [name, *(_recall(system.quality[name][measure] for measure in MEASURES) for system in measured)]
        for name in names
    ]
    return markdown_table(["set", *(system.entry.title for system in measured)], rows)


def times_section(results: Results, size: int) -> str:
    """The costs at one size; systems that were not measured there say why."""
    header = ["", "build s", "query p50 ms", "p95 ms", "peak MiB", "empty MiB", "disk MiB"]
    header += ["one more, found s", "and saved s"]
    rows = [_times_row(results, system, size) for system in results.systems if size in system.times]
    missing = [f"- {system.entry.title}: {system.notes[size]}\n" for system in results.systems if size in system.notes]
    return f"### {size:,} passages\n\n{markdown_table(header, rows)}\n{''.join(missing)}"


def _times_row(results: Results, system: Measured, size: int) -> list[str]:
    times = system.times[size]
    values, against = cost(times), ratios(times, reference_times(results).get(size))

    def cell(name: str) -> str:
        ratio = "" if system.entry.own or name not in against else f" ({number(against[name])}×)"
        return number(values[name]) + ratio

    added = [cell("added_s"), cell("added_saved_s")] if times.found else ["not found", "–"]
    first = [cell(name) for name in ("build_s", "p50_ms", "p95_ms", "peak_mib")]
    return [system.entry.title, *first, number(values["empty_mib"]), cell("disk_mib"), *added]


def parts_table(results: Results) -> str:
    """Shares and ratios at each size."""
    header = ["passages", "query p50 ms", "vectors ms", "flat ms", "vectors ÷ query", "vectors ÷ flat", "query ÷ flat"]
    header += ["build, passages/s", "encoder alone, passages/s", "build ÷ encoder"]
    keys: tuple[str, ...] = (
        "query_p50_ms",
        "vectors_p50_ms",
        "flat_p50_ms",
        "vectors_share",
        "vectors_to_flat",
        "query_to_flat",
    )
    keys += ("build_per_s", "encoder_per_s", "build_share")
    rows = []
    for size, times in reference_times(results).items():
        found = shares(times)
        if found:
            rows.append([f"{size:,}", *(number(found[key]) for key in keys)])
    return markdown_table(header, rows)


def _closing(results: Results) -> str:
    machine, others = results.machine, busiest_others(results.systems)
    versions = ", ".join(f"{name} {version}" for name, version in results.versions.items())
    lines = [
        f"{machine.cores} cores, {machine.memory_mib:,} MiB of memory, load {machine.load_before:.1f} before the run, "
        f"Python {machine.python}; other programs meanwhile took up to {others:.1f} cores"
        f"{'' if others <= QUIET else ', so look at ratios rather than at times'}.",
        "",
        f"Versions: {versions}.",
        "",
    ]
    if results.queries_per_set:
        lines += [f"A quick run: some of the sets, and at most {results.queries_per_set} queries of each.", ""]
    failed = [f"{system.entry.title}: {system.notes[0]}" for system in results.systems if 0 in system.notes]
    return "\n".join([*lines, *failed])


def _recall(values: Iterable[float]) -> str:
    return " / ".join(f"{100 * value:.1f}" for value in values)


def number(value: float) -> str:
    """Three digits that count: `0.012`, `3.46`, `12.3`, `1,234`."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}" if value >= 0.1 else f"{value:.2g}"


def markdown_table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table whose first column is on the left, all others on the right."""
    lines = [header, ["---", *["--:"] * (len(header) - 1)], *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
