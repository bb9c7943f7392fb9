"""What a round notes of a feed beside its articles: how often it asks to be read, that it is empty, its language."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from news_ingest.ingest import ingest
from news_ingest.storing.store import ArticleStore
from news_ingest.values import FeedSpec, NotModified
from tests.integration.news_ingest.fakes import ScriptedFetcher

NOW = datetime(2018, 4, 5, 12, tzinfo=UTC)
WEB = "https://city.example/feed"
SPEC = FeedSpec(WEB, WEB, "City")
Answer = bytes | NotModified


def of_city(*texts: str, more: str = "") -> bytes:
    """A feed with an item for each text."""
    items = "".join(
        f"<item><guid>{text[:9]}</guid><title>News</title><description>{text}</description></item>" for text in texts
    )
    head = f"<title>T</title><link>https://city.example/</link><description>D</description>{more}"
    return f'<rss version="2.0"><channel>{head}{items}</channel></rss>'.encode()


def test_what_a_feed_asks_for_outlasts_that_nothing_is_new(store: ArticleStore) -> None:
    """Its ttl holds until it is read again, and no longer."""
    asking = of_city("One.", more="<ttl>720</ttl>")
    waits = []
    answers: list[Answer] = [asking, NotModified(WEB), NotModified(WEB), of_city("One.")]
    for number, answer in enumerate(answers):
        now = NOW + number * timedelta(days=2)
        ingest([SPEC], store, ScriptedFetcher({WEB: answer}), now=now)
        due = store.standing(WEB).next_due
        waits.append(due is not None and due - now >= timedelta(hours=12))
    assert [True, True, True, False] == waits
    assert None is store.standing(WEB).interval


def test_an_emptied_feed(store: ArticleStore) -> None:
    """Since when is kept through whatever else happens, until it has something again."""
    full, empty, day = of_city("One."), of_city(), timedelta(days=1)
    since = []
    answers: list[Answer] = [empty, full, empty, NotModified(WEB), empty, full]
    for number, answer in enumerate(answers):
        ingest([SPEC], store, ScriptedFetcher({WEB: answer}), now=NOW + number * day)
        since.append(store.standing(WEB).emptied_since)
    assert [None, None, *[NOW + 2 * day] * 3, None] == since


ENGLISH = (
    "The riverside path opens again this Saturday morning after three weeks of work, and families are welcome there."
)
CHINESE = "市政府表示，河濱步道經過三週整修，本週六上午重新開放，歡迎民眾帶著家人前往散步，並請遵守步道的使用規則。" * 2


@pytest.mark.parametrize(
    ("listed", "declared", "texts", "found"),
    [
        ("en", "", (ENGLISH,), "en"),
        ("en", "", (CHINESE,), "zh-Hant"),
        ("zh-Hant", "en", (CHINESE,), "zh-Hant"),
        ("zh-Hant", "en", ("Map.",), "zh-Hant"),
        ("en", "", (CHINESE, ENGLISH, f"Also: {ENGLISH}"), "en"),
        ("en", "", (), None),
        (None, "en", (CHINESE,), "en"),
    ],
)
def test_the_language_of_a_feed(
    store: ArticleStore, listed: str | None, declared: str, texts: tuple[str, ...], found: str | None
) -> None:
    """What the list says is doubted where the texts surely say otherwise, not because the feed calls itself so."""
    feed = of_city(*texts, more=f"<language>{declared}</language>" if declared else "")
    ingest([replace(SPEC, language=listed)], store, ScriptedFetcher({WEB: feed}), now=NOW)
    [health] = store.feeds()
    assert (listed, found) == (health.language, health.standing.language)
