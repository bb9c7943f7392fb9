"""What each article is about and which story it tells, for those that came in since the last time.

Apart from taking feeds in: it costs more than that, and nothing is lost where it is done a little later.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import replace
from datetime import datetime, timedelta

from news_ingest.deciding.repeats import page_of, same_article
from news_ingest.deciding.stories import WINDOW, Similarity, StoryIndex, StorySeed
from news_ingest.storing.store import ArticleStore
from news_ingest.subjects.language import article_language
from news_ingest.values import StoredArticle

_AT_ONCE = 500
"""Articles that are compared together; memory does not grow with how many came in."""
_DAYS_AROUND = WINDOW + timedelta(days=1)


Tags = Callable[[StoredArticle], tuple[str, ...]]
Progress = Callable[[int, int], None]
"""Called with how many articles are done, and how many there are."""


def place(
    store: ArticleStore,
    tags: Tags,
    similarity: Similarity | None = None,
    commonplace: Iterable[str] = (),
    progress: Progress = lambda done, total: None,
) -> int:
    """Note language, tags and story of every article that has no story yet, or has changed, and which articles repeat
    another; returns how many there were.

    An article repeats the earliest of its story in its own language. Without `similarity`, languages are not brought
    together; `commonplace` are names that nearly every article has. Ended half-way, the rest is done the next time.
    Raises `StoreError`.
    """
    index = StoryIndex(similarity, commonplace)
    waiting = _waiting(store)
    left = {one for one, _ in waiting}
    for start in range(0, len(waiting), _AT_ONCE):
        part = waiting[start : start + _AT_ONCE]
        first, last = part[0][1] - _DAYS_AROUND, part[-1][1] + _DAYS_AROUND
        fresh = [_told(article, tags) for article in store.by_ids([one for one, _ in part])]
        store.set_languages({article.id: article.language for article in fresh})
        store.set_tags_many({article.id: article.tags for article in fresh})
        index.forget(first)
        around = store.placed_between(first, last)
        index.restore((_seed(article), article.story) for article in around if article.id not in left)
        stories = index.place([_seed(article) for article in fresh])
        # Of the stories around, too: what has changed may have been repeated there.
        touched = {article.story for article in around if article.story != article.id}
        # The story goes last: an article that has one is done with.
        store.set_canonical(repetitions(_as_told(store, stories, touched)))
        store.set_stories(stories)
        left -= {one for one, _ in part}
        progress(start + len(part), len(waiting))
    return len(waiting)


def _waiting(store: ArticleStore) -> list[tuple[str, datetime]]:
    """Ids and instants of what is to be placed, the earliest first: articles without a story, and those that were told
    to tell the same as one that has changed since."""
    unplaced = store.unplaced()
    found = dict(unplaced)
    for start in range(0, len(unplaced), _AT_ONCE):
        stories = [one for one, _ in unplaced[start : start + _AT_ONCE]]
        found |= {article.id: when(article) for article in store.of_stories(stories)}
    return sorted(found.items(), key=lambda item: (item[1], item[0]))


def _as_told(store: ArticleStore, stories: Mapping[str, str], others: Set[str]) -> list[StoredArticle]:
    """Every article of these stories (article id → story) and of `others`, those about to join them included."""
    known = store.of_stories(sorted({*others, *stories.values()}))
    articles = {article.id: article for article in [*known, *store.by_ids(sorted(stories))]}
    return [replace(article, story=stories.get(article.id, article.story)) for article in articles.values()]


def repetitions(articles: Sequence[StoredArticle]) -> dict[str, str | None]:
    """For each article of some stories the id of the one that it repeats, None for one that counts.

    It repeats the earliest of its story in its language whose page or text is the same (`same_article`), if that is
    another feed's; articles of one feed do not repeat each other.
    """
    told: dict[tuple[str, str], list[StoredArticle]] = defaultdict(list)
    for article in sorted(articles, key=lambda one: (when(one), one.id)):
        told[article.story, article.language].append(article)
    found: dict[str, str | None] = {}
    for alike in told.values():
        counting: list[StoredArticle] = []
        for article in alike:
            others = (one for one in counting if one.feed_url != article.feed_url and same_article(one, article))
            repeated = next(others, None)
            found[article.id] = repeated.id if repeated else None
            if repeated is None:
                counting.append(article)
    return found


def _told(article: StoredArticle, tags: Tags) -> StoredArticle:
    """With the language that its text is in, where it surely is another than its feed says, and its tags."""
    language = article_language(article.language, None, None, article.title, article.text)
    spoken = replace(article, language=language)
    return replace(spoken, tags=tags(spoken))


def when(article: StoredArticle) -> datetime:
    """The instant that counts: published, else first seen."""
    return article.published or article.first_seen


def _seed(article: StoredArticle) -> StorySeed:
    return StorySeed(
        article.id,
        article.feed_url,
        article.language,
        article.title,
        article.text,
        when(article),
        page_of(article),
        article.tags,
    )
