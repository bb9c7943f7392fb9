"""Articles that are stored get their tags anew."""

from news_ingest.deciding.decide import decide
from news_ingest.storing.store import ArticleStore
from news_ingest.tagging import retag
from news_ingest.values import FeedSpec, ParsedEntry, ParsedFeed, StoredArticle

SPEC = FeedSpec("a", "a")
MANY = 1200
"""More than are read, or written, at once."""


def odd(article: StoredArticle) -> tuple[str, ...]:
    return ("odd",) if int(article.guid) % 2 else ()


def test_those_that_differ_get_other_tags(store: ArticleStore) -> None:
    """They alone are for the index to take in again, and stories stay; a second time there is nothing to do."""
    entries = tuple(ParsedEntry(str(n), "", f"Title {n}", "", "en", None) for n in range(MANY))
    parsed = ParsedFeed("A", "en", entries)
    store.save(SPEC, parsed, decide({}, entries, whole=True))
    before = store.articles()
    store.set_stories({article.id: before[0].id for article in before})
    store.set_tags_many({article.id: ("even",) for article in before if not odd(article)})
    store.drained(store.pending().mark)
    assert MANY == retag(store, odd)
    after = store.articles()
    assert [odd(article) for article in after] == [article.tags for article in after]
    assert {before[0].id} == {article.story for article in after}
    store.drained(store.pending().mark)
    assert 1 == retag(store, lambda article: ("zero",) if article.guid == "0" else odd(article))
    assert 1 == len(store.pending().put)
    assert 0 == retag(store, lambda article: ("zero",) if article.guid == "0" else odd(article))
