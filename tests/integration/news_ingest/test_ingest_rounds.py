"""What a round tells, in which order, and how it ends early; pages read in place of openings."""

import asyncio
from datetime import UTC, datetime
from itertools import pairwise

from news_ingest.errors import FeedUnreachable
from news_ingest.full_texts import PAGES_AT_ONCE
from news_ingest.ingest import ingest, take_in
from news_ingest.results import FeedResult
from news_ingest.storing.store import ArticleStore
from news_ingest.values import FeedSpec, NotModified, Retrieved
from tests.integration.news_ingest.fakes import ScriptedFetcher

NOW = datetime(2018, 4, 5, tzinfo=UTC)
A = FeedSpec("a", "a", "Feed A")
PAGED = FeedSpec("p", "p", "Feed P", full_text=True)
PAGE_URL = "https://city.example/news/bridge"
OPENING = "The new bridge for bicycles opens on Saturday … Read more"
STORY = (
    "The new bridge for bicycles opens on Saturday morning at ten, after two years of work. It is 320 metres long and "
    "four metres wide, with a lane for people on foot. Until now the way around took half an hour. A ferry goes on "
    "running on weekends until the end of the year, and the old landing place becomes a small park."
)
PAGE = (
    "<html><head><title>The bridge</title></head><body><nav><a href='/'>Home</a></nav><article><h1>The bridge</h1>"
    f"<p>{STORY}</p><p>{STORY.replace('bridge', 'crossing')}</p></article><footer>Contact</footer></body></html>"
).encode()


def feed(*items: tuple[str, str]) -> bytes:
    inner = "".join(f"<item><guid>{guid}</guid><title>{title}</title></item>" for guid, title in items)
    return f"<rss version='2.0'><channel><title>T</title>{inner}</channel></rss>".encode()


def opening(text: str = OPENING, link: str = PAGE_URL) -> bytes:
    item = f"<item><guid>b</guid><title>The bridge</title><link>{link}</link><description>{text}</description></item>"
    return f"<rss version='2.0'><channel><title>T</title><language>en</language>{item}</channel></rss>".encode()


def page() -> Retrieved:
    return Retrieved(PAGE_URL, PAGE, content_type="text/html; charset=utf-8")


def counts(result: FeedResult) -> tuple[int, int, int, int]:
    return result.new, result.changed, result.unchanged, result.gone


def test_gone_and_listed_again(store: ArticleStore) -> None:
    """Told once when it goes; it is kept, and neither new nor changed when it is back."""
    both, one = feed(("1", "One"), ("2", "Two")), feed(("1", "One"))
    told = []
    for body in (both, one, one, both, one):
        report = ingest([A], store, ScriptedFetcher({"a": body}), now=NOW)
        told.append(counts(report.results[0]))
        assert report.gone == report.results[0].gone
    assert [(2, 0, 0, 0), (0, 0, 1, 1), (0, 0, 1, 0), (0, 0, 2, 0), (0, 0, 1, 1)] == told
    assert {"1", "2"} == {article.guid for article in store.articles()}
    assert {"1": True, "2": False} == {guid: known.listed for guid, known in store.state("a").known.items()}


def test_a_feed_that_comes_empty_has_lost_nothing(store: ArticleStore) -> None:
    """It happens while a site is rebuilt."""
    ingest([A], store, ScriptedFetcher({"a": feed(("1", "One"))}), now=NOW)
    report = ingest([A], store, ScriptedFetcher({"a": feed()}), now=NOW)
    assert (0, 0, 0, 0) == counts(report.results[0])


def test_the_report_is_in_the_order_of_the_list(store: ArticleStore) -> None:
    """Progress comes as they come."""
    specs = [FeedSpec(f"f{number}", f"f{number}") for number in range(6)]
    slow = Slow({spec.url: feed((spec.url, f"Title of {spec.url}")) for spec in specs}, specs)
    came: list[tuple[str, int, int]] = []
    report = ingest(specs, store, slow, lambda result, done, total: came.append((result.spec.url, done, total)))
    assert specs == [result.spec for result in report.results]
    assert [(f"f{5 - number}", number + 1, 6) for number in range(6)] == came


async def test_a_stop_between_two_feeds(store: ArticleStore) -> None:
    """Those under way are finished and stored, no other is begun, and only they are in the report."""
    specs = [FeedSpec(f"f{number}", f"f{number}") for number in range(40)]
    stop = asyncio.Event()
    fetcher = ScriptedFetcher({spec.url: feed((spec.url, f"Title of {spec.url}")) for spec in specs})
    report = await take_in(specs, store, fetcher, lambda *_: stop.set(), stop=stop)
    reported = [result.spec.url for result in report.results]
    assert 0 < len(reported) < len(specs)
    assert set(reported) == {location for location, _, _ in fetcher.asked}
    assert set(reported) == {article.feed_url for article in store.articles()}


async def test_stopped_before_it_began(store: ArticleStore) -> None:
    stop = asyncio.Event()
    stop.set()
    fetcher = ScriptedFetcher({})
    assert (() == (await take_in([A], store, fetcher, stop=stop)).results) and [] == fetcher.asked


def test_feeds_without_news_are_noted_though_the_round_fails(store: ArticleStore) -> None:
    """They are written down together at the end; a fault in the program must not lose them."""
    still = ScriptedFetcher({"a": NotModified("a"), "b": RuntimeError("out of the blue")})
    ingest([A], store, ScriptedFetcher({"a": feed(("1", "One"))}), now=NOW)
    later = NOW.replace(day=6)
    try:
        ingest([A, FeedSpec("b", "b")], store, still, now=later)
    except RuntimeError as error:
        assert "out of the blue" == str(error)
    assert later == store.standing("a").last_success


