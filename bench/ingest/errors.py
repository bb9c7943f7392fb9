"""Everything that can go wrong in `bench.ingest`.

IngestBenchError
├── DataMissing        the news that feeds are made of are not there, or too few
├── PeersMissing       the environment of the other projects has not been made
└── ContenderFailed    a process failed, took too long, or did not do what it was measured for
"""

from pathlib import Path


class IngestBenchError(Exception):
    """Root of this folder's errors; the message says what to do next."""


class DataMissing(IngestBenchError):
    """There is nothing to make feeds of."""

    def __init__(self, folder: Path, problem: str) -> None:
        super().__init__(
            f"Ingest can't be measured: {folder} {problem}. "
            "Put the data there, or name the folder that has them: make bench-ingest DATA=FOLDER"
        )


class PeersMissing(IngestBenchError):
    """There is no interpreter that has the other projects."""

    def __init__(self, interpreter: Path) -> None:
        super().__init__(
            f"{interpreter} is not there, so nothing can be measured beside. Make it: "
            "python3 scripts/environments.py bench. Or measure without: --without reader"
        )


class ContenderFailed(IngestBenchError):
    """Its figures would mean nothing."""
