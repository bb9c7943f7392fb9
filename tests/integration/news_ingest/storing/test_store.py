"""The store on real databases: what is saved comes back, all or nothing, the news in order."""

import sqlite3
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from news_ingest.deciding.decide import Decision
from news_ingest.errors import StoreError
from news_ingest.storing import reading
from news_ingest.storing.store import ArticleStore, Selection, article_id, open_store
from news_ingest.values import FeedSpec, FeedState
from tests.integration.news_ingest.storing.samples import NOW, PARSED, SPEC, entry, save


def test_what_is_stored_comes_back(store: ArticleStore) -> None:
    """Instants to the microsecond and in UTC; ids from url and guid."""
    save(store, entry("1", published=NOW.astimezone().replace(microsecond=7)))
    [article] = store.articles()
    assert article_id("a", "1") == article.id
    assert 16 == len(article.id)
    assert (NOW.replace(microsecond=7), NOW, NOW) == (article.published, article.first_seen, article.updated)
    assert ("a", "Feed A", True) == (article.feed_url, article.feed_title, article.sample)
    state = store.state("a")
    assert ("e", "m", {"1"}) == (state.etag, state.modified, set(state.digests))
    assert FeedState() == store.state("never seen")


def test_ids_differ_by_feed_and_guid() -> None:
    """And are the same everywhere: index and feedback hang on them."""
    assert article_id("a", "1") != article_id("b", "1") != article_id("b", "2")
    assert "7c72cb8a2c9d41f4" == article_id("sample/city-news.en.xml", "sample-city-news-en-01")


def test_save_is_all_or_nothing(store: ArticleStore) -> None:
    """One entry that the database refuses, and none of the feed is stored, nor the validators."""
    save(store, entry("1"))
    with pytest.raises(StoreError):
        store.save(SPEC, PARSED, Decision(new=(entry("2"), entry("3"), entry("1"))), etag="later", now=NOW)
    assert ["1"] == [article.guid for article in store.articles()]
    assert "e" == store.state("a").etag


def test_feed_that_is_no_sample_any_more(store: ArticleStore) -> None:
    """The mark follows the list of feeds."""
    save(store, entry("1"))
    save(store, spec=FeedSpec("a", "a", "Feed A"))
    assert [False] == [article.sample for article in store.articles()]


def test_latest_is_newest_first_in_the_readers_language(store: ArticleStore) -> None:
    """Up to the limit; an article without a date counts from when it was first seen."""
    dated = [entry(str(n), "ja" if n % 2 else "en", NOW - timedelta(days=n)) for n in range(1, 9)]
    save(store, *dated, entry("undated", "en", None))
    assert ["undated", "2", "4"] == [article.guid for article in store.latest("en", 3)]
    assert ["1", "3", "5", "7"] == [article.guid for article in store.latest("ja", 10)]
    assert [] == store.latest("en", 0)


def test_latest_falls_back_to_any_language(store: ArticleStore) -> None:
    """Better news in another language than none."""
    assert [] == store.latest("zh-Hant", 3)
    save(store, entry("1", "en", NOW - timedelta(days=1)), entry("2", "ja", NOW))
    assert ["2", "1"] == [article.guid for article in store.latest("zh-Hant", 3)]


def test_date_far_ahead_does_not_stay_on_top(store: ArticleStore) -> None:
    """A slip of the pen: such an article counts from when it was first seen."""
    save(store, entry("slip", published=NOW.replace(year=2190)), entry("real", published=NOW + timedelta(hours=1)))
    assert ["real", "slip"] == [article.guid for article in store.latest("en", 2)]


