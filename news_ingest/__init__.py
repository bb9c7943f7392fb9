"""Feeds to articles to documents: fetch, parse, decide, store, publish.

What the composition root and the reading side call:

    news_ingest.storing.store.open_store(database_url) -> ArticleStore          folder and tables made
    news_ingest.opml.read_opml(path) -> list[FeedSpec]                  the editors' list of feeds
    news_ingest.opml.select_feeds(specs, addresses) -> list[FeedSpec]   some of them, or others by address
    news_ingest.fetching.retrieve.FeedRetriever()                                http(s) and files; use `with`
    news_ingest.ingest.ingest(specs, store, retriever, on_progress) -> IngestReport
    ArticleStore.latest(language, limit) -> list[StoredArticle]         for the news action
    ArticleStore.feeds() -> list[FeedHealth]                            how each feed has been doing
    news_ingest.publishing.documents.published_documents(store) -> list[Document]    for the index

Every error that leaves this room is an `news_ingest.errors.IngestError`.
"""
