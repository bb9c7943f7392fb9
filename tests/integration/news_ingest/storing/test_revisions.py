"""Every change keeps what was there before, and says what is different."""

from datetime import timedelta

from news_ingest.deciding.decide import Decision
from news_ingest.storing.revisions import MAX_LINES
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
    assert (MAX_LINES + 1, "\\ and more") == (len(revision.diff), revision.diff[-1])
