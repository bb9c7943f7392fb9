"""`citydesk search`: hits with their scores explained."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from citydesk.commands.options import JsonOption, LanguageOption, TextArgument

if TYPE_CHECKING:
    from pathlib import Path

    from knowledge.retrieval.filters import Filters
    from knowledge.retrieval.search import Hit


def _day(value: str | date) -> date:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise typer.BadParameter(f"'{value}' is not a day; write it as 2022-01-31.") from None


def command(
    text: TextArgument,
    count: Annotated[int, typer.Option("-k", min=1, max=100, help="How many hits.")] = 5,
    lang: LanguageOption = None,
    kind: Annotated[Literal["faq", "news"] | None, typer.Option(help="Only FAQ entries, or only news.")] = None,
    since: Annotated[
        date | None, typer.Option(help="Published on this day or later.", metavar="YYYY-MM-DD", parser=_day)
    ] = None,
    until: Annotated[
        date | None, typer.Option(help="Published on this day or before.", metavar="YYYY-MM-DD", parser=_day)
    ] = None,
    topic: Annotated[list[str] | None, typer.Option(help="Only this topic; may be repeated.")] = None,
    written_in: Annotated[
        list[str] | None,
        typer.Option(help="Only what is written in this language, for example zh-Hant; may be repeated."),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Show what the index holds about TEXT, best first, with the scores that made the order."""
    from citydesk.output import print_json, print_table
    from citydesk.settings import load_settings
    from knowledge.retrieval.filters import Filters

    settings = load_settings()
    check_topics(topic or [], settings.content_dir)
    try:
        filters = Filters(
            frozenset(written_in or ()), frozenset([kind] if kind else ()), since, until, frozenset(topic or ())
        )
    except ValueError as error:
        raise typer.BadParameter(f"{error}.", param_hint="'--since' / '--until'") from error
    from citydesk.wiring import searcher  # loads the index's libraries: misuse is told before

    hits = [as_dict(hit) for hit in searcher(settings).search(text, count, lang, filters)]
    if as_json:
        print_json({"query": text, "language": lang, "filters": filters_as_dict(filters), "hits": hits})
        return
    names = list(hits[0]["scores"]) if hits else []
    rows = [
        [hit["id"], hit["language"], hit["published"] or "–", hit["title"], *map(_number, hit["scores"].values())]
        for hit in hits
    ]
    print_table(f"Hits for: {text}", ["id", "language", "published", "title", *names], rows)


def check_topics(topics: list[str], content: "Path") -> None:
    """Raises `typer.BadParameter`, which names the topics there are, for one that no FAQ file has."""
    from knowledge.content.faq import topic_titles

    known = topic_titles(content) if topics else {}
    for topic in topics:
        if topic not in known:
            raise typer.BadParameter(f"'{topic}' is not a topic; there are {', '.join(known)}.", param_hint="'--topic'")


def filters_as_dict(filters: "Filters") -> dict[str, Any]:
    """Filters as machines read them: sorted lists, days in ISO form; what is not asked for is empty or null."""
    return {
        "languages": sorted(filters.languages),
        "kinds": sorted(filters.kinds),
        "since": filters.since,
        "until": filters.until,
        "topics": sorted(filters.topics),
    }


def as_dict(hit: "Hit") -> dict[str, Any]:
    """A hit as machines read it; `quote` is what an answer would quote of a news item."""
    from dataclasses import asdict

    from knowledge.answering.extracts import quote_from

    document = hit.document
    return {
        "id": hit.id,
        "kind": hit.kind,
        "language": document.language,
        "title": document.title,
        "url": document.source.url,
        "published": document.source.published and document.source.published.isoformat(),
        "topic": document.topic,
        "valid_until": document.valid_until and document.valid_until.isoformat(),
        "quote": quote_from(document, hit.sentences, hit.sentence_scores) if hit.kind == "news" else None,
        "scores": {"fused": hit.scores.fused, **asdict(hit.scores)},
    }


def _number(value: float | int | None) -> str:
    if value is None:
        return "–"
    return f"{value:.3f}" if isinstance(value, float) else str(value)
