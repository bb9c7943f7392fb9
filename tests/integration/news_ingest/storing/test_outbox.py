"""The outbox: whatever changed waits for the index, once, until the index says that it has it."""

from news_ingest.deciding.decide import Decision
from news_ingest.storing.store import ArticleStore, article_id
from news_ingest.values import FeedSpec
from tests.integration.news_ingest.storing.samples import NOW, PARSED, SPEC, change, entry, save

ONE, TWO = article_id("a", "1"), article_id("a", "2")


def test_new_articles_wait_until_they_are_drained(store: ArticleStore) -> None:
    """In the order in which they came."""
    assert not store.pending()
    save(store, entry("1"))
    save(store, entry("2"))
    waiting = store.pending()
    assert ((ONE, TWO), (), NOW) == (waiting.put, waiting.drop, waiting.since)
    store.drained(waiting.mark)
    assert not store.pending()
    assert waiting.mark == store.pending().mark


def test_what_arrives_meanwhile_stays(store: ArticleStore) -> None:
    """Also where it is an article that was being indexed."""
    save(store, entry("1"), entry("2"))
    waiting = store.pending()
    change(store, entry("2", title="Changed while the index was busy"))
    store.drained(waiting.mark)
    assert (TWO,) == store.pending().put
    assert [TWO] == [article.id for article in store.articles_since(waiting.mark)]


def test_only_what_differs_waits(store: ArticleStore) -> None:
    """The same tags, stories and contents as before are no news for the index."""
    save(store, entry("1"), entry("2"))
    store.set_tags_many({ONE: ["culture"], TWO: []})
    store.set_stories({ONE: TWO})
    store.drained(store.pending().mark)
    store.set_tags_many({ONE: ["culture"], TWO: []})
    store.set_stories({ONE: TWO, TWO: TWO})
    change(store, entry("1"))
    store.save(SPEC, PARSED, Decision(unchanged=(entry("1"),), gone=("2",)), now=NOW)
    store.record_unmodified(SPEC)
    assert not store.pending()
    store.set_tags(TWO, ["culture"])
    assert (TWO,) == store.pending().put


def test_repetitions_leave_the_index(store: ArticleStore) -> None:
    """And come back when they are none any more; a change of one that is out leaves it out."""
    save(store, entry("1"), entry("2"))
    store.set_canonical({TWO: ONE})
    change(store, entry("2", title="Another title"))
    assert ((ONE,), (TWO,)) == (store.pending().put, store.pending().drop)
    assert [ONE] == [article.id for article in store.iter_articles(duplicates=False)]
    store.set_canonical({TWO: None})
    assert ({ONE, TWO}, ()) == (set(store.pending().put), store.pending().drop)


def test_feed_that_is_no_sample_any_more_waits(store: ArticleStore) -> None:
    """The index keeps samples apart."""
    save(store, entry("1"))
    store.drained(store.pending().mark)
    save(store, spec=FeedSpec("a", "a", "Feed A"))
    assert (ONE,) == store.pending().put
