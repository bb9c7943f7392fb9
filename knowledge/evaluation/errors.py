"""Everything that can go wrong in `knowledge.evaluation`.

EvaluationError      root; a KnowledgeError
├── SetMissing       a folder holds no set, or a file of a set is not there
├── BadSet           a file of a set cannot be used as it stands: names the file and the line
└── NoRoom           the index of a set cannot be written to the temporary folder
"""

from pathlib import Path

from knowledge.errors import KnowledgeError


class EvaluationError(KnowledgeError):
    """Root of this folder's errors; the message says what to do next."""


class SetMissing(EvaluationError):
    """There is no set, or only a part of one, where one is expected."""


class BadSet(EvaluationError):
    """A file that does not have the form of its kind; `line` counts from 1, None where no single line is at fault."""

    def __init__(self, path: Path, line: int | None, problem: str, remedy: str) -> None:
        self.path, self.line, self.problem = path, line, problem
        where = f"{path}, line {line}" if line else str(path)
        super().__init__(f"{where}: {problem}. {remedy}.")


class NoRoom(EvaluationError):
    """The temporary folder could not take the index."""

    def __init__(self, error: BaseException) -> None:
        super().__init__(
            f"The index to be measured could not be written: {error}. Make room in the temporary folder, "
            "or name another one: TMPDIR=FOLDER citydesk eval …"
        )