def test_reading_goes_on_while_another_writes(tmp_path: Path) -> None:
    """And sees what was there before."""
    store = open_store(f"sqlite:///{tmp_path}/var/citydesk.db")
    save(store, entry("1"))
    writer = sqlite3.connect(tmp_path / "var" / "citydesk.db", isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("DELETE FROM articles")
    assert 1 == len(store.articles())
    writer.execute("ROLLBACK")
    writer.close()
    store.close()


def test_articles_come_page_by_page(store: ArticleStore) -> None:
    """More than a page, each once and in the order of ids, though others come in meanwhile."""
    save(store, *(entry(str(number)) for number in range(reading.PAGE * 2 + 1)))
    ids = []
    for place, article in enumerate(store.iter_articles()):
        ids.append(article.id)
        if place == 10:
            save(store, entry("late"))
    before = [one for one in ids if one != article_id("a", "late")]
    assert sorted(ids) == ids
    assert reading.PAGE * 2 + 1 == len(before) == len(set(before))
    assert reading.PAGE * 2 + 2 == len(store.articles())


def test_tags_and_stories(store: ArticleStore) -> None:
    """Tags replace those before, in order; a story is the article's own id until it is told another."""
    save(store, entry("1"), entry("2"))
    one, two = article_id("a", "1"), article_id("a", "2")
    assert [one] == [article.story for article in store.by_ids([one, "not there"])]
    store.set_tags(one, ["wanhua", "culture", "culture"])
    store.set_tags(one, ["culture", "beitou"])
    store.set_tags("not there", ["culture"])
    store.set_stories({one: two, "not there": two})
    found = {article.id: (article.story, article.tags) for article in store.articles()}
    assert {one: (two, ("beitou", "culture")), two: (two, ())} == found


def test_tags_may_come_with_the_articles(store: ArticleStore) -> None:
    """In the same transaction, by guid."""
    store.save(SPEC, PARSED, Decision(new=(entry("1"), entry("2"))), tags={"2": ["culture"], "3": ["no such"]}, now=NOW)
    assert {"1": (), "2": ("culture",)} == {article.guid: article.tags for article in store.articles()}


def test_listing(store: ArticleStore) -> None:
    """What a feed no longer has stays, marked, until it is back."""
    save(store, entry("1"), entry("2"))
    store.save(SPEC, PARSED, Decision(gone=("1", "2")), now=NOW)
    assert {"1": False, "2": False} == {guid: known.listed for guid, known in store.state("a").known.items()}
    changed = entry("2", title="Other")
    store.save(SPEC, PARSED, Decision(unchanged=(entry("1"),), changed=(changed,), relisted=("1", "2")), now=NOW)
    assert {"1": True, "2": True} == {guid: known.listed for guid, known in store.state("a").known.items()}
    assert 2 == len(store.articles())


def test_another_guid_keeps_the_id(store: ArticleStore) -> None:
    """Feedback and links hang on ids. Should the old guid come back for another article, that has an id of its own."""
    first = entry("old")
    save(store, first)
    store.save(SPEC, PARSED, Decision(renamed=(("old", replace(first, guid="new")),)), now=NOW)
    assert [(article_id("a", "old"), "new", 0)] == [(one.id, one.guid, one.revisions) for one in store.articles()]
    save(store, entry("old", title="Another"))
    by_guid = {article.guid: (article.id, article.title) for article in store.articles()}
    assert {"new", "old"} == set(by_guid)
    assert (article_id("a", "old"), "Title") == by_guid["new"]
    assert by_guid["new"][0] != by_guid["old"][0]
    store.save(SPEC, PARSED, Decision(renamed=(("old", entry("new", title="Third")),)), now=NOW)
    assert {"new": "Third", "old": "Another"} == {article.guid: article.title for article in store.articles()}


def test_characters_that_databases_refuse(store: ArticleStore) -> None:
    """NUL and half a surrogate pair are left out; where they are in a guid, that is told, and nothing is stored."""
    save(store, entry("1", title="Ti\0tle\ud800"))
    assert ["Title"] == [article.title for article in store.articles()]
    for guid in ("\ud800", "3\ud800"):
        with pytest.raises(StoreError):
            save(store, entry("2"), entry(guid))
        assert 1 == len(store.articles())
    assert FeedState() == store.state("never seen")


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        (Selection(), ["4", "3", "1", "2"]),
        (Selection(feed_url="a"), ["3", "1", "2"]),
        (Selection(feed_url="never seen"), []),
        (Selection(language="ja"), ["4", "3"]),
        (Selection(tag="parks"), ["4", "1"]),
        (Selection(feed_url="a", tag="parks"), ["1"]),
        (Selection(corrected=True), ["1"]),
        (Selection(language="ja", corrected=True), []),
    ],
)
def test_selected(store: ArticleStore, selection: Selection, expected: list[str]) -> None:
    """All that is asked for must hold; the newest come first, repeated ones too, and no more than wanted."""
    entries = [
        entry(str(number), "ja" if number == 3 else "en", NOW - timedelta(days=number % 3)) for number in (1, 2, 3)
    ]
    save(store, *entries)
    save(store, entry("4", "ja", NOW + timedelta(hours=1)), spec=FeedSpec("b", "b"))
    ids = {article.guid: article.id for article in store.articles()}
    store.set_tags_many({ids["1"]: ["parks", "zoo"], ids["4"]: ["parks"], ids["2"]: ["zoo"]})
    store.set_canonical({ids["3"]: ids["1"]})
    corrected = replace(entries[0], title="Correction: Title")
    store.save(SPEC, PARSED, Decision(changed=(corrected, replace(entries[1], title="Other"))), now=NOW)
    assert expected == [article.guid for article in store.selected(selection, 9)]
    assert expected[:2] == [article.guid for article in store.selected(selection, 2)]
