"""Documents to passages: the pieces that are encoded, indexed and quoted."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from knowledge.documents import Document
from knowledge.sentences import sentence_spans

Role = Literal["question", "body", "contrast"]

_BODY_LENGTH = {"zh": 140, "ja": 140}
"""Characters at which a body passage is full; Chinese and Japanese say in 140 what English says in 320."""
_BODY_LENGTH_DEFAULT = 320


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of one document.

    `role` is `question` for an FAQ entry's question or one of its variants, `contrast` for a question that it
    does not answer, `body` for text that can be quoted: then `document.text[start:end] == text`. `document` is
    the position of the document in its list.
    """

    document: int
    role: Role
    text: str
    start: int = 0
    end: int = 0


def split_passages(documents: list[Document]) -> Iterator[Passage]:
    """All passages of all documents, documents in order."""
    for position, document in enumerate(documents):
        for question in (document.title, *document.questions):
            yield Passage(position, "question", question)
        for question in document.contrasts:
            yield Passage(position, "contrast", question)
        for start, end in body_spans(document):
            yield Passage(position, "body", document.text[start:end], start, end)


def body_spans(document: Document) -> Iterator[tuple[int, int]]:
    """Neighbouring sentences of one paragraph joined until a passage is full; spans into `document.text`."""
    limit = _BODY_LENGTH.get(document.language.split("-")[0], _BODY_LENGTH_DEFAULT)
    open_span: tuple[int, int] | None = None
    for start, end in sentence_spans(document.text, document.language):
        if open_span and end - open_span[0] <= limit and "\n" not in document.text[open_span[1] : start]:
            open_span = (open_span[0], end)
        else:
            if open_span:
                yield open_span
            open_span = (start, end)
    if open_span:
        yield open_span
