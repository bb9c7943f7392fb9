"""A process that takes feeds in and drains the outbox until it is killed; the next one goes on where it stood."""

from multiprocessing.connection import Connection
from pathlib import Path

from news_ingest.deciding.decide import Decision
from news_ingest.storing.store import ArticleStore, open_store
from news_ingest.values import FeedSpec, ParsedEntry, ParsedFeed
from tests.integration.news_ingest.storing.samples import NOW

ENTRIES = 19
TEXT = "市府今天說明明年的預算。" * 40


def entries(feed: str, version: int) -> tuple[ParsedEntry, ...]:
    """The feed's items, all of the same version."""
    return tuple(
        ParsedEntry(str(number), f"https://city.example/{feed}/{number}", f"v{version}", TEXT, "zh-Hant", NOW)
        for number in range(ENTRIES)
    )


def save_until_killed(database: str, index: Path, ready: Connection) -> None:
    """New feeds and changed ones in turn; `index` has a line `id title` for whatever was taken out of the outbox."""
    store = open_store(database)
    known = {feed.url: store.state(feed.url) for feed in store.feeds()}
    versions = {
        url: max((int(one.title[1:]) for one in state.known.values()), default=0) for url, state in known.items()
    }
    ready.send(True)
    with index.open("a", encoding="utf-8", buffering=1) as log:
        while True:
            fresh = f"feed {len(versions)}"
            save(store, fresh, 1, Decision(new=entries(fresh, 1)))
            versions[fresh] = 1
            for url in sorted(versions)[-3:]:
                versions[url] += 1
                save(store, url, versions[url], Decision(changed=entries(url, versions[url])))
            drain(store, log.write)


def save(store: ArticleStore, url: str, version: int, decision: Decision) -> None:
    """The validator tells the version, too."""
    store.save(FeedSpec(url, url), ParsedFeed(url, "zh-Hant", ()), decision, etag=f"v{version}", now=NOW)


def drain(store: ArticleStore, write: object) -> None:
    """As an index does: first take in, then tell."""
    assert callable(write)
    waiting = store.pending()
    for article in store.by_ids(waiting.put):
        write(f"{article.id} {article.title}\n")
    store.drained(waiting.mark)
