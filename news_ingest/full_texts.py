"""What the linked pages say in place of openings: for new and changed articles, where the operator allows it."""

from collections.abc import Mapping
from dataclasses import replace

from news_ingest.deciding.decide import Decision
from news_ingest.errors import FeedError
from news_ingest.fetching.fetcher import Fetcher
from news_ingest.parsing.parser import Parser
from news_ingest.together import together
from news_ingest.values import FeedSpec, ParsedEntry, Retrieved

MOST_PAGES = 20
"""Pages of articles that are read for one feed in one round."""
PAGES_AT_ONCE = 4
"""Of one feed; the fetcher sees to it that no server is asked for many at once."""


async def with_full_texts(
    spec: FeedSpec, decision: Decision, fetcher: Fetcher, parser: Parser
) -> tuple[Decision, tuple[str, ...]]:
    """The decision with what the pages of its new and changed entries say, where the feed gives an opening only; and a
    sentence about each page that could not be read."""
    if not spec.full_text:
        return decision, ()
    renamed = [entry for _, entry in decision.renamed]
    entries = [entry for entry in (*decision.new, *decision.changed, *renamed) if entry.stub and entry.url][:MOST_PAGES]
    texts, problems = dict[str, str](), dict[str, str]()

    async def read(entry: ParsedEntry) -> None:
        try:
            page = await fetcher.fetch(entry.url)
            found = await parser.full_text(page) if isinstance(page, Retrieved) else None
        except FeedError as error:
            problems[entry.guid] = f"the page of “{entry.title[:60]}” could not be read ({error.problem})"
        else:
            if found and len(found) > len(entry.text):
                texts[entry.guid] = found

    await together(read, entries, PAGES_AT_ONCE)
    return _filled(decision, texts), tuple(problems[one.guid] for one in entries if one.guid in problems)


def _filled(decision: Decision, texts: Mapping[str, str]) -> Decision:
    """With the texts, which go by guid."""

    def told(entry: ParsedEntry) -> ParsedEntry:
        return replace(entry, full_text=texts.get(entry.guid, ""))

    return replace(
        decision,
        new=tuple(told(entry) for entry in decision.new),
        changed=tuple(told(entry) for entry in decision.changed),
        renamed=tuple((before, told(entry)) for before, entry in decision.renamed),
    )
