"""What the city has published, in the form that everything in `knowledge` works on."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal["faq", "news"]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a document comes from: what a reader is shown and may follow.

    `url_is_home_page` says that the exact address is not known and `url` leads to the publisher's front page.
    """

    title: str
    url: str
    language: str
    published: date | None = None
    url_is_home_page: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """One FAQ entry in one language, or one news article.

    `id` is `faq:<entry id>` (the same in every language) or `news:<16 hex digits>`; `(id, language)` is unique.
    `title` is the FAQ question or the headline; `text` the answer or the article as plain text, paragraphs
    parted by a newline. `questions` are other ways to ask the same, `contrasts` questions that sound alike and are
    not answered by it (FAQ only). `sample` marks made-up data
    that stands in for what the city has not told.
    """

    id: str
    kind: Kind
    language: str
    title: str
    text: str
    source: Source
    topic: str | None = None
    questions: tuple[str, ...] = ()
    contrasts: tuple[str, ...] = ()
    sample: bool = False
