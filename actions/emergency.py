"""Signs that somebody needs help now, for the case that the dialogue model was not sure.

Whole cries only: a question about the video 119 app or about fire prevention holds the same words. What they are in
each language stands in `content/emergencies`.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from knowledge.content.yaml_files import line_of, load_yaml
from knowledge.errors import ContentError
from knowledge.text.analyser import fold, simplify

FOLDER = "emergencies"
POSSIBLE = 0.5
"""How sure the model must be of an emergency: a needless line about 119 costs a reader a glance, a missing one may cost
a life."""
_LISTS = ("always", "cries")


@dataclass(frozen=True, slots=True)
class _Cries:
    """A language's cries: `always` count, `cries` do unless the text says what it is that it asks about."""

    always: re.Pattern[str]
    cries: re.Pattern[str]
    unless: re.Pattern[str]

    def heard_in(self, text: str) -> bool:
        return bool(self.always.search(text) or (self.cries.search(text) and not self.unless.search(text)))


class Emergencies:
    """The cries for help of all languages, and the words of danger by kind."""

    def __init__(self, cries: Mapping[str, _Cries], dangers: Mapping[str, Mapping[str, str]]) -> None:
        self._cries = cries
        self.languages = frozenset(cries)
        """The languages whose cries are known."""
        self.dangers = dangers
        """Kind of danger → language → pattern."""

    @classmethod
    def read(cls, folder: Path) -> Self:
        """From `content/emergencies/<language>.yml`; raises `ContentError` with file and line."""
        cries: dict[str, _Cries] = {}
        dangers: dict[str, dict[str, str]] = {}
        for path in sorted(folder.glob("*.yml")):
            data = load_yaml(path)
            if not isinstance(data, dict) or not isinstance(data.get("dangers"), dict):
                raise ContentError(path, 1, "`cries:` and `dangers:` are missing at the top of the file")
            always, some = (_joined(path, data, name) for name in _LISTS)
            unless = _compiled(path, data, "unless", [data["unless"]] if "unless" in data else [])
            cries[path.stem] = _Cries(always, some, unless)
            for kind, pattern in data["dangers"].items():
                _compiled(path, data["dangers"], kind, [pattern])
                dangers.setdefault(kind, {})[path.stem] = str(pattern)
        if not cries:
            raise ContentError(folder, None, "holds no cries for help; expected emergencies/<language>.yml")
        return cls(cries, dangers)

    def is_cry(self, text: str) -> bool:
        """Whether `text` calls for 119 or 110 in so many words, in any language."""
        return bool(next(self.languages_of(text), None))

    def languages_of(self, text: str) -> Iterator[str]:
        """The languages in which `text` is a cry for help: with its accents as they are, or with none."""
        spelled = unicodedata.normalize("NFKC", text).casefold().replace("i\u0307", "i")
        forms = {simplify(spelled), fold(text)}
        return (name for name, cries in self._cries.items() if any(cries.heard_in(form) for form in forms))


def may_be_emergency(latest_message: Mapping[str, Any]) -> bool:
    """Whether the dialogue model held an emergency for likely, though it decided on something else."""
    ranking = latest_message.get("intent_ranking") or []
    return any(
        intent.get("name") == "emergency" and float(intent.get("confidence", 0.0)) >= POSSIBLE for intent in ranking
    )


def _joined(path: Path, data: Any, name: str) -> re.Pattern[str]:
    patterns = data.get(name) or []
    if not isinstance(patterns, list):
        raise ContentError(path, line_of(data, name), f"`{name}:` must be a list of patterns")
    return _compiled(path, data, name, patterns)


def _compiled(path: Path, data: Any, name: str, patterns: list[Any]) -> re.Pattern[str]:
    for pattern in patterns:
        try:
            re.compile(str(pattern))
        except re.error as error:
            problem = f"'{pattern}' is no regular expression: {error}"
            raise ContentError(path, line_of(data, name), problem) from error
    return re.compile("|".join(f"(?:{simplify(str(pattern))})" for pattern in patterns) or _NOTHING)


_NOTHING = r"(?!)"
