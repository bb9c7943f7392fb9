"""How feeds are doing is kept, and says which of them are due."""

from dataclasses import replace
from datetime import timedelta

from news_ingest.deciding.decide import Decision
from news_ingest.storing.store import ArticleStore
from news_ingest.values import FeedSpec, FeedStanding, FeedState
from tests.integration.news_ingest.storing.samples import NOW, PARSED, SPEC, entry, save

STANDING = FeedStanding(
    location="https://city.example/new.xml",
    moving_to="https://city.example/newer.xml",
    moves_seen=1,
    retired=False,
    failures=3,
    last_fetched=NOW,
    last_success=NOW - timedelta(days=1),
    last_new=NOW - timedelta(days=2),
    rhythm=timedelta(hours=5, microseconds=125_000),
    next_due=NOW + timedelta(hours=1),
    language="ja",
    interval=timedelta(minutes=90, microseconds=250_000),
    emptied_since=NOW - timedelta(days=3),
)


def test_standing_comes_back(store: ArticleStore) -> None:
    """Whole, whichever way it was given, for a feed that is there and for a new one."""
    assert FeedStanding() == store.standing("a")
    store.record_failure(SPEC, "out of reach", NOW, standing=STANDING)
    assert STANDING == store.standing("a") == store.state("a").standing == store.feeds()[0].standing
    assert ["out of reach"] == [feed.last_error for feed in store.feeds()]
    store.save(SPEC, PARSED, Decision(new=(entry("1"),)), standing=FeedStanding(last_fetched=NOW, language="ko"))
    assert FeedStanding(last_fetched=NOW, language="ko") == store.standing("a")
    store.record_unmodified(SPEC, standing=STANDING)
    assert STANDING == store.standing("a")
    assert [None] == [feed.last_error for feed in store.feeds()]


def test_without_a_standing(store: ArticleStore) -> None:
    """Times and failures are kept all the same; the rest stays as it was."""
    store.record_failure(SPEC, "out of reach", NOW)
    store.record_failure(SPEC, "out of reach", NOW)
    assert FeedStanding(failures=2, last_fetched=NOW) == store.standing("a")
    save(store, entry("1"))
    assert FeedStanding(last_fetched=NOW, last_success=NOW, last_new=NOW, language="en") == store.standing("a")


def test_languages_are_kept_apart(store: ArticleStore) -> None:
    """What the list says, each time that the feed is asked, and what its items were in."""
    found = FeedStanding(last_fetched=NOW, language="ja")
    store.save(SPEC, PARSED, Decision(new=(entry("1"),)), standing=found)
    assert [(None, "ja")] == languages(store)
    listed = replace(SPEC, language="ko")
    store.record_unmodified(listed, NOW, standing=found)
    assert [("ko", "ja")] == languages(store)
    store.record_failure(replace(SPEC, language="pl"), "out of reach", NOW)
    assert [("pl", "ja")] == languages(store)
    store.save(SPEC, PARSED, Decision(), standing=found)
    assert [(None, "ja")] == languages(store)


def languages(store: ArticleStore) -> list[tuple[str | None, str | None]]:
    """Listed and found, of each feed."""
    return [(feed.language, feed.standing.language) for feed in store.feeds()]


def test_many_unmodified_at_once(store: ArticleStore) -> None:
    """Each with its own standing, those never seen among them; validators and articles stay."""
    save(store, entry("1"))
    feeds = [(SPEC, STANDING), (FeedSpec("b", "b"), None), (FeedSpec("c", "c"), STANDING)]
    store.record_unmodified_many(feeds, NOW)
    plain = FeedStanding(last_fetched=NOW, last_success=NOW)
    assert {"a": (STANDING, 1), "b": (plain, 0), "c": (STANDING, 0)} == {
        feed.url: (feed.standing, feed.articles) for feed in store.feeds()
    }
    assert "e" == store.state("a").etag


def test_many_states_at_once(store: ArticleStore) -> None:
    """What a run asks first: validators, standing and how many articles, but not these."""
    save(store, entry("1"), entry("2"))
    store.record_failure(FeedSpec("b", "b"), "out of reach", NOW, standing=STANDING)
    whole = store.state("a")
    found = store.states(["b", "never seen", "a", *(f"other {number}" for number in range(1_000))])
    assert {"a": replace(whole, known={}), "b": FeedState(standing=STANDING)} == found
    assert (2, {"1", "2"}) == (whole.articles, set(whole.known))


def test_due(store: ArticleStore) -> None:
    """First those that were told no time, then who has waited longest; not those whose time is ahead, nor retired."""
    times = {"late": -2, "now": 0, "later": 3, "very late": -50, "retired": -60, "never told": None}
    for url, hours in times.items():
        due = None if hours is None else NOW + timedelta(hours=hours)
        store.record_unmodified(FeedSpec(url, url), NOW, standing=FeedStanding(next_due=due))
    store.retire("retired")
    assert ["never told", "very late", "late", "now"] == store.due(NOW)


def test_retired_feed_comes_back(store: ArticleStore) -> None:
    """With its articles, due at once, and its failures forgotten."""
    save(store, entry("1"))
    store.record_failure(SPEC, "gone", NOW, standing=STANDING)
    store.retire("a")
    assert (True, []) == (store.standing("a").retired, store.due(NOW + timedelta(days=9)))
    store.unretire("a")
    standing = store.standing("a")
    assert (False, 0, None, ["a"]) == (standing.retired, standing.failures, standing.next_due, store.due(NOW))
    assert 1 == len(store.articles())
