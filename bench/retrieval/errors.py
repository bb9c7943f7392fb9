"""Everything that can go wrong in `bench.retrieval`.

RetrievalBenchError
├── DataMissing    a folder that the measurement reads is not there, or holds too little
├── PeersMissing   the environment of the other projects has not been made
├── SystemFailed   a system's process ended with an error: has its last lines
└── TookTooLong    a system's process was ended because its time was over
"""

from pathlib import Path


class RetrievalBenchError(Exception):
    """Root of this folder's errors; the message says what to do next."""


class DataMissing(RetrievalBenchError):
    """What is to be searched is not there."""

    def __init__(self, folder: Path, problem: str) -> None:
        super().__init__(
            f"Search can't be measured: {folder} {problem}. "
            "Put the data there, or name the folder that has them: make bench-retrieval DATA=FOLDER"
        )


class PeersMissing(RetrievalBenchError):
    """There is no interpreter that has the other projects."""

    def __init__(self, interpreter: Path) -> None:
        super().__init__(
            f"{interpreter} is not there, so nothing can be measured beside. Make it: "
            "python3 scripts/environments.py bench. Or measure this project alone: "
            "--without txtai --without haystack --without bm25s --without faiss"
        )


class SystemFailed(RetrievalBenchError):
    """A system could not be loaded, built or asked."""


class TookTooLong(RetrievalBenchError):
    """A system was not done in time."""
