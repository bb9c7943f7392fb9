"""`citydesk eval`: how well search finds what is right, on judged sets of queries."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from citydesk.commands.options import JsonOption

if TYPE_CHECKING:
    from citydesk.output import Progress
    from citydesk.settings import Settings
    from knowledge.evaluation.run import Row
    from knowledge.retrieval.ranking import Mode


class ModeName(StrEnum):
    """The modes of `knowledge.retrieval.ranking`, as the command line takes them."""

    HYBRID = "hybrid"
    DENSE = "dense"
    LEXICAL = "lexical"


def command(
    folders: Annotated[
        list[Path],
        typer.Argument(
            metavar="DIR",
            exists=True,
            file_okay=False,
            readable=True,
            help="A set in BEIR layout (corpus.jsonl[.gz], queries.jsonl[.gz], qrels/test.tsv), or a folder of sets.",
        ),
    ],
    modes: Annotated[
        list[ModeName] | None,
        typer.Option(
            "--mode", help="How to search; may be repeated. Default: hybrid, as readers get it.", show_default=False
        ),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Index each DIR aside, ask its queries as readers ask, and show recall, MRR, nDCG and times per query."""
    from citydesk.output import print_json, print_table, say
    from citydesk.settings import load_settings

    asked_for = dict.fromkeys(mode.value for mode in modes or [ModeName.HYBRID])
    rows = evaluate(load_settings(), folders, cast("list[Mode]", list(asked_for)), say)
    if as_json:
        print_json({"sets": [row.as_dict() for row in rows]})
    else:
        columns, lines = as_table(rows)
        print_table("Retrieval", columns, lines)


def evaluate(settings: "Settings", folders: list[Path], modes: "list[Mode]", say: "Progress") -> "list[Row]":
    """The rows of all sets. Every set is read before the first is indexed: a bad line is told at once."""
    from citydesk.wiring import encoder
    from knowledge.evaluation.beir import read_set
    from knowledge.evaluation.layout import find_sets
    from knowledge.evaluation.run import measure

    judged = [read_set(files) for files in find_sets(folders)]
    for found in judged:
        for warning in found.warnings:
            say(warning)
    rows: list[Row] = []
    for place, found in enumerate(judged, 1):
        name = f"[{place}/{len(judged)}] {found.name}"
        say(f"{name}: {len(found.documents):,} documents, {len(found.queries):,} queries")

        def tell(step: str, done: int, total: int, name: str = name) -> None:
            say(f"{name}: {step}" + (f" {done:,}/{total:,}" if total > 1 else ""))

        rows += measure(found, encoder(settings), modes, tell)
    return rows


def as_table(rows: "list[Row]") -> tuple[list[str], list[list[str]]]:
    """Column names and cells for people; below the sets, where there are several, a mean row for each mode."""
    from knowledge.evaluation.run import means

    columns = ["set", "mode", *rows[0].figures, "queries", "documents"]
    lines = [[row.name, row.mode, *_cells(row.figures), f"{row.queries:,}", f"{row.documents:,}"] for row in rows]
    by_mode = means(rows)
    if len(rows) > len(by_mode):
        lines += [["mean", mode, *_cells(figures), "", ""] for mode, figures in by_mode.items()]
    return columns, lines


def _cells(figures: dict[str, float]) -> list[str]:
    return [f"{value:.2f}" if name.endswith("_ms") else f"{value:.3f}" for name, value in figures.items()]
