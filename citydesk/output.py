"""How commands print: JSON or results on standard output, progress on standard error."""

import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict, is_dataclass
from datetime import date, datetime
from enum import Enum
from pathlib import Path

from rich.console import Console
from rich.table import Table

PIPE_WIDTH = 240
Progress = Callable[[str], None]


def say(text: str) -> None:
    """One line of progress, for people, on standard error."""
    print(text, file=sys.stderr, flush=True)


def print_json(value: object) -> None:
    """`value` as JSON, alone on standard output; dataclasses, dates and paths are understood."""
    print(json.dumps(value, ensure_ascii=False, indent=2, default=_plain), flush=True)


def _plain(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, set | frozenset | tuple):
        return list(value)
    raise TypeError(f"{type(value).__name__} has no JSON form")


def print_table(
    title: str, columns: list[str], rows: list[list[str]], *, widths: Mapping[str, int] | None = None
) -> None:
    """A table for people on standard output; `widths` by column: what is longer goes on in the next line."""
    table = Table(title=title, title_justify="left")
    for column in columns:
        table.add_column(column, overflow="fold", max_width=(widths or {}).get(column))
    for row in rows:
        table.add_row(*row)
    # In a pipe nothing is broken at 80 columns: what is to be copied stays whole.
    Console(width=None if sys.stdout.isatty() else PIPE_WIDTH).print(table, markup=False)
