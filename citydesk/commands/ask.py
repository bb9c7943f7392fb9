"""`citydesk ask`: one answer without Rasa."""

from collections.abc import Mapping
from typing import Any

from citydesk.commands.options import JsonOption, LanguageOption, TextArgument


def command(text: TextArgument, lang: LanguageOption = None, as_json: JsonOption = False) -> None:
    """Answer TEXT from what the city has published, without the dialogue model."""
    from citydesk.output import print_json
    from citydesk.settings import load_settings
    from citydesk.wiring import answerer

    payload = answerer(load_settings()).answer(text, lang)
    if as_json:
        print_json(payload)
    else:
        print(as_text(payload))


def as_text(payload: "Mapping[str, Any]") -> str:
    """An answer's payload as plain lines: the text, its sources, the topics offered."""
    lines = [str(payload["text"])]
    for source in payload.get("sources", []):
        published = f" ({source['published']})" if source.get("published") else ""
        lines += ["", f"{source['title']}{published}", str(source["url"])]
    buttons = [str(button["title"]) for button in payload.get("buttons", [])]
    if buttons:
        lines += ["", *(f"· {title}" for title in buttons)]
    return "\n".join(lines)
