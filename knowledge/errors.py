"""Everything that can go wrong in `knowledge`.

KnowledgeError
├── ContentError      a content file is broken: names the file and the line
├── EncoderError      the sentence encoder cannot be loaded
└── IndexProblem      the search index cannot be read
    ├── IndexMissing  there is none yet
    └── IndexCorrupt  there is one, but not as it was written
"""

from pathlib import Path


class KnowledgeError(Exception):
    """Root of this folder's errors; the message is meant for the operator or editor."""


class ContentError(KnowledgeError):
    """A content file that cannot be used; `path` and `line` (from 1) say where, if known."""

    def __init__(self, path: Path, line: int | None, problem: str) -> None:
        self.path, self.line, self.problem = path, line, problem
        where = f"{path}, line {line}" if line else str(path)
        super().__init__(f"{where}: {problem}")


class EncoderError(KnowledgeError):
    """The configured sentence encoder cannot be loaded; the message names the file and what to do."""


class IndexProblem(KnowledgeError):
    """The search index cannot be used; every message ends with the command that mends it."""


class IndexMissing(IndexProblem):
    """No index has been built yet."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"There is no search index in {folder} yet. Build it: citydesk reindex")


class IndexCorrupt(IndexProblem):
    """A file of the index is missing or differs from what its manifest says."""

    def __init__(self, folder: Path, problem: str) -> None:
        super().__init__(f"The search index in {folder} is damaged: {problem}. Build it anew: citydesk reindex")
