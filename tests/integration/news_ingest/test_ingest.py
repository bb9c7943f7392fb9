"""From feeds to the store: nothing twice, nothing lost, nothing half."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from news_ingest.errors import FeedUnreachable
from news_ingest.fetching.http_fetcher import HttpFetcher
from news_ingest.ingest import ingest
from news_ingest.opml import read_opml
from news_ingest.publishing.documents import published_documents
from news_ingest.results import FeedResult
from news_ingest.storing.store import ArticleStore
from news_ingest.values import FeedSpec, FeedState, Retrieved
from tests.integration.news_ingest.fakes import ScriptedFetcher
from tests.integration.news_ingest.feed_server import ETAG, MODIFIED, FeedServer

CONTENT = Path(__file__).parents[3] / "content"
A, B = FeedSpec("a", "a", "Feed A"), FeedSpec("b", "b", "Feed B")
NOW = datetime(2018, 4, 5, tzinfo=UTC)


def feed(*items: tuple[str, str]) -> bytes:
    inner = "".join(f"<item><guid>{guid}</guid><title>{title}</title></item>" for guid, title in items)
    return f"<rss version='2.0'><channel><title>T</title>{inner}</channel></rss>".encode()


def counts(result: FeedResult) -> tuple[int, int, int]:
    return result.new, result.changed, result.unchanged


def titles(store: ArticleStore) -> dict[str, str]:
    return {article.guid: article.title for article in store.articles()}


def test_sample_feeds_come_in_once(store: ArticleStore, fetcher: HttpFetcher) -> None:
    """The project's own samples, from files: all new, then all unchanged, and marked as samples."""
    samples = [spec for spec in read_opml(CONTENT / "feeds.opml") if spec.sample]
    first = ingest(samples, store, fetcher)
    documents = list(published_documents(store))
    again = ingest(samples, store, fetcher)
    assert first.ok and again.ok
    assert first.new == len(documents) > 0
    assert (0, 0, first.new) == (again.new, again.changed, again.unchanged)
    assert documents == list(published_documents(store))
    assert all(document.sample and document.text for document in documents)
    assert {"en", "zh-Hant"} <= {document.language for document in documents}
    assert () == tuple(warning for result in first.results for warning in result.warnings)


def test_edit_is_detected(store: ArticleStore) -> None:
    """Under the same id; first seen stays, updated moves."""
    ingest([A], store, ScriptedFetcher({"a": feed(("1", "Old"), ("2", "Same"))}), now=NOW)
    before = {article.guid: article for article in store.articles()}
    later = NOW.replace(day=6)
    report = ingest([A], store, ScriptedFetcher({"a": feed(("1", "New"), ("2", "Same"), ("3", "More"))}), now=later)
    after = {article.guid: article for article in store.articles()}
    assert (1, 1, 1) == counts(report.results[0])
    assert {"1": "New", "2": "Same", "3": "More"} == titles(store)
    assert (before["1"].id, NOW, later) == (after["1"].id, after["1"].first_seen, after["1"].updated)
    assert before["2"] == after["2"]


def test_what_a_feed_no_longer_lists_stays(store: ArticleStore) -> None:
    """Feeds show only their latest."""
    ingest([A], store, ScriptedFetcher({"a": feed(("1", "One"))}))
    ingest([A], store, ScriptedFetcher({"a": feed(("2", "Two"))}))
    assert {"1": "One", "2": "Two"} == titles(store)


def test_failing_feed_leaves_the_others_stored(store: ArticleStore) -> None:
    """Its own articles of before stay as well, and editors see why it failed."""
    ingest([A, B], store, ScriptedFetcher({"a": feed(("1", "One")), "b": feed(("2", "Two"))}))
    down = FeedUnreachable("a", "no connection", "Check the network")
    progress: list[tuple[str, int, int]] = []
    report = ingest(
        [A, B],
        store,
        ScriptedFetcher({"a": down, "b": feed(("2", "Two"), ("3", "Three"))}),
        lambda result, done, total: progress.append((result.spec.url, done, total)),
    )
    assert [("a", 1, 2), ("b", 2, 2)] == progress
    assert ("failed", "unreachable", str(down)) == (
        report.results[0].status,
        report.results[0].error_kind,
        report.results[0].error,
    )
    assert (1, 0, 1) == counts(report.results[1])
    assert {"1": "One", "2": "Two", "3": "Three"} == titles(store)
    assert [str(down), None] == [health.last_error for health in store.feeds()]
    assert report.ok


