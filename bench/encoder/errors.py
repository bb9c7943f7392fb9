"""Everything that can go wrong in `bench.encoder`.

MeasuringError
├── DataMissing   a data set is not where it is expected: names each one
├── BadRow        a row of a data set cannot be read: names the file and the line
└── SystemFailed  a system that was to be measured cannot be loaded, built or timed
"""

from collections.abc import Sequence
from pathlib import Path

LISTED = 12


class MeasuringError(Exception):
    """Root of this folder's errors; the message says what to do next."""


class DataMissing(MeasuringError):
    """Files that the measurement reads are not there."""

    def __init__(self, data: Path, missing: Sequence[Path]) -> None:
        self.missing = tuple(missing)
        listed = [f"  {path.relative_to(data)}" for path in missing[:LISTED]]
        if len(missing) > LISTED:
            listed.append(f"  and {len(missing) - LISTED} more")
        super().__init__(
            f"The encoder can't be measured: in {data} there is no\n" + "\n".join(listed) + "\n"
            "Put the data there, or name the folder that has them: make eval-encoder DATA=FOLDER"
        )


class BadRow(MeasuringError):
    """A row that does not have the form of its file; `line` counts from 1."""

    def __init__(self, path: Path, line: int, problem: str) -> None:
        self.path, self.line, self.problem = path, line, problem
        super().__init__(f"{path}, line {line}: {problem}. Mend the row or fetch the file again.")


class SystemFailed(MeasuringError):
    """An encoder folder, the training that should make one, or a timing process failed."""
