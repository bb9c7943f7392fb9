"""Everything that can go wrong in `knowledge`.

KnowledgeError
├── ContentError      a content file is broken: names the file and the line
├── EncoderError      the sentence encoder cannot be loaded
├── IndexProblem      the search index cannot be read
│   ├── IndexMissing  there is none yet
│   ├── IndexCorrupt  there is one, but not as it was written
│   │   └── IndexMismatch        it was written by another encoder, analyser or version
│   └── TombstonesUnreadable     which documents are hidden cannot be read
└── IndexNotChanged   a change of the index did not come about; the one in force stays
    ├── IndexBusy     another process is building
    ├── IndexGateFailed          the new one answers golden questions wrongly
    ├── IndexDiskFull            there is no room for a new one
    └── NoSuchGeneration         there is none of this name to go back to
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
        super().__init__(f"The search index in {folder} is damaged: {problem}. Build it anew: citydesk reindex --full")


class IndexMismatch(IndexCorrupt):
    """The index is whole, but another encoder, analyser or version wrote it."""

    def __init__(self, folder: Path, problem: str) -> None:
        KnowledgeError.__init__(
            self, f"The search index in {folder} does not fit: {problem}. Build it anew: citydesk reindex"
        )


class TombstonesUnreadable(IndexProblem):
    """The list of hidden documents is damaged; nothing is shown rather than what was hidden."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(
            f"The list of hidden documents in {path} cannot be read: {problem}. Restore the file; or remove it and "
            "hide them again: citydesk index hide ID"
        )


class IndexNotChanged(KnowledgeError):
    """A change of the index did not come about; the one in force stays as it was."""


class IndexBusy(IndexNotChanged):
    """Another process is building; `holder` is its process id as text."""

    def __init__(self, root: Path, holder: str, waited: float) -> None:
        self.holder = holder
        super().__init__(
            f"Another process ({holder}) is at work on the index in {root}; waited {waited:g} s for it. "
            "Try again when it is done."
        )


class IndexGateFailed(IndexNotChanged):
    """The new index answers golden questions wrongly; `broken` says which, one line each."""

    def __init__(self, broken: list[str]) -> None:
        self.broken = broken
        lines = "".join(f"\n  - {line}" for line in broken)
        super().__init__(
            f"The new index was not taken into force, the old one goes on to answer. Golden questions failed:{lines}\n"
            "Mend the content, or content/golden.yml where it is out of date; then: citydesk reindex"
        )


class IndexDiskFull(IndexNotChanged):
    """There is no room for a new generation."""

    def __init__(self, root: Path) -> None:
        super().__init__(
            f"The disk that holds {root} is full: no new index could be written, the old one goes on to answer. "
            "Free some space, then: citydesk reindex"
        )


class NoSuchGeneration(IndexNotChanged):
    """There is no such generation to go back to."""

    def __init__(self, wanted: str, kept: list[str]) -> None:
        names = ", ".join(kept) or "none"
        super().__init__(f"{wanted}. Kept are: {names}. See them: citydesk index status")
