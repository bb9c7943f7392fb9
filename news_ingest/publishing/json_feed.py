"""JSON Feed 1.1 of a channel and its articles."""

import json
from collections.abc import Iterable
from typing import Any

from news_ingest.publishing.addresses import as_uri
from news_ingest.publishing.channel import (
    Channel,
    categories_of,
    changed,
    declared,
    identity,
    markup_of,
    newest,
    plain,
    published,
    seconds,
    source_of,
    text_of,
    title_of,
)
from news_ingest.values import StoredArticle

JSON_TYPE = "application/feed+json"
VERSION = "https://jsonfeed.org/version/1.1"


def json_feed(channel: Channel, articles: Iterable[StoredArticle]) -> bytes:
    """JSON Feed 1.1 of the newest articles, in UTF-8."""
    feed = _filled(
        version=VERSION,
        title=plain(channel.title),
        home_page_url=channel.home,
        feed_url=channel.address,
        description=plain(channel.description),
        language=declared(channel.language),
        authors=[{"name": plain(channel.title)}],
    )
    feed["items"] = [_item(article) for article in newest(articles)]
    return (json.dumps(feed, ensure_ascii=False) + "\n").encode()


def _item(article: StoredArticle) -> dict[str, Any]:
    came_out = published(article)
    return _filled(
        id=identity(article),
        url=as_uri(article.url),
        title=title_of(article),
        content_html=markup_of(article),
        content_text=text_of(article),
        date_published=seconds(came_out).isoformat() if came_out else None,
        date_modified=seconds(changed(article)).isoformat(),
        authors=[_filled(name=source_of(article), url=as_uri(article.feed_url))] if source_of(article) else None,
        tags=list(categories_of(article)),
        language=declared(article.language),
    )


def _filled(**members: Any) -> dict[str, Any]:
    """The members that have a value: JSON Feed wants no null and no empty address."""
    return {name: value for name, value in members.items() if value}
