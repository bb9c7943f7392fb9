"""Documents to passages: the pieces that are encoded, indexed and found, each with the sentences that can be quoted."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from knowledge.documents import Document
from knowledge.text.sentences import sentence_spans

Role = Literal["question", "body", "contrast"]
Span = tuple[int, int]

_DENSE_SCRIPTS = ("zh", "ja")
_FULL_DENSE, _FULL = 600, 1_600
"""Characters at which a body passage is full: a few paragraphs. Chinese and Japanese say more with as many."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of one document.

    `role` is `question` for an FAQ entry's question or one of its variants, `contrast` for a question that it
    does not answer, `body` for text that can be quoted: then `document.text[start:end] == text`, and `sentences` are
    spans into the document's text too. `document` is the position of the document in its list.
    """

    document: int
    role: Role
    text: str
    start: int = 0
    end: int = 0
    sentences: tuple[Span, ...] = ()


def split_passages(documents: Sequence[Document], first: int = 0) -> Iterator[Passage]:
    """All passages of all documents, documents in order; their positions are counted from `first`."""
    for position, document in enumerate(documents, first):
        # A document of the news is found by its body, which is encoded with the headline.
        for question in (document.title, *document.questions) if document.kind == "faq" else ():
            yield Passage(position, "question", question)
        for question in document.contrasts:
            yield Passage(position, "contrast", question)
        bodies = list(_bodies(document))
        for sentences in bodies:
            start, end = sentences[0][0], sentences[-1][1]
            yield Passage(position, "body", document.text[start:end], start, end, tuple(sentences))
        if not bodies and document.kind == "news":  # a headline alone
            yield Passage(position, "body", "")


def rows_of(document: Document, passage: Passage) -> list[str]:
    """The texts that tell a passage's meaning one by one: its sentences, behind the title where that is another text.

    A body passage alone rarely says what it is about, its headline or question does; all of them together are what its
    own vector is made of. Never empty.
    """
    if passage.role != "body":
        return [passage.text]
    sentences = [document.text[start:end] for start, end in passage.sentences]
    return [document.title, *sentences] if document.title.strip() else sentences or [passage.text]


def _bodies(document: Document) -> Iterator[list[Span]]:
    """The document's sentences in order, as many in one list as fill a passage."""
    full = _FULL_DENSE if document.language.split("-")[0] in _DENSE_SCRIPTS else _FULL
    gathered: list[Span] = []
    for span in sentence_spans(document.text, document.language):
        if gathered and span[1] - gathered[0][0] > full:
            yield gathered
            gathered = []
        gathered.append(span)
    if gathered:
        yield gathered
