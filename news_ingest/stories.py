"""What each article is about and which story it tells, for those that came in since the last time.

Apart from taking feeds in: it costs more than that, and nothing is lost where it is done a little later.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from news_ingest.deciding.addresses import canonical_url
from news_ingest.deciding.stories import WINDOW, Similarity, StoryIndex, StorySeed
from news_ingest.storing.store import ArticleStore
from news_ingest.subjects.language import article_language
from news_ingest.values import StoredArticle

_AT_ONCE = 500
"""Articles that are compared together; memory does not grow with how many came in."""
_DAYS_AROUND = WINDOW + timedelta(days=1)


Tags = Callable[[StoredArticle], tuple[str, ...]]


def place(
    store: ArticleStore, tags: Tags, similarity: Similarity | None = None, commonplace: Iterable[str] = ()
) -> int:
    """Note language, tags and story of every article that has no story yet, or has changed, and which articles repeat
    another; returns how many there were.

    An article repeats the earliest of its story in its own language. Without `similarity`, languages are not brought
    together; `commonplace` are names that nearly every article has. Ended half-way, the rest is done the next time.
    Raises `StoreError`.
    """
    index = StoryIndex(similarity, commonplace)
    unplaced = store.unplaced()
    for start in range(0, len(unplaced), _AT_ONCE):
        part = unplaced[start : start + _AT_ONCE]
        first, last = part[0][1] - _DAYS_AROUND, part[-1][1] + _DAYS_AROUND
        fresh = [_told(article, tags) for article in store.by_ids([one for one, _ in part])]
        store.set_languages({article.id: article.language for article in fresh})
        store.set_tags_many({article.id: article.tags for article in fresh})
        index.forget(first)
        index.restore((_seed(article), article.story) for article in store.placed_between(first, last))
        stories = index.place([_seed(article) for article in fresh])
        store.set_stories(stories)
        store.set_canonical(repetitions(store.of_stories(sorted(set(stories.values())))))
    return len(unplaced)


def repetitions(articles: Sequence[StoredArticle]) -> dict[str, str | None]:
    """For each article of some stories the id of the one that it repeats, None for the one that counts.

    That is the earliest of its story in its language; articles of one feed do not repeat each other.
    """
    told: dict[tuple[str, str], list[StoredArticle]] = defaultdict(list)
    for article in sorted(articles, key=lambda one: (when(one), one.id)):
        told[article.story, article.language].append(article)
    found: dict[str, str | None] = {}
    for alike in told.values():
        first = alike[0]
        for article in alike:
            found[article.id] = first.id if article.feed_url != first.feed_url else None
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
        canonical_url(article.url),
        article.tags,
    )
