"""Which documents a search may give: by language, kind, day of publication and topic."""

from dataclasses import dataclass, field
from datetime import date

from knowledge.documents import Document, Kind


@dataclass(frozen=True, slots=True)
class Filters:
    """What a document must be to be found; an empty set or None asks for nothing.

    `since` and `until` are days of publication, both included; a document without one is not found by either.
    News belong to no topic. Raises `ValueError` when `until` comes before `since`: nothing could be found.
    """

    languages: frozenset[str] = field(default_factory=frozenset)
    kinds: frozenset[Kind] = field(default_factory=frozenset)
    since: date | None = None
    until: date | None = None
    topics: frozenset[str] = field(default_factory=frozenset)

    def __post_init__(self) -> None:
        if self.since and self.until and self.until < self.since:
            raise ValueError(f"the last day ({self.until}) comes before the first ({self.since})")

    def __bool__(self) -> bool:
        """Whether anything is asked for."""
        return bool(self.languages or self.kinds or self.since or self.until or self.topics)

    def allows(self, document: Document) -> bool:
        """Whether `document` may be found."""
        return (
            (not self.languages or document.language in self.languages)
            and (not self.kinds or document.kind in self.kinds)
            and (not self.topics or document.topic in self.topics)
            and self._in_time(document.source.published)
        )

    def _in_time(self, published: date | None) -> bool:
        if published is None:
            return self.since is None and self.until is None
        return (self.since is None or published >= self.since) and (self.until is None or published <= self.until)
