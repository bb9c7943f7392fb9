"""The commands that a reader can type on every channel."""

from dataclasses import dataclass
from typing import Literal

Name = Literal["start", "help", "language", "unknown"]


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
