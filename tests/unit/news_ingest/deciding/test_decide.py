"""The decider: what is new, changed, unchanged, gone or back, from what is known and parsed entries alone."""

import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news_ingest.deciding.decide import Decision, content_digest, decide
from news_ingest.values import KnownArticle, ParsedEntry

ENTRY = ParsedEntry("g1", "https://city.example/1", "Title", "Text", "en", datetime(2018, 4, 3, tzinfo=UTC))
OTHER = replace(ENTRY, guid="g2", url="https://city.example/2", title="Other")
DIGEST = content_digest(ENTRY)


def known(*entries: ParsedEntry, listed: bool = True) -> dict[str, KnownArticle]:
    """What the store knows once it has taken these in."""
    return {
        one.guid: KnownArticle(one.guid, content_digest(one), one.url, one.title, one.published, listed)
        for one in entries
    }


def heaps(decision: Decision) -> tuple[str, ...]:
    """new, changed, unchanged, gone, relisted: their guids."""
    entries = (decision.new, decision.changed, decision.unchanged)
    return (
        *(" ".join(one.guid for one in heap) for heap in entries),
        *map(" ".join, (decision.gone, decision.relisted)),
    )


EDITED = replace(ENTRY, text="Text, put right")
OLD = replace(
    ENTRY, guid="old", url="https://city.example/old", title="Old", published=datetime(2018, 1, 1, tzinfo=UTC)
)


@pytest.mark.parametrize(
    ("stored", "entries", "whole", "expected"),
    [
        ({}, [], True, ("", "", "", "", "")),
        ({}, [ENTRY], True, ("g1", "", "", "", "")),
        ({}, [ENTRY], False, ("g1", "", "", "", "")),
        ({}, [OTHER, ENTRY], True, ("g2 g1", "", "", "", "")),
        (known(ENTRY), [ENTRY], True, ("", "", "g1", "", "")),
        (known(ENTRY), [ENTRY], False, ("", "", "g1", "", "")),
        (known(ENTRY), [EDITED], True, ("", "g1", "", "", "")),
        (known(ENTRY), [EDITED], False, ("", "g1", "", "", "")),
        (known(ENTRY), [ENTRY, OTHER], True, ("g2", "", "g1", "", "")),
        (known(EDITED, OTHER), [OTHER, ENTRY], True, ("", "g1", "g2", "", "")),
        (known(ENTRY, OLD), [ENTRY], True, ("", "", "g1", "old", "")),
        (known(OLD, ENTRY), [OTHER], True, ("g2", "", "", "old g1", "")),
        (known(ENTRY, OLD), [ENTRY], False, ("", "", "g1", "", "")),
        (known(ENTRY, OLD), [], True, ("", "", "", "", "")),
        (known(ENTRY, OLD), [], False, ("", "", "", "", "")),
        (known(ENTRY) | known(OLD, listed=False), [ENTRY], True, ("", "", "g1", "", "")),
        (known(ENTRY) | known(OLD, listed=False), [ENTRY, OLD], True, ("", "", "g1 old", "", "old")),
        (known(ENTRY) | known(OLD, listed=False), [OLD], True, ("", "", "old", "g1", "old")),
        (known(ENTRY) | known(OLD, listed=False), [OLD], False, ("", "", "old", "", "old")),
        (known(ENTRY, listed=False), [EDITED], True, ("", "g1", "", "", "g1")),
    ],
)
def test_decision(
    stored: Mapping[str, KnownArticle],
    entries: list[ParsedEntry],
    whole: bool,
    expected: tuple[str, ...],
) -> None:
    """Each entry lands in one heap, in the feed's order; only a whole feed with entries says that one is gone."""
    assert expected == heaps(decide(stored, entries, whole=whole))


