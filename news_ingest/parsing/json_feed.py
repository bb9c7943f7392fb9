"""JSON Feed 1.0 and 1.1 (jsonfeed.org): an object with `version`, `title`, `items`."""

from functools import partial
from typing import Any

from news_ingest.links import http_link
from news_ingest.parsing.clean import clean_text
from news_ingest.parsing.draft import BadEntry, Draft, Outline
from news_ingest.parsing.fields import as_text, longest_text, loose_text, title_text

_DATES = ("date_published", "date_modified")


def outline_of_json_feed(value: Any, base: str) -> Outline | None:
    """The outline of a feed fetched from `base`, or None where `value` is no JSON Feed.

    A missing version is forgiven where there are items with ids.
    """
    if not isinstance(value, dict):
        return None
    items = value.get("items")
    if not isinstance(items, list):
        items = []
    named = "jsonfeed.org/version/" in as_text(value.get("version"))
    if not named and not any(isinstance(item, dict) and "id" in item for item in items):
        return None
    return Outline(
        title_text(as_text(value.get("title")), is_html=False),
        as_text(value.get("language")) or None,
        http_link(as_text(value.get("home_page_url")), base),
        items,
        partial(_draft, base=base),
    )


def _draft(item: Any, base: str) -> Draft:
    if not isinstance(item, dict):
        raise BadEntry("it is no object")
    fields = {key: as_text(value) for key, value in item.items()}
    text, cut = longest_text(
        [(fields.get("content_html", ""), True), (fields.get("content_text", ""), False)]
        # Where there is nothing else; for it is of the publisher's own words, not the article's.
        if fields.get("content_html") or fields.get("content_text")
        else [loose_text(fields.get("summary", ""))]
    )
    return Draft(
        guid=clean_text(fields.get("id", "")),
        url=http_link(fields.get("url") or fields.get("external_url"), base),
        title=title_text(fields.get("title", ""), is_html=False),
        text=text,
        cut=cut,
        dates=[(fields[key], None) for key in _DATES if fields.get(key, "").strip()],
        languages=[fields.get("language") or None],
    )
