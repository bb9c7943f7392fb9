"""Language, subjects and story of what came in, on a real database: each article once, and all of them in the end."""

import zlib
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from news_ingest import stories
from news_ingest.deciding.decide import Decision
from news_ingest.deciding.stories import Similarity, Vectors
from news_ingest.publishing.documents import published_documents
from news_ingest.stories import place
from news_ingest.storing.store import ArticleStore
from news_ingest.values import FeedSpec, ParsedEntry, ParsedFeed, StoredArticle

NOW = datetime(2018, 4, 5, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
BRIDGE = (
    "河濱自行車道的新橋在四月二十八日開放通行，全長三百二十公尺，橋面寬四公尺，行人與自行車分道。"
    "市府說，過去要繞行兩公里的居民，今後走路五分鐘就能到對岸的公園。"
)
MARKET = (
    "老市場整修十四個月後重新開幕，一樓有九十六個攤位，二樓是共用廚房和兒童閱讀角。"
    "第一週每天上午都有攤商帶大家認識當季蔬菜，免費參加，不必報名。"
)
LANTERNS = "The lantern festival opens on 2018-02-23 with 120 lanterns made by pupils of 14 schools of the old town."
LANTERNS_ZH = "燈會2018-02-23開幕，老城區14所學校的學生做了120盞花燈，沿著護城河一路展出到月底，每晚都有導覽。"

# Goes once the store keeps the story of an article that is alone in it.


class Meaning(Similarity):
    """All about lanterns means the same, anything else only itself. Fails at one of its calls."""

    def __init__(self, fails_at: int | None = None) -> None:
        self.calls, self.fails_at = 0, fails_at

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """See the port."""
        self.calls += 1
        if self.calls == self.fails_at:
            raise RuntimeError("no memory left")
        found = np.zeros((len(texts), 4096), np.float32)
        for row, text in enumerate(texts):
            about = 0 if "lantern" in text or "燈會" in text else 1 + zlib.crc32(text.encode()) % 4095
            found[row, about] = 1
        return found


def no_tags(article: StoredArticle) -> tuple[str, ...]:
    return ()


def entry(
    guid: str, title: str, text: str, *, language: str = "zh-Hant", published: datetime = NOW, url: str = ""
) -> ParsedEntry:
    return ParsedEntry(guid, url or f"https://city.example/{guid}", title, text, language, published)


def save(store: ArticleStore, feed: str, *entries: ParsedEntry, changed: bool = False) -> None:
    decision = Decision(changed=entries) if changed else Decision(new=entries)
    store.save(FeedSpec(feed, feed), ParsedFeed(feed, None, ()), decision, now=NOW)


def by_guid(store: ArticleStore) -> dict[str, StoredArticle]:
    return {article.guid: article for article in store.articles()}


def shown(store: ArticleStore) -> set[str]:
    return {document.id.removeprefix("news:") for document in published_documents(store)}


def test_language_and_tags(store: ArticleStore) -> None:
    """A Chinese feed that calls itself English is put right, before its subjects are looked for."""
    save(store, "a", entry("1", "新橋開放通行", BRIDGE, language="en"))
    save(store, "b", entry("2", "Open house", "Come in.", language="en"))
    place(store, lambda article: ("parks", article.language))
    found = {guid: (article.language, article.tags) for guid, article in by_guid(store).items()}
    assert {"1": ("zh-Hant", ("parks", "zh-Hant")), "2": ("en", ("en", "parks"))} == found


def test_the_same_article_in_two_feeds(store: ArticleStore) -> None:
    """The later one repeats the earlier and is neither indexed nor shown as the latest."""
    save(store, "a", entry("1", "新橋開放通行", BRIDGE), entry("3", "市場重新開幕", MARKET))
    save(store, "b", entry("2", "新橋開放通行", BRIDGE, published=NOW + HOUR, url="https://paper.example/x"))
    assert 3 == place(store, no_tags)
    found = by_guid(store)
    assert found["1"].story == found["2"].story == found["1"].id != found["3"].story
    assert {found["1"].id, found["3"].id} == shown(store)
    assert {"1", "3"} == {article.guid for article in store.latest("zh-Hant")}
    assert (found["2"].id,) == store.pending().drop


def test_a_repetition_that_comes_in_another_round(store: ArticleStore) -> None:
    """It is held against what was placed before; and where it is the earlier one, it takes the other's place."""
    save(store, "a", entry("1", "新橋開放通行", BRIDGE))
    place(store, no_tags)
    save(store, "b", entry("2", "新橋開放通行", BRIDGE, published=NOW + HOUR))
    place(store, no_tags)
    assert {by_guid(store)["1"].id} == shown(store)
    save(store, "c", entry("0", "新橋開放通行", BRIDGE, published=NOW - HOUR))
    place(store, no_tags)
    found = by_guid(store)
    assert {found["0"].id} == shown(store) == {article.story for article in found.values()}


def test_a_story_in_two_languages_stays_two_documents(store: ArticleStore) -> None:
    """A reader gets his own."""
    save(store, "a", entry("1", "Lanterns", LANTERNS, language="en"))
    save(store, "b", entry("2", "燈會開幕", LANTERNS_ZH, published=NOW + HOUR))
    save(store, "c", entry("3", "市場重新開幕", MARKET))
    place(store, no_tags, Meaning())
    found = by_guid(store)
    assert found["1"].story == found["2"].story != found["3"].story
    assert {article.id for article in found.values()} == shown(store)


def test_a_changed_article_is_placed_anew(store: ArticleStore) -> None:
    """It leaves its story where it tells another now."""
    save(store, "a", entry("1", "新橋開放通行", BRIDGE))
    save(store, "b", entry("2", "新橋開放通行", BRIDGE, published=NOW + HOUR))
    place(store, no_tags)
    save(store, "b", entry("2", "市場重新開幕", MARKET, published=NOW + HOUR), changed=True)
    place(store, no_tags)
    found = by_guid(store)
    assert found["1"].story != found["2"].story
    assert {found["1"].id, found["2"].id} == shown(store)


@pytest.mark.parametrize("at_once", [500, 1])
def test_what_repeated_an_article_that_has_changed(
    store: ArticleStore, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    """It is shown again, since nothing else says it any more."""
    monkeypatch.setattr(stories, "_AT_ONCE", at_once)
    save(store, "a", entry("1", "新橋開放通行", BRIDGE))
    save(store, "b", entry("2", "新橋開放通行", BRIDGE, published=NOW + HOUR))
    place(store, no_tags)
    save(store, "a", entry("1", "市場重新開幕", MARKET), changed=True)
    place(store, no_tags)
    found = by_guid(store)
    assert {"1": found["1"].id, "2": found["2"].id} == {guid: article.story for guid, article in found.items()}
    assert {found["1"].id, found["2"].id} == shown(store)


def test_what_repeated_an_article_of_a_story_that_began_in_another_language(store: ArticleStore) -> None:
    """The same, where the one that changed was not the story's first."""
    save(store, "a", entry("1", "Lanterns", LANTERNS, language="en"))
    save(store, "b", entry("2", "燈會開幕", LANTERNS_ZH, published=NOW + HOUR))
    save(store, "c", entry("3", "燈會開幕", LANTERNS_ZH, published=NOW + 2 * HOUR))
    place(store, no_tags, Meaning())
    found = by_guid(store)
    assert {found["1"].id, found["2"].id} == shown(store)
    save(store, "b", entry("2", "市場重新開幕", MARKET, published=NOW + HOUR), changed=True)
    place(store, no_tags, Meaning())
    assert {article.id for article in found.values()} == shown(store)


def test_ended_half_way(store: ArticleStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was placed stays so, the rest is done the next time."""
    monkeypatch.setattr(stories, "_AT_ONCE", 2)
    notices = [
        entry(
            str(number), f"Notice {number}", f"Gate {number} is shut.", language="en", published=NOW + number * 9 * DAY
        )
        for number in range(5)
    ]
    save(store, "a", *notices)
    with pytest.raises(RuntimeError, match="no memory left"):
        place(store, no_tags, Meaning(fails_at=2))
    assert 3 == len(store.unplaced())
    assert 3 == place(store, no_tags, Meaning())
    assert [] == store.unplaced()


def test_ended_before_repetitions_were_noted(store: ArticleStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """An article has its story last: nothing that repeats another is taken for done."""
    save(store, "a", entry("1", "新橋開放通行", BRIDGE))
    save(store, "b", entry("2", "新橋開放通行", BRIDGE, published=NOW + HOUR))
    with monkeypatch.context() as patch:
        patch.setattr(stories, "repetitions", _killed)
        with pytest.raises(RuntimeError, match="killed"):
            place(store, no_tags)
    assert 2 == place(store, no_tags)
    assert {by_guid(store)["1"].id} == shown(store)


def test_a_second_call_does_nothing(store: ArticleStore) -> None:
    """Nor is it news for the index that an article is alone."""
    save(store, "a", entry("1", "新橋開放通行", BRIDGE), entry("3", "市場重新開幕", MARKET))
    save(store, "b", entry("2", "新橋開放通行", BRIDGE, published=NOW + HOUR))
    assert 3 == place(store, no_tags)
    assert [] == store.unplaced()
    store.drained(store.pending().mark)
    assert 0 == place(store, no_tags, Meaning(fails_at=1))
    assert not store.pending()


def _killed(articles: Sequence[StoredArticle]) -> dict[str, str | None]:
    raise RuntimeError("killed")
