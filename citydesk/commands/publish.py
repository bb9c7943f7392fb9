"""`citydesk publish`: the stored news as RSS, Atom and JSON Feed for everyone, by language and topic."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from citydesk.commands.options import JsonOption

if TYPE_CHECKING:
    from citydesk.settings import Settings


def command(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder to write to.", show_default=False)],
    base_url: Annotated[
        str, typer.Option("--base-url", help="Where the folder is served, such as https://city.example/feeds.")
    ],
    lang: Annotated[
        list[str] | None, typer.Option("--lang", "-l", help="A language; may be repeated. Default: all that there are.")
    ] = None,
    topic: Annotated[
        list[str] | None,
        typer.Option("--topic", help="A topic's id of the glossary; may be repeated. Default: all that there are."),
    ] = None,
    home: Annotated[str, typer.Option("--home", help="The page that the news belongs to. Default: --base-url.")] = "",
    as_json: JsonOption = False,
) -> None:
    """Publish the stored news: DIR/LANGUAGE/news.rss.xml, .atom.xml and .json, the same for each topic, and feeds.opml
    that lists them. A file that stays as it was is not touched; one of an earlier run that is no longer wanted goes."""
    from dataclasses import asdict

    from citydesk.output import print_json, print_table
    from citydesk.settings import load_settings
    from citydesk.wiring import open_articles
    from news_ingest.publishing.publish import publish

    settings = load_settings()
    _check(base_url, "--base-url")
    if home:
        _check(home, "--home")
    languages = list(dict.fromkeys(_tag(language) for language in lang or []))
    topics = list(dict.fromkeys(_topic(name) for name in topic or []))
    title = titles(settings)
    store = open_articles(settings)
    try:
        found = publish(store, folder, base_url, languages=languages, topics=topics, title=title, home=home)
    finally:
        store.close()
    if as_json:
        print_json({"folder": folder, "base_url": base_url, **asdict(found)})
        return
    rows = [[one.language, one.topic or "–", one.title, str(one.articles)] for one in found.channels]
    print_table(f"Published in {folder}", ["language", "topic", "title", "articles"], rows)
    counts = f"{found.written} files written, {found.unchanged} as they were, {found.removed} removed"
    print(f"{counts}; {found.opml} lists the feeds.")


def titles(settings: "Settings") -> Callable[[str, str | None], str]:
    """What a channel is called in its language: the catalogue's words for news, and the glossary's for the topic."""
    from citydesk.wiring import glossary, wording
    from news_ingest.subjects.language import UNKNOWN
    from wording import messages
    from wording.languages import DEFAULT_LANGUAGE

    words, names = wording(settings), glossary(settings)
    concepts = {concept.id: concept.names for concept in names.entries} if names is not None else {}

    def title(language: str, topic: str | None) -> str:
        spoken = language if language in words.languages else DEFAULT_LANGUAGE
        news = words.text(messages.NEWS, spoken)
        called = concepts.get(topic or "", {})
        name = next(iter(called.get(language) or called.get(spoken) or ()), topic)
        about = f": {name}" if name else ""
        if spoken == language:
            return f"{news}{about}"
        # Two channels must not look the same in a list.
        return f"{news}{about} ({language if language == UNKNOWN else words.language_name(language, spoken)})"

    return title


def _check(address: str, option: str) -> None:
    from news_ingest.publishing.addresses import as_uri

    found = as_uri(address)
    if not found or "?" in found or "#" in found:
        raise typer.BadParameter(f"'{address}' is no address such as https://city.example/feeds.", param_hint=option)


def _tag(language: str) -> str:
    from news_ingest.subjects.language import match_tag

    tag = match_tag(language)
    if tag is None:
        raise typer.BadParameter(f"'{language}' is no language tag such as en or zh-TW.", param_hint="--lang")
    return tag


def _topic(name: str) -> str:
    from news_ingest.publishing.selecting import is_topic

    if not is_topic(name):
        raise typer.BadParameter(f"'{name}' is no topic's id, such as green-energy.", param_hint="--topic")
    return name