def test_a_page_in_place_of_an_opening(store: ArticleStore) -> None:
    """Read once: what has changed is told by what the feed says, so that the next round asks for the feed alone."""
    fetcher = ScriptedFetcher({"p": opening(), PAGE_URL: page()})
    first = ingest([PAGED], store, fetcher, now=NOW)
    [article] = store.articles()
    assert ((1, 0, 0, 0), ()) == (counts(first.results[0]), first.results[0].warnings)
    assert STORY in article.text and "Home" not in article.text and OPENING not in article.text
    fetcher.asked.clear()
    again = ingest([PAGED], store, fetcher, now=NOW)
    assert ((0, 0, 1, 0), [article]) == (counts(again.results[0]), store.articles())
    assert ["p"] == [location for location, _, _ in fetcher.asked]


def test_a_changed_opening_brings_its_page_again(store: ArticleStore) -> None:
    ingest([PAGED], store, ScriptedFetcher({"p": opening(), PAGE_URL: page()}), now=NOW)
    new_page = Retrieved(PAGE_URL, PAGE.replace(b"Saturday", b"Sunday"), content_type="text/html")
    changed = ScriptedFetcher({"p": opening(OPENING.replace("Saturday", "Sunday")), PAGE_URL: new_page})
    assert (0, 1, 0, 0) == counts(ingest([PAGED], store, changed, now=NOW).results[0])
    assert "Sunday morning at ten" in store.articles()[0].text


def test_a_page_stays_when_the_feed_gives_another_guid(store: ArticleStore) -> None:
    """The article is not cut down to its opening."""
    fetcher = ScriptedFetcher({"p": opening(), PAGE_URL: page()})
    ingest([PAGED], store, fetcher, now=NOW)
    fetcher.script["p"] = opening().replace(b"<guid>b</guid>", b"<guid>c</guid>")
    ingest([PAGED], store, fetcher, now=NOW)
    assert [("c", True)] == [(article.guid, STORY in article.text) for article in store.articles()]


def test_a_page_that_cannot_be_read(store: ArticleStore) -> None:
    """The opening is better than nothing, and the editor is told which page it was."""
    down = FeedUnreachable(PAGE_URL, "no connection", "Check the network")
    [result] = ingest([PAGED], store, ScriptedFetcher({"p": opening(), PAGE_URL: down}), now=NOW).results
    assert (("the page of “The bridge” could not be read (no connection)",), OPENING) == (
        result.warnings,
        store.articles()[0].text,
    )


def test_several_pages_are_asked_for_at_once(store: ArticleStore) -> None:
    """A few at a time; nothing but their number decides, so here none is answered before three others are asked for."""
    links = [f"https://city.example/{number}" for number in range(8)]
    items = "".join(
        f"<item><guid>{link}</guid><title>The bridge</title><link>{link}</link>"
        f"<description>{OPENING}</description></item>"
        for link in links
    )
    body = f"<rss version='2.0'><channel><title>T</title>{items}</channel></rss>".encode()
    fetcher = Crowd({"p": body, **{link: page() for link in links}}, links)
    [result] = ingest([PAGED], store, fetcher, now=NOW).results
    assert (8, ()) == (result.new, result.warnings)
    assert PAGES_AT_ONCE == fetcher.most
    assert all(STORY in article.text for article in store.articles())


def test_a_page_without_an_article_leaves_the_opening(store: ArticleStore) -> None:
    empty = Retrieved(PAGE_URL, b"<html><body><p>Sorry.</p></body></html>", content_type="text/html")
    ingest([PAGED], store, ScriptedFetcher({"p": opening(), PAGE_URL: empty}), now=NOW)
    assert OPENING == store.articles()[0].text


def test_no_page_is_read_where_the_operator_does_not_allow_it(store: ArticleStore) -> None:
    fetcher = ScriptedFetcher({"a": opening()})
    ingest([A], store, fetcher, now=NOW)
    assert (OPENING, ["a"]) == (store.articles()[0].text, [location for location, _, _ in fetcher.asked])


class Crowd(ScriptedFetcher):
    """Answers for these places once as many are asked for as may be; notes the most at a time."""

    def __init__(self, script: dict[str, bytes | Retrieved], places: list[str]) -> None:
        super().__init__(script)
        self._places, self._waiting, self.most = places, 0, 0
        self._full = asyncio.Barrier(PAGES_AT_ONCE)

    async def fetch(
        self, location: str, etag: str | None = None, modified: str | None = None
    ) -> Retrieved | NotModified:
        """See the port."""
        if location in self._places:
            self._waiting += 1
            self.most = max(self.most, self._waiting)
            async with asyncio.timeout(30):
                await self._full.wait()
            self._waiting -= 1
        return await super().fetch(location, etag, modified)


class Slow(ScriptedFetcher):
    """Answers the last of the feeds first."""

    def __init__(self, script: dict[str, bytes], order: list[FeedSpec]) -> None:
        super().__init__(script)
        self._answered = {spec.location: asyncio.Event() for spec in order}
        self._after = {one.location: other.location for one, other in pairwise(order)}

    async def fetch(
        self, location: str, etag: str | None = None, modified: str | None = None
    ) -> Retrieved | NotModified:
        """See the port."""
        if location in self._after:
            await self._answered[self._after[location]].wait()
        self._answered[location].set()
        return await super().fetch(location, etag, modified)
