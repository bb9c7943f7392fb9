"""The commands that a reader can type on every channel."""

from dataclasses import dataclass
from typing import Final, Literal

from wording.languages import AUTONYMS, Language, match_language

Name = Literal["start", "help", "language", "unknown"]

# How readers name a language when they type it after /language.
_BY_NAME: Final[dict[str, Language]] = {
    "english": "en",
    "chinese": "zh-Hant",
    "中文": "zh-Hant",
    "英文": "en",
    "日文": "ja",
    "英語": "en",
    "japanese": "ja",
    "日語": "ja",
    "中国語": "zh-Hant",
    "繁體中文": "zh-Hant",
    "日本語": "ja",
}


@dataclass(frozen=True, slots=True)
class Command:
    """A command and what was written after it."""

    name: Name
    argument: str = ""


def parse_command(text: str) -> Command | None:
    """The command that `text` is, or None when it is not one (`/` alone, or a path such as `/etc/passwd`)."""
    head, _, argument = text.strip().partition(" ")
    if not head.startswith("/") or not head[1:].replace("_", "").isalnum():
        return None
    match head[1:].lower():
        case "start" | "help" | "language" as name:
            return Command(name, argument.strip())
        case _:
            return Command("unknown", argument.strip())


def language_asked_for(argument: str) -> Language | None:
    """The language that a reader named after `/language`, by tag or by name; None when it isn't ours."""
    wanted = argument.strip().casefold()
    for language, autonym in AUTONYMS.items():
        if wanted == autonym.casefold():
            return match_language(language)
    return _BY_NAME.get(wanted) or match_language(wanted)
