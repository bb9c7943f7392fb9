"""A fetcher that gives what it was told to, for tests of what happens afterwards."""

from collections.abc import Mapping

from news_ingest.fetching.fetcher import Fetcher
from news_ingest.values import NotModified, Retrieved


class ScriptedFetcher(Fetcher):
    """Answers by location; an exception in the script is raised."""

    def __init__(self, script: Mapping[str, bytes | Retrieved | NotModified | BaseException]) -> None:
        self.script = dict(script)
        self.asked: list[tuple[str, str | None, str | None]] = []

    async def fetch(
        self, location: str, etag: str | None = None, modified: str | None = None
    ) -> Retrieved | NotModified:
        """See the port."""
        self.asked.append((location, etag, modified))
        answer = self.script[location]
        if isinstance(answer, BaseException):
            raise answer
        return Retrieved(location, answer) if isinstance(answer, bytes) else answer