def test_success_and_failure_of_a_run(store: ArticleStore) -> None:
    """Feeds out of reach are forgiven if another came in; a feed that is none is not."""
    down = FeedUnreachable("a", "no connection", "Check the network")
    assert not ingest([A], store, ScriptedFetcher({"a": down})).ok
    page = ingest([A, B], store, ScriptedFetcher({"a": b"<html></html>", "b": feed()}))
    assert not page.ok
    assert ["not_a_feed", None] == [result.error_kind for result in page.results]
    assert ingest([], store, ScriptedFetcher({})).ok


def test_recovered_feed_has_no_error(store: ArticleStore) -> None:
    """The last fetch is what counts."""
    ingest([A], store, ScriptedFetcher({"a": FeedUnreachable("a", "down", "Wait")}))
    ingest([A], store, ScriptedFetcher({"a": feed(("1", "One"))}))
    assert [None] == [health.last_error for health in store.feeds()]


def test_crash_leaves_no_half_feed(store: ArticleStore) -> None:
    """A fault in the program is raised; what was there before is there after, feeds done before it are kept."""
    ingest([A, B], store, ScriptedFetcher({"a": feed(("1", "One")), "b": feed(("2", "Two"))}))
    crash = RuntimeError("out of the blue")
    with pytest.raises(RuntimeError, match="out of the blue"):
        ingest([A, B], store, ScriptedFetcher({"a": feed(("1", "One"), ("3", "Three")), "b": crash}))
    assert {"1": "One", "2": "Two", "3": "Three"} == titles(store)


def test_cut_off_feed_is_asked_for_again_in_full(store: ArticleStore) -> None:
    """Its validators are not kept; with the whole feed the rest comes in and nothing looks changed."""
    whole = feed(("1", "One"), ("2", "Two"))
    cut = Retrieved("a", whole[: whole.index(b"Two")], etag='"v1"')
    report = ingest([A], store, ScriptedFetcher({"a": cut}))
    assert (1, 0, 0) == counts(report.results[0])
    assert "end of the feed is missing" in report.results[0].warnings[0]
    assert None is store.state("a").etag
    again = ScriptedFetcher({"a": Retrieved("a", whole, etag='"v1"')})
    assert (1, 0, 1) == counts(ingest([A], store, again).results[0])
    assert [("a", None, None)] == again.asked
    assert '"v1"' == store.state("a").etag


def test_over_http(store: ArticleStore, server: FeedServer, fetcher: HttpFetcher) -> None:
    """A server's validators are kept and sent; its 304 counts as all unchanged."""
    spec = FeedSpec(server.url("/feed"), server.url("/feed"))
    first = ingest([spec], store, fetcher)
    state = store.state(spec.url)
    again = ingest([spec], store, fetcher)
    assert ("taken", (1, 0, 0)) == (first.results[0].status, counts(first.results[0]))
    assert (ETAG, MODIFIED) == (state.etag, state.modified)
    assert ("not_modified", (0, 0, 1)) == (again.results[0].status, counts(again.results[0]))
    again_state = store.state(spec.url)
    assert (state.etag, state.modified, state.known) == (again_state.etag, again_state.modified, again_state.known)


def test_many_feeds_keep_their_order(store: ArticleStore) -> None:
    """Though several are fetched at once."""
    specs = [FeedSpec(f"f{n}", f"f{n}") for n in range(20)]
    report = ingest(specs, store, ScriptedFetcher({f"f{n}": feed((str(n), f"Title {n}")) for n in range(20)}))
    assert specs == [result.spec for result in report.results]
    assert FeedState() != store.state("f19")
    assert 20 == report.new == len(store.articles())
