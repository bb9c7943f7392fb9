"""Which articles of a story repeat another."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from news_ingest.stories import repetitions, when
from news_ingest.values import StoredArticle

NOW = datetime(2018, 4, 5, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
ONE = StoredArticle("1", "a", "A", "g", "", "Title", "Text", "en", NOW, NOW, NOW, False, story="s")


def test_the_earliest_of_a_language_counts() -> None:
    """Whatever the order in which they are given."""
    later = replace(ONE, id="2", feed_url="b", published=NOW + HOUR)
    chinese = replace(ONE, id="3", feed_url="c", language="zh-Hant", published=NOW + 2 * HOUR)
    expected = {"1": None, "2": "1", "3": None}
    assert expected == repetitions([later, chinese, ONE]) == repetitions([ONE, later, chinese])


def test_an_undated_one_counts_from_when_it_was_seen() -> None:
    undated = replace(ONE, id="2", feed_url="b", published=None, first_seen=NOW - HOUR)
    assert NOW - HOUR == when(undated)
    assert {"1": "2", "2": None} == repetitions([ONE, undated])


def test_at_the_same_instant_the_id_tells() -> None:
    """The same on every machine."""
    assert {"1": None, "2": "1"} == repetitions([replace(ONE, id="2", feed_url="b"), ONE])


def test_articles_of_one_feed_do_not_repeat_each_other() -> None:
    assert {"1": None, "2": None} == repetitions([ONE, replace(ONE, id="2", published=NOW + HOUR)])


def test_stories_are_apart() -> None:
    assert {"1": None, "2": None} == repetitions([ONE, replace(ONE, id="2", feed_url="b", story="another")])
    assert {} == repetitions([])
