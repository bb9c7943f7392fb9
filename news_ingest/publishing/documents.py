"""Stored articles as documents that can be indexed and cited."""

from collections.abc import Iterator
from datetime import tzinfo

from knowledge.documents import Document, Source
from news_ingest.links import is_home_page
from news_ingest.parsing.dates import DEFAULT_ZONE
from news_ingest.storing.store import ArticleStore
from news_ingest.values import StoredArticle


def published_documents(store: ArticleStore, zone: tzinfo = DEFAULT_ZONE) -> Iterator[Document]:
    """Every stored article that repeats no other, by id; dates are days on `zone`'s calendar. Raises `StoreError`."""
    return (as_document(article, zone) for article in store.iter_articles(duplicates=False))


def as_document(article: StoredArticle, zone: tzinfo = DEFAULT_ZONE) -> Document:
    """One article. A headline without a body stands for its own text."""
    published = article.published.astimezone(zone).date() if article.published else None
    source = Source(
        title=article.title,
        url=article.url,
        language=article.language,
        published=published,
        url_is_home_page=is_home_page(article.url),
    )
    return Document(
        id=f"news:{article.id}",
        kind="news",
        language=article.language,
        title=article.title,
        text=article.text or article.title,
        source=source,
        sample=article.sample,
    )
