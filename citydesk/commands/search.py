"""`citydesk search`: hits with their scores explained."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from citydesk.commands.options import JsonOption, LanguageOption, TextArgument

if TYPE_CHECKING:
    from knowledge.search import Hit


def command(
    text: TextArgument,
    count: Annotated[int, typer.Option("-k", min=1, max=100, help="How many hits.")] = 5,
    lang: LanguageOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show what the index holds about TEXT, best first, with the scores that made the order."""
    from citydesk.output import print_json, print_table
    from citydesk.settings import load_settings
    from citydesk.wiring import searcher

    hits = [as_dict(hit) for hit in searcher(load_settings()).search(text, count, lang)]
    if as_json:
        print_json({"query": text, "language": lang, "hits": hits})
        return
    names = list(hits[0]["scores"]) if hits else []
    rows = [
        [hit["id"], hit["language"], hit["title"], *(_number(hit["scores"][name]) for name in names)] for hit in hits
    ]
    print_table(f"Hits for: {text}", ["id", "language", "title", *names], rows)


def as_dict(hit: "Hit") -> dict[str, Any]:
    """A hit as machines read it."""
    from dataclasses import asdict

    document = hit.document
    return {
        "id": hit.id,
        "kind": hit.kind,
        "language": document.language,
        "title": document.title,
        "url": document.source.url,
        "quote": hit.quote,
        "scores": {"probability": hit.scores.probability, "fused": hit.scores.fused, **asdict(hit.scores)},
    }


def _number(value: float | int | None) -> str:
    if value is None:
        return "–"
    return f"{value:.3f}" if isinstance(value, float) else str(value)
