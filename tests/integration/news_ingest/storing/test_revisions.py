"""Every change keeps what was there before, and says what is different."""

from dataclasses import replace
from datetime import datetime, timedelta

from news_ingest.deciding.corrections import MAX_DIFF
from news_ingest.deciding.decide import Decision
from news_ingest.storing.store import ArticleStore, article_id
from news_ingest.values import Revision
from tests.integration.news_ingest.storing.samples import NOW, PARSED, SPEC, change, entry, save

ONE = article_id("a", "1")
LATER = NOW + timedelta(hours=2)


def test_change_keeps_the_former_text(store: ArticleStore) -> None:
    """With the lines that differ; a correction of one sentence shows that sentence."""
    save(store, entry("1", title="夜市封街", text="今晚六點起封街。公車改道。歡迎步行前來。"))
    change(store, entry("1", title="夜市封街", text="今晚七點起封街。公車改道。歡迎步行前來。"), now=LATER)
    diff = ("@@ -1,3 +1,3 @@", " 夜市封街", "-今晚六點起封街。", "+今晚七點起封街。", " 公車改道。")
    expected = Revision(ONE, 1, LATER, "夜市封街", "今晚六點起封街。公車改道。歡迎步行前來。", diff)
    assert [expected] == store.revisions(ONE)
    [article] = store.articles()
    assert (1, "今晚七點起封街。公車改道。歡迎步行前來。", NOW, LATER) == (
        article.revisions,
        article.text,
        article.first_seen,
        article.updated,
    )


def test_revisions_are_numbered(store: ArticleStore) -> None:
    """The oldest first, whatever it is that changed: also the date or the language alone."""
    save(store, entry("1"))
    change(store, entry("1", title="Second"))
    change(store, entry("1", title="Second", published=None))
    change(store, entry("1", "de", title="Second", published=None))
    found = [(revision.number, revision.title, bool(revision.diff)) for revision in store.revisions(ONE)]
    assert [(1, "Title", True), (2, "Second", False), (3, "Second", False)] == found
    assert [3] == [article.revisions for article in store.articles()]
    assert [] == store.revisions("not there")


def test_another_guid_may_come_with_another_text(store: ArticleStore) -> None:
    """One change, one revision."""
    save(store, entry("1"))
    store.save(SPEC, PARSED, Decision(renamed=(("1", entry("2", title="Other")),)), now=LATER)
    assert ["Title"] == [revision.title for revision in store.revisions(ONE)]
    assert ["2"] == list(store.state("a").known)


def test_the_same_again_is_no_revision(store: ArticleStore) -> None:
    """A digest that is computed in another way than before changes nothing that a reader sees."""
    save(store, entry("1"))
    change(store, entry("1"), now=LATER)
    assert [] == store.revisions(ONE)
    assert [(0, NOW)] == [(article.revisions, article.updated) for article in store.articles()]


def test_diff_is_bounded(store: ArticleStore) -> None:
    """The former text is kept whole, be the diff cut."""
    long = "".join(f"Sentence {number} of a long report. " for number in range(3_000))
    save(store, entry("1", text=long))
    change(store, entry("1", text=long.replace("long", "short")))
    [revision] = store.revisions(ONE)
    assert long == revision.text
    assert (MAX_DIFF, "…") == (len(revision.diff), revision.diff[-1])


def test_corrections_are_marked(store: ArticleStore) -> None:
    """Where the publisher says so, and not before; the last one's time stands by the article."""
    save(store, entry("1", title="夜市封街"), entry("2"))
    change(store, entry("1", title="夜市今晚封街"), now=LATER)
    assert [None, None] == corrected(store)
    for number, title in enumerate(
        ("更正：夜市今晚封街", "更正：夜市今晚封街至八點", "【更正二】夜市封街（修正版）"), start=2
    ):
        change(store, entry("1", title=title), now=number * (LATER - NOW) + NOW)
    found = [(revision.number, revision.correction) for revision in store.revisions(ONE)]
    assert [(1, False), (2, True), (3, False), (4, True)] == found
    last = 4 * (LATER - NOW) + NOW
    assert {None, last} == set(corrected(store))
    assert [last] == [article.corrected for article in store.by_ids([ONE])]
    assert [last] == [article.corrected for article in store.latest("en") if article.id == ONE]


def corrected(store: ArticleStore) -> list[datetime | None]:
    return [article.corrected for article in store.articles()]


def test_full_texts_are_compared_with_full_texts(store: ArticleStore) -> None:
    """What readers got is held against what they get now, not against the feed's opening."""
    save(store, replace(entry("1", text="It opens …"), full_text="It opens at six. Buses run."))
    change(
        store,
        replace(entry("1", text="It opens …", title="Correction: opening"), full_text="It opens at ten. Buses run."),
    )
    [revision] = store.revisions(ONE)
    expected = (
        "@@ -1,3 +1,3 @@",
        "-Title",
        "-It opens at six.",
        "+Correction: opening",
        "+It opens at ten.",
        " Buses run.",
    )
    assert (expected, True) == (revision.diff, revision.correction)
