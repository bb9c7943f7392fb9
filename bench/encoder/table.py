"""The results as one table: for a terminal by rich, for bench/results/ as Markdown."""

from dataclasses import dataclass

from rich.console import Group
from rich.table import Table
from rich.text import Text

from bench.encoder.quality import MEASURES, Measure
from bench.encoder.results import Results, points_above_bm25, with_mean
from bench.encoder.speed import SpeedFigure

HEADER = """# The sentence encoder, measured

`make eval-encoder` writes this page. Quality in percent, higher is better; all systems have seen the same candidates,
and whoever ties with the right one counts as before it. A passage's score is that of its best sentence plus half of
that of the whole of it; BM25 (bigrams of characters, k1 = 1.2, b = 0.75) takes it as one text. In brackets: percentage
points above or below BM25.
"""


@dataclass(frozen=True, slots=True)
class Section:
    """One measure: its rows of cells, a label first; the last row is the mean."""

    title: str
    rows: list[list[str]]


def quality_sections(results: Results) -> list[Section]:
    """One section for each measure; a cell for each system, in the order of the results."""
    return [Section(item.title, _rows(results, item)) for item in MEASURES]


def _rows(results: Results, item: Measure) -> list[list[str]]:
    columns = []
    for system in results.systems:
        values = with_mean(system.figures[item.key])
        above = points_above_bm25(results, system, item.key) if item.lexical_peer else {}
        columns.append({name: _cell(value, above.get(name)) for name, value in values.items()})
    return [[name, *(column[name] for column in columns)] for name in columns[0]]


def _cell(value: float, above: float | None) -> str:
    text = f"{100 * value:.1f}"
    if above is None:
        return text
    return f"{text} ({round(above, 1) + 0.0:+.1f})".replace("-", "−")  # + 0.0 makes a plain zero of −0.0


def speed_rows(speed: list[SpeedFigure]) -> list[list[str]]:
    """What was timed, the figure, its target, met or not met."""
    return [
        [figure.title, f"{_number(figure.value)} {figure.unit}", _target(figure), _verdict(figure)] for figure in speed
    ]


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.2f}"


def _target(figure: SpeedFigure) -> str:
    if figure.target is None:
        return ""
    return f"{'below' if figure.below else 'at least'} {figure.target:,g}"


def _verdict(figure: SpeedFigure) -> str:
    return {None: "", True: "met", False: "not met"}[figure.met]


def machine_line(results: Results) -> str:
    """What the times depend on."""
    machine = results.machine
    return f"{machine.cores} cores, load {machine.load_before:.1f} before the run, Python {machine.python}."


def as_markdown(results: Results) -> str:
    """The page bench/results/encoder.md."""
    names = [system.name for system in results.systems]
    parts = [HEADER]
    for section in quality_sections(results):
        parts.append(f"## {section.title}\n\n{_markdown_table(['', *names], section.rows, bold_last=True)}")
    if results.speed:
        header = ["", "figure", "target", "verdict"]
        parts.append(f"## Speed of the shipped encoder\n\n{_markdown_table(header, speed_rows(results.speed))}")
    return "\n".join([*parts, machine_line(results), "", "![plot](encoder.png)", ""])


def _markdown_table(header: list[str], rows: list[list[str]], bold_last: bool = False) -> str:
    if bold_last:
        rows = [*rows[:-1], [f"**{cell}**" for cell in rows[-1]]]
    lines = [header, ["---", *["--:"] * (len(header) - 1)], *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def as_rich(results: Results) -> Group:
    """The same for a terminal."""
    quality = Table(title="Quality in percent (in brackets: points above BM25)", title_justify="left")
    quality.add_column("")
    for system in results.systems:
        quality.add_column(system.name, justify="right")
    for section in quality_sections(results):
        quality.add_section()
        quality.add_row(Text(section.title, style="bold"))
        for row in section.rows:
            quality.add_row(*row, style="italic" if row is section.rows[-1] else None)
    speed = Table(title="Speed of the shipped encoder", title_justify="left")
    for name in ("", "figure", "target", "verdict"):
        speed.add_column(name, justify="right" if name else "left")
    for row in speed_rows(results.speed):
        speed.add_row(*row)
    return Group(quality, speed, machine_line(results)) if results.speed else Group(quality, machine_line(results))
