"""Feeds that are gone, fail or move: asked as seldom as they should be, and brought back when they are well."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from news_ingest.errors import FeedForbidden, FeedUnreachable
from news_ingest.fetching.http_fetcher import HttpFetcher
from news_ingest.ingest import Options, ingest
from news_ingest.results import FeedResult
from news_ingest.storing.store import ArticleStore
from news_ingest.values import FeedSpec, Retrieved
from tests.integration.news_ingest.fakes import ScriptedFetcher
from tests.integration.news_ingest.feed_server import FEED, FeedServer

NOW = datetime(2018, 4, 5, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
WEB = "https://city.example/feed"
SPEC = FeedSpec(WEB, WEB, "City")
DOWN = FeedUnreachable(WEB, "no connection", "Check the network")
ALL = Options(retry=True)


def asked(server: FeedServer, paths: Sequence[str]) -> list[str]:
    """The paths asked for, of those given, since the last time; the server forgets them."""
    found = [path for path, _ in server.seen if path in paths]
    server.seen.clear()
    return found


def test_a_feed_that_is_gone_is_not_asked_again(store: ArticleStore, server: FeedServer, fetcher: HttpFetcher) -> None:
    """But where the editor asks for it; other feeds are no worse off."""
    gone, well = (FeedSpec(server.url(path), server.url(path)) for path in ("/gone", "/feed"))
    first = ingest([gone, well], store, fetcher, now=NOW)
    assert [("failed", "gone"), ("taken", None)] == [(one.status, one.error_kind) for one in first.results]
    assert store.standing(gone.url).retired
    asked(server, ())
    again = ingest([gone, well], store, fetcher, now=NOW + timedelta(days=30))
    assert ["retired", "not_modified"] == [one.status for one in again.results]
    assert again.ok
    assert [] == asked(server, ["/gone"])
    forced = ingest([gone], store, fetcher, options=ALL, now=NOW + timedelta(days=30))
    assert ["gone"] == [one.error_kind for one in forced.results]
    assert ["/gone"] == asked(server, ["/gone"])
    assert store.standing(gone.url).retired


def test_a_feed_that_was_gone_and_is_back(store: ArticleStore) -> None:
    """Asked by an editor, it answers: from then on it is asked as any other."""
    ingest([SPEC], store, ScriptedFetcher({WEB: FEED}), now=NOW)
    store.retire(WEB)
    ingest([SPEC], store, ScriptedFetcher({WEB: FEED}), options=ALL, now=NOW)
    assert ["taken"] == statuses(ingest([SPEC], store, ScriptedFetcher({WEB: FEED}), now=NOW).results)


def test_a_failing_feed_waits(store: ArticleStore) -> None:
    """The next run leaves it alone and says until when; an editor may ask all the same, and time heals."""
    [failed] = ingest([SPEC], store, ScriptedFetcher({WEB: DOWN}), now=NOW).results
    silent = ScriptedFetcher({})
    [waiting] = ingest([SPEC], store, silent, now=NOW + MINUTE).results
    assert ("failed", "waiting", []) == (failed.status, waiting.status, silent.asked)
    assert store.standing(WEB).next_due == waiting.until
    assert waiting.until is not None and NOW + 5 * MINUTE <= waiting.until <= NOW + 8 * MINUTE
    assert ["taken"] == statuses(ingest([SPEC], store, ScriptedFetcher({WEB: FEED}), options=ALL, now=NOW).results)
    assert ["taken"] == statuses(ingest([SPEC], store, ScriptedFetcher({WEB: FEED}), now=NOW).results)


def test_a_failing_feed_is_asked_when_its_time_has_come(store: ArticleStore) -> None:
    ingest([SPEC], store, ScriptedFetcher({WEB: DOWN}), now=NOW)
    later = ingest([SPEC], store, ScriptedFetcher({WEB: FEED}), now=NOW + 8 * MINUTE)
    assert (["taken"], 0) == (statuses(later.results), store.standing(WEB).failures)


def test_a_server_says_how_long(store: ArticleStore, server: FeedServer, fetcher: HttpFetcher) -> None:
    """Two minutes are asked for, five are given; other feeds of the same server are asked as ever."""
    busy, well = (FeedSpec(server.url(path), server.url(path)) for path in ("/busy", "/feed"))
    ingest([busy, well], store, fetcher, now=NOW)
    asked(server, ())
    again = ingest([busy, well], store, fetcher, now=NOW + MINUTE)
    assert ["waiting", "not_modified"] == statuses(again.results)
    assert NOW + 5 * MINUTE == again.results[0].until
    assert ["/feed"] == asked(server, ["/busy", "/feed"])


def test_a_file_that_failed_is_read_at_once(store: ArticleStore) -> None:
    """No server is bothered by that, and an editor who has put it right waits for nothing."""
    spec = FeedSpec("news.xml", "/feeds/news.xml")
    ingest([spec], store, ScriptedFetcher({"/feeds/news.xml": b"<html></html>"}), now=NOW)
    again = ingest([spec], store, ScriptedFetcher({"/feeds/news.xml": FEED}), now=NOW)
    assert ["taken"] == statuses(again.results)


def test_only_due_feeds_are_asked_where_that_is_wanted(store: ArticleStore) -> None:
    """The others are not in the report; a feed never seen is due, and so is one whose times a wrong clock has set."""
    due = Options(due_only=True)
    other = FeedSpec("https://other.example/", "https://other.example/")
    ingest([SPEC], store, ScriptedFetcher({WEB: FEED}), now=NOW)
    report = ingest([SPEC, other], store, ScriptedFetcher({other.url: FEED}), options=due, now=NOW + MINUTE)
    assert [other] == [one.spec for one in report.results]
    back = ingest([SPEC], store, ScriptedFetcher({WEB: FEED}), options=due, now=NOW - timedelta(days=400))
    assert ["taken"] == statuses(back.results)
    assert () == ingest([SPEC], store, ScriptedFetcher({}), options=due, now=NOW - timedelta(days=400)).results


def test_progress_counts_the_due_feeds_alone(store: ArticleStore) -> None:
    """Of a list of two hundred, three may be due: they are told of as one, two, three of three."""
    rested = [FeedSpec(f"https://{n}.example/", f"https://{n}.example/") for n in range(3)]
    ingest(rested, store, ScriptedFetcher({spec.url: FEED for spec in rested}), now=NOW)
    told: list[tuple[int, int]] = []
    due = Options(due_only=True)
    fetcher = ScriptedFetcher({WEB: FEED})
    ingest([*rested, SPEC], store, fetcher, lambda _, *counts: told.append(counts), options=due, now=NOW + MINUTE)
    assert [(1, 1)] == told


def test_two_agreeing_redirects_move_a_feed(store: ArticleStore, server: FeedServer, fetcher: HttpFetcher) -> None:
    """The new address is named once; the articles keep their ids, and the old address is asked no more."""
    spec = FeedSpec(server.url("/moved"), server.url("/moved"))
    first = ingest([spec], store, fetcher, now=NOW)
    ids = [article.id for article in store.articles()]
    assert (["taken"], ()) == (statuses(first.results), first.results[0].warnings)
    assert None is store.standing(spec.url).location
    asked(server, ())
    second = ingest([spec], store, fetcher, now=NOW)
    assert server.url("/feed") == store.standing(spec.url).location
    assert ["/moved", "/feed"] == asked(server, ["/moved", "/feed"])
    assert "not_modified" == second.results[0].status
    third = ingest([spec], store, fetcher, now=NOW)
    assert (["/feed"], ()) == (asked(server, ["/moved", "/feed"]), third.results[0].warnings)
    assert ids == [article.id for article in store.articles()]


def test_who_reads_a_moved_feed_is_told(store: ArticleStore) -> None:
    """In the round in which it was believed, with what to do."""
    moved = ScriptedFetcher({WEB: Retrieved(WEB, FEED, moved_to="https://new.example/feed")})
    ingest([SPEC], store, moved, now=NOW)
    [result] = ingest([SPEC], store, moved, now=NOW).results
    [warning] = result.warnings
    assert "https://new.example/feed" in warning and "the list may stay as it is" in warning


def test_a_feed_without_news_tells_that_it_has_moved(
    store: ArticleStore, server: FeedServer, fetcher: HttpFetcher
) -> None:
    """The second of the agreeing answers is a 304 as a rule."""
    spec = FeedSpec(server.url("/moved"), server.url("/moved"))
    ingest([spec], store, fetcher, now=NOW)
    [result] = ingest([spec], store, fetcher, now=NOW).results
    assert ("not_modified", [True]) == (result.status, [server.url("/feed") in one for one in result.warnings])


def test_redirects_to_two_places_move_nothing(store: ArticleStore) -> None:
    for place in ("https://one.example/", "https://two.example/"):
        ingest([SPEC], store, ScriptedFetcher({WEB: Retrieved(WEB, FEED, moved_to=place)}), now=NOW)
    assert None is store.standing(WEB).location


def test_a_feed_of_a_private_network_fails_by_itself(store: ArticleStore) -> None:
    """Nor is it forgiven as one out of reach would be."""
    forbidden = FeedForbidden(WEB, "the address leads into a private network", "Allow it")
    report = ingest([SPEC], store, ScriptedFetcher({WEB: forbidden}), now=NOW)
    assert (False, "forbidden") == (report.ok, report.results[0].error_kind)


def statuses(results: Sequence[FeedResult]) -> list[str]:
    return [result.status for result in results]
