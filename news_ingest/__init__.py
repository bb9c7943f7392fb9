"""Feeds to articles to documents, and to feeds again: fetch, parse, decide, store, publish.

What the composition root and the reading side call:

    storing.store.open_store(database_url) -> ArticleStore              folder and tables made
    opml.read_opml(path) -> list[FeedSpec]                              the editors' list of feeds
    opml.select_feeds(specs, addresses) -> list[FeedSpec]               some of them, or others by address
    opml_editing.add_feed, remove_feed, import_feeds, export_opml       the list changed, the rest of it left as it is
    fetching.http_fetcher.HttpFetcher(...)                              http(s) and files, politely and guarded
    parsing.pool.ParserPool()                                           reads feeds and pages beside; use `with`
    ingest.ingest(specs, store, fetcher, on_progress, ...) -> IngestReport      a round over the feeds
    ingest.take_in(...)                                                 the same in an event loop; can be stopped
    stories.place(store, tags, similarity, commonplace) -> int          language, tags and story of what came in
    tagging.retag(store, tags) -> int                                   tags of what came in before, found anew
    subjects.tags.Tagger, subjects.districts.read_districts             what `place` finds tags by
    watching.watch(round_of, stop, ...)                                 round after round, each when a feed is due
    deciding.health.worries(health, now) -> tuple[Worry, ...]           what an editor should know about a feed
    ArticleStore.latest(language, limit) -> list[StoredArticle]         for the news action
    ArticleStore.feeds() -> list[FeedHealth]                            how each feed has been doing
    ArticleStore.revisions(article_id) -> list[Revision]                what an article said before
    ArticleStore.pending() -> Pending, ArticleStore.drained(mark)       what the index has yet to do, and has done
    publishing.documents.published_documents(store) -> Iterator[Document]   for the index
    publishing.publish.publish(articles, folder, base_url, ...) -> Published    RSS, Atom and JSON Feed for everyone

The errors that these raise on purpose are rooted in `errors.IngestError`.
"""
