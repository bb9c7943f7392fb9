"""Guids that changed: an article that surely is the same one is no new one, and whatever is unsure is new."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news_ingest.deciding.decide import content_digest, decide
from news_ingest.values import KnownArticle, ParsedEntry

NOON = datetime(2018, 4, 3, 4, tzinfo=UTC)
SITE = "https://city.example"
BRIDGE = ParsedEntry("a", f"{SITE}/1", "大稻埕碼頭延長開放", "週末起開放至晚間十點。", "zh-Hant", NOON)
MARKET = ParsedEntry("b", f"{SITE}/2", "濱江市場重新開幕", "攤商已全數進駐。", "zh-Hant", NOON + timedelta(hours=3))
# The same story under a guid not seen before.
AGAIN = replace(BRIDGE, guid="x")
ELSEWHERE = replace(AGAIN, url=f"{SITE}/moved/1")
MADE_UP = replace(AGAIN, made_up=True, url=f"{SITE}/news")
UNTITLED = replace(AGAIN, title="碼頭開放時間更正")


def known(*entries: ParsedEntry, listed: bool = True) -> dict[str, KnownArticle]:
    """What the store knows once it has taken these in."""
    return {
        one.guid: KnownArticle(one.guid, content_digest(one), one.url, one.title, one.published, listed)
        for one in entries
    }


@pytest.mark.parametrize(
    ("stored", "entries", "expected"),
    [
        # By address.
        (known(BRIDGE), [AGAIN], "a>x"),
        (known(BRIDGE), [UNTITLED], "a>x"),
        (known(BRIDGE), [replace(UNTITLED, published=None)], "a>x"),
        (known(BRIDGE), [replace(UNTITLED, url=f"{SITE}/1?utm_source=rss#top")], "a>x"),
        (known(BRIDGE), [replace(UNTITLED, url="HTTP://city.example:80/1")], "a>x"),
        (known(BRIDGE), [replace(UNTITLED, published=NOON + timedelta(hours=8))], "a>x"),
        (known(BRIDGE), [replace(AGAIN, published=NOON + timedelta(days=30))], "a>x"),
        (known(BRIDGE, MARKET), [AGAIN, MARKET], "a>x"),
        (known(BRIDGE, MARKET), [replace(MARKET, guid="y"), AGAIN], "b>y a>x"),
        (known(BRIDGE, listed=False), [AGAIN], "a>x"),
        (known(BRIDGE) | known(replace(BRIDGE, guid="older"), listed=False), [AGAIN], "a>x"),
        # By title and instant.
        (known(BRIDGE), [ELSEWHERE], "a>x"),
        (known(BRIDGE), [replace(ELSEWHERE, url="")], "a>x"),
        (known(BRIDGE), [replace(ELSEWHERE, text="週末起開放至晚間十一點。")], "a>x"),
        (known(replace(BRIDGE, url=f"{SITE}/")), [replace(AGAIN, url=f"{SITE}/")], "a>x"),
        # A made-up guid, whose entry has no address of its own and no date that is sure.
        (known(BRIDGE), [MADE_UP], "a>x"),
        (known(BRIDGE), [replace(MADE_UP, published=NOON + timedelta(hours=8))], "a>x"),
        (known(BRIDGE), [replace(MADE_UP, published=None)], "a>x"),
        (known(replace(BRIDGE, published=None)), [MADE_UP], "a>x"),
        (known(replace(BRIDGE, url=f"{SITE}/news")), [replace(MADE_UP, published=None)], "a>x"),
        # The old guid is still there: these are two.
        (known(BRIDGE), [BRIDGE, AGAIN], ""),
        (known(BRIDGE), [replace(BRIDGE, title="Else"), ELSEWHERE], ""),
        # The address is no name: two entries or two articles have it, or it is a front page.
        (known(BRIDGE), [UNTITLED, replace(MARKET, url=f"{SITE}/1")], ""),
        (known(BRIDGE, replace(MARKET, url=f"{SITE}/1")), [UNTITLED], ""),
        (known(BRIDGE, replace(MARKET, url=f"{SITE}/1")), [UNTITLED, replace(MARKET, url=f"{SITE}/1")], ""),
        (known(BRIDGE, replace(BRIDGE, guid="b"), listed=False), [AGAIN], ""),
        (known(replace(BRIDGE, url=f"{SITE}/")), [replace(UNTITLED, url=f"{SITE}/")], ""),
        (known(replace(BRIDGE, url="")), [replace(UNTITLED, url="")], ""),
        # Another title and another day: the page of today's alert, and yesterday's is no earlier version of it.
        (known(BRIDGE), [replace(UNTITLED, published=NOON + timedelta(days=1))], ""),
        # Title or instant alone are not enough.
        (known(BRIDGE), [replace(ELSEWHERE, published=NOON + timedelta(seconds=1))], ""),
        (known(BRIDGE), [replace(ELSEWHERE, published=None)], ""),
        (known(replace(BRIDGE, published=None)), [replace(ELSEWHERE, published=None)], ""),
        (known(BRIDGE), [replace(ELSEWHERE, title="Else")], ""),
        (known(BRIDGE), [ELSEWHERE, replace(ELSEWHERE, guid="y", url=f"{SITE}/y")], ""),
        (known(BRIDGE, replace(BRIDGE, guid="b", url=f"{SITE}/2")), [ELSEWHERE], ""),
        # A daily notice has yesterday's title; and the page of the feed is nobody's address.
        (known(BRIDGE), [replace(MADE_UP, published=NOON + timedelta(days=1))], ""),
        (known(replace(BRIDGE, url=f"{SITE}/news")), [replace(MADE_UP, title="Else")], ""),
        (known(BRIDGE), [MADE_UP, replace(MADE_UP, guid="y", published=None)], "a>x"),
        (known(BRIDGE), [replace(MADE_UP, published=None), replace(MADE_UP, guid="y", published=None)], ""),
        ({}, [AGAIN], ""),
        (known(MARKET), [AGAIN], ""),
    ],
)
def test_renamed(stored: dict[str, KnownArticle], entries: list[ParsedEntry], expected: str) -> None:
    """Old guid > new guid of what is surely the same; every other unknown entry is new, and no renamed one is gone."""
    decision = decide(stored, entries, whole=True)
    assert expected == " ".join(f"{old}>{entry.guid}" for old, entry in decision.renamed)
    renamed = {entry.guid for _, entry in decision.renamed}
    assert [one.guid for one in entries if one.guid not in stored | dict.fromkeys(renamed)] == [
        one.guid for one in decision.new
    ]
    assert not {old for old, _ in decision.renamed} & set(decision.gone)


@pytest.mark.parametrize("entry", [AGAIN, ELSEWHERE, MADE_UP])
def test_of_a_part_nothing_is_sure(entry: ParsedEntry) -> None:
    """The old guid may be in the part that is missing."""
    assert ((), (entry,)) == (
        decide(known(BRIDGE), [entry], whole=False).renamed,
        decide(known(BRIDGE), [entry], whole=False).new,
    )


_ARTICLES = st.lists(
    st.builds(
        ParsedEntry,
        guid=st.sampled_from("abcdefgh"),
        url=st.sampled_from(["", f"{SITE}/", f"{SITE}/1", f"{SITE}/2", "http://city.example/1"]),
        title=st.sampled_from(["One", "Two", "Three"]),
        text=st.sampled_from(["x", "y"]),
        language=st.just("en"),
        published=st.sampled_from([None, NOON, NOON + timedelta(days=2)]),
        made_up=st.booleans(),
    ),
    max_size=6,
    unique_by=lambda one: one.guid,
)


@given(_ARTICLES, _ARTICLES, st.booleans(), st.booleans())
def test_no_entry_is_lost_and_no_article_is_taken_twice(
    before: list[ParsedEntry], entries: list[ParsedEntry], listed: bool, whole: bool
) -> None:
    """Whatever resembles what: each entry is in one heap, and each article becomes one entry at most."""
    stored = known(*before, listed=listed)
    decision = decide(stored, entries, whole=whole)
    kept = [one.guid for heap in (decision.new, decision.changed, decision.unchanged) for one in heap]
    olds = [old for old, _ in decision.renamed]
    assert sorted(one.guid for one in entries) == sorted([*kept, *(entry.guid for _, entry in decision.renamed)])
    assert len(set(olds)) == len(olds)
    assert set(olds) <= set(stored) - {one.guid for one in entries}
    assert not set(olds) & set(decision.gone)