@pytest.mark.parametrize(
    "edited",
    [
        replace(ENTRY, title="Title!"),
        replace(ENTRY, title="title"),
        replace(ENTRY, text="Text, corrected"),
        replace(ENTRY, text="Te xt"),
        replace(ENTRY, url="https://city.example/2"),
        replace(ENTRY, url="http://city.example/1"),
        replace(ENTRY, url=""),
        replace(ENTRY, published=datetime(2018, 4, 4, tzinfo=UTC)),
        replace(ENTRY, published=None),
        replace(ENTRY, language="pl"),
        replace(ENTRY, title="Tit", text="leText"),
        replace(ENTRY, title="Title Text", text=""),
    ],
)
def test_every_visible_edit_changes_the_digest(edited: ParsedEntry) -> None:
    """A correction must not be lost, nor a language that was put right."""
    assert content_digest(edited) != DIGEST
    assert ("", "g1", "", "", "") == heaps(decide(known(ENTRY), [edited], whole=True))


LONG = replace(ENTRY, title="Café opens", text="一段話。\n第二段，café。\nLast line")


@pytest.mark.parametrize(
    "same",
    [
        replace(LONG, guid="else"),
        replace(LONG, made_up=True),
        replace(LONG, stub=True),
        replace(LONG, text="一段話。第二段，café。 Last line"),
        replace(LONG, text=" 一段話。\r\n\n第二段，café。\u3000Last\tline "),
        replace(LONG, text="一段話。 第二段，café。\nLast\u00a0line"),
        replace(LONG, title=unicodedata.normalize("NFD", LONG.title)),
        replace(LONG, title="Café  opens"),
        replace(LONG, url="https://CITY.example/1?utm_source=rss#top"),
        replace(LONG, published=datetime(2018, 4, 3, tzinfo=UTC)),
    ],
)
def test_the_same_words_are_the_same_content(same: ParsedEntry) -> None:
    """Lines broken, accents encoded or links tracked in another way are nothing to tell readers."""
    assert content_digest(LONG) == content_digest(same)
    assert 64 == len(content_digest(same))


def test_colliding_guids() -> None:
    """The first entry of a guid counts; one that says something else is told, an exact repetition is not."""
    twin = replace(OTHER, guid="g1")
    decision = decide({}, [ENTRY, twin, ENTRY, OTHER], whole=True)
    assert ("g1 g2", "", "", "", "") == heaps(decision)
    assert (twin,) == decision.colliding


_GUIDS = st.sampled_from("abcdef")


def _entry(guid: str) -> ParsedEntry:
    return replace(ENTRY, guid=guid, url=f"https://city.example/{guid}", title=f"About {guid}")


@given(st.lists(_GUIDS), st.dictionaries(_GUIDS, st.tuples(st.booleans(), st.booleans())), st.booleans())
def test_heaps_are_a_partition(guids: list[str], stored: dict[str, tuple[bool, bool]], whole: bool) -> None:
    """No entry is lost, none is in two heaps, and what is there is never gone."""
    articles: dict[str, KnownArticle] = {}
    for guid, (same, listed) in stored.items():
        articles |= known(_entry(guid) if same else replace(_entry(guid), text="Else"), listed=listed)
    decision = decide(articles, [_entry(guid) for guid in guids], whole=whole)
    new, changed, unchanged = (
        [one.guid for one in heap] for heap in (decision.new, decision.changed, decision.unchanged)
    )
    assert sorted(set(guids)) == sorted(new + changed + unchanged)
    assert set(guids) - set(stored) == set(new)
    assert {guid for guid in guids if guid in stored and not stored[guid][0]} == set(changed)
    was_listed = {guid for guid, (_, listed) in stored.items() if listed}
    assert (was_listed - set(guids) if whole and guids else set()) == set(decision.gone)
    assert (set(stored) - was_listed) & set(guids) == set(decision.relisted)
    assert () == decision.renamed


@given(st.sets(_GUIDS, min_size=1), st.booleans())
def test_a_second_time_nothing_is_new(guids: set[str], whole: bool) -> None:
    """What was taken in is known."""
    entries = [_entry(guid) for guid in sorted(guids)]
    assert Decision(unchanged=tuple(entries)) == decide(known(*entries), entries, whole=whole)


def test_zone_of_a_date_is_no_content() -> None:
    """The store gives dates back in UTC; the same instant in another zone is the same."""
    taipei = timezone(timedelta(hours=8))
    assert DIGEST == content_digest(replace(ENTRY, published=datetime(2018, 4, 3, 8, tzinfo=taipei)))
