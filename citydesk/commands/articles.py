"""`citydesk articles`: what has come in from the feeds, and how it has changed since."""

from typing import TYPE_CHECKING, Annotated

import typer

from citydesk.commands.options import JsonOption

if TYPE_CHECKING:
    from citydesk.settings import Settings
    from news_ingest.storing.store import ArticleStore

MOST = 1000
"""Articles in one list: they are in memory together."""

app = typer.Typer(
    name="articles",
    help="Look at the articles that have come in: what they say, and what they said before.",
    no_args_is_help=True,
)


@app.command("list")
def list_articles(
    feed: Annotated[
        str | None, typer.Option("--feed", metavar="URL", help="Only from this feed, named as in the list of feeds.")
    ] = None,
    language: Annotated[
        str | None, typer.Option("--language", "--lang", "-l", help="Only in this language, such as en or zh-TW.")
    ] = None,
    tag: Annotated[str | None, typer.Option("--tag", help="Only with this subject's or district's id.")] = None,
    corrected: Annotated[
        bool, typer.Option("--corrected", help="Only those that their publisher has corrected.")
    ] = False,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, max=MOST, help="How many at most.")] = 20,
    as_json: JsonOption = False,
) -> None:
    """Show the articles that have come in, the newest first."""
    from citydesk.article_texts import cells, row
    from citydesk.output import print_json, print_table
    from citydesk.settings import load_settings
    from citydesk.wiring import open_articles
    from news_ingest.storing.store import Selection

    settings, spoken = load_settings(), _tag(language)
    store = open_articles(settings)
    try:
        name = None if feed is None else _stored_feed(settings, store, feed)
        found = store.selected(Selection(name, spoken, tag, corrected), limit)
    finally:
        store.close()
    if as_json:
        print_json({"articles": [row(article) for article in found]})
    elif found:
        columns = ["id", "date", "language", "source", "title", "corrected"]
        print_table("Articles, the newest first (times in UTC)", columns, [cells(article) for article in found])
    elif feed or spoken or tag or corrected:
        print("No article is like that. Leave out an option; 'citydesk articles list' alone shows the newest of all.")
    else:
        print("No article has come in yet. This reads the feeds: citydesk ingest")


@app.command("show")
def show(
    article: Annotated[str, typer.Argument(metavar="ID", help="An article, as 'citydesk articles list' names it.")],
    as_json: JsonOption = False,
) -> None:
    """Show an article whole: its source, its story in other languages, its text, and what has changed in it."""
    from citydesk.article_texts import lines, whole
    from citydesk.errors import NotStoredError
    from citydesk.output import print_json
    from citydesk.settings import load_settings
    from citydesk.wiring import open_articles

    # Documents of the index are named so, and editors copy what they see.
    name = article.strip().lower().removeprefix("news:")
    store = open_articles(load_settings())
    try:
        found = next(iter(store.by_ids([name])), None)
        if found is None:
            raise NotStoredError("article", article, "citydesk articles list")
        others = [one for one in store.of_stories([found.story]) if one.id != found.id]
        revisions = store.revisions(found.id)
    finally:
        store.close()
    if as_json:
        print_json(whole(found, others, revisions))
        return
    for line in lines(found, others, revisions):
        print(line)


def _stored_feed(settings: "Settings", store: "ArticleStore", address: str) -> str:
    """The lasting name of a feed that has been asked, be it still in the list or not."""
    from citydesk.errors import NotStoredError
    from citydesk.feed_list import list_of
    from news_ingest.links import masked
    from news_ingest.opml import read_opml, select_feeds

    path = list_of(settings)
    [spec] = select_feeds(read_opml(path) if path.exists() else [], [address])
    for known in store.feeds():
        if known.url in (spec.url, address) or masked(known.url) == address:
            return known.url
    raise NotStoredError("feed", masked(address), "citydesk feeds list")


def _tag(language: str | None) -> str | None:
    from news_ingest.subjects.language import UNKNOWN, match_tag

    if language is None or language == UNKNOWN:
        return language
    tag = match_tag(language)
    if tag is None:
        raise typer.BadParameter(f"'{language}' is no language tag such as en or zh-TW.", param_hint="--language")
    return tag
