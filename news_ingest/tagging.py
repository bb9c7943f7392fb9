"""Tags found anew for what is stored: for when editors have changed the names of things."""

from itertools import islice

from news_ingest.stories import Tags
from news_ingest.storing.store import ArticleStore

_AT_ONCE = 500
"""Articles in one transaction; memory does not grow with what is there."""


def retag(store: ArticleStore, tags: Tags) -> int:
    """Give every article the tags that are found now; returns how many had others. Stories stay as they are.

    Ended half-way, it is to be called again. Raises `StoreError`.
    """
    changed = 0
    articles = store.iter_articles()
    while part := list(islice(articles, _AT_ONCE)):
        found = {article.id: tags(article) for article in part}
        differing = {article.id: found[article.id] for article in part if found[article.id] != article.tags}
        if differing:
            store.set_tags_many(differing)
        changed += len(differing)
    return changed
