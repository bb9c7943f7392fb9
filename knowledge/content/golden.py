"""Golden questions: what a new index must get right before anybody is answered from it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.content.yaml_files import line_of, load_yaml
from knowledge.documents import Document
from knowledge.errors import ContentError

NONE = "none"
"""Written as the entry of a question that must not be answered."""

Ask = Callable[[str, str], tuple[str, str | None]]
"""Question and language to `answered`, `uncertain` or `no_answer`, and the id of the document that comes first."""


@dataclass(frozen=True, slots=True)
class GoldenQuestion:
    """A question as a reader would type it; `expected` is the id of the FAQ document that must answer it, None where
    nothing may; `line` is its place in the file, from 1."""

    question: str
    language: str
    expected: str | None
    line: int


def load_golden(path: Path, documents: Iterable[Document] | None = None) -> list[GoldenQuestion]:
    """The questions of `golden.yml`, in the file's order; each entry must be one of `documents`, if these are given.

    Raises `ContentError` with file and line for whatever is wrong in it.
    """
    data = load_yaml(path)
    if not isinstance(data, dict) or not data:
        raise ContentError(path, 1, "must hold a list of questions for each language, such as `en:`")
    known = None if documents is None else {document.id for document in documents if document.kind == "faq"}
    found: dict[tuple[str, str], GoldenQuestion] = {}
    for language, items in data.items():
        if not isinstance(items, list) or not items:
            problem = f"`{language}:` must be a list of questions, each starting with `- question:`"
            raise ContentError(path, line_of(data, language), problem)
        for number, item in enumerate(items):
            golden = _question(path, line_of(items, number), str(language), item)
            _check(path, golden, known, found)
            found[golden.language, golden.question.casefold()] = golden
    return list(found.values())


@dataclass(frozen=True, slots=True)
class Failure:
    """A question whose outcome was not the expected one: what came instead, as `Ask` gives it."""

    golden: GoldenQuestion
    status: str
    found: str | None

    def __str__(self) -> str:
        """One line for people: question, language, what was expected and what came."""
        wanted, got = self.golden.expected or "no answer", f"{self.found or 'nothing'} ({self.status})"
        return f"“{self.golden.question}” [{self.golden.language}]: expected {wanted}, got {got}"


def failures(questions: Iterable[GoldenQuestion], ask: Ask) -> list[Failure]:
    """The questions whose outcome is not the expected one; empty when all are right.

    The expected entry must come first; whether it is surely enough to be given as the answer is for the judge of the
    index to say. A question without one must not be answered, but its closest topics may be offered.
    """
    outcomes = [Failure(golden, *ask(golden.question, golden.language)) for golden in questions]
    return [one for one in outcomes if not _is_right(one.golden, one.status, one.found)]


def _is_right(golden: GoldenQuestion, status: str, found: str | None) -> bool:
    if golden.expected is None:
        return status != "answered"
    return found == golden.expected


def _question(path: Path, line: int, language: str, item: Any) -> GoldenQuestion:
    if not isinstance(item, dict) or set(item) != {"question", "entry"}:
        raise ContentError(path, line, "a golden question has `question:` and `entry:`; write both, nothing else")
    for key in ("question", "entry"):
        if not isinstance(item[key], str) or not item[key].strip():
            hint = f"; write `{NONE}` where nothing may answer" if key == "entry" else "; put it in quotes"
            raise ContentError(path, line_of(item, key), f"`{key}:` must be text{hint}")
    question, entry = item["question"].strip(), item["entry"].strip()
    return GoldenQuestion(question, language, None if entry == NONE else f"faq:{entry}", line)


def _check(
    path: Path, golden: GoldenQuestion, known: set[str] | None, found: dict[tuple[str, str], GoldenQuestion]
) -> None:
    earlier = found.get((golden.language, golden.question.casefold()))
    if earlier:
        raise ContentError(path, golden.line, f"asks the same as line {earlier.line}; keep one of them")
    if known is not None and golden.expected and golden.expected not in known:
        name = golden.expected.removeprefix("faq:")
        problem = f"entry `{name}` is not in the FAQ; correct the id, or remove the question with the entry"
        raise ContentError(path, golden.line, problem)
