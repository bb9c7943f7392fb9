"""The languages that CityDesk speaks, as `content/languages.yml` lists them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from wording.detect import Detector, Writing
from wording.errors import LanguagesUnreadable
from wording.script import Script

Subjects = Literal["all", "delegates"]
DEFAULT_LANGUAGE: Final = "en"
FILE: Final = "languages.yml"


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    tag: str = Field(pattern=r"^[a-z]{2,3}(-[A-Z][a-z]{3})?$")
    autonym: str = Field(min_length=1)
    subjects: Subjects
    script: Script
    clients: tuple[str, ...] = Field(min_length=1)
    asked_as: tuple[str, ...] = ()
    shown_from: str | None = None
    letters: str = ""
    words: tuple[str, ...] = ()


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    topics_for_delegates: tuple[str, ...]
    languages: tuple[_Entry, ...] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class Language:
    """A language by its BCP 47 `tag`; `autonym` is how it calls itself.

    `subjects`: the whole FAQ is there (`all`), or the expo and the summit alone (`delegates`). `shown_from`: the
    language whose texts are shown in it, converted from one script to the other; None where it has texts of its own.
    """

    tag: str
    autonym: str
    subjects: Subjects
    shown_from: str | None
    asked_as: tuple[str, ...]


class Languages(Mapping[str, Language]):
    """The languages by tag, in the order in which readers are offered them."""

    def __init__(
        self,
        languages: Sequence[Language],
        clients: Mapping[str, str],
        detector: Detector,
        for_delegates: Sequence[str],
    ) -> None:
        """`clients` maps the beginning of a client's tag, in small letters, to one of ours."""
        self._by_tag = {language.tag: language for language in languages}
        self._clients, self._detector = clients, detector
        self.topics_for_delegates = tuple(for_delegates)
        """Topics of the FAQ that every language has."""

    @classmethod
    def read(cls, path: Path) -> Self:
        """From `content/languages.yml`; raises `LanguagesUnreadable` with what is wrong in it."""
        try:
            file = _File.model_validate(YAML(typ="safe").load(path.read_text(encoding="utf-8")))
        except (OSError, UnicodeDecodeError, YAMLError, ValidationError) as error:
            raise LanguagesUnreadable(path, _first_line(error)) from error
        entries = file.languages
        tags = {entry.tag for entry in entries}
        for entry in entries:
            if entry.shown_from is not None and entry.shown_from not in tags:
                raise LanguagesUnreadable(path, f"{entry.tag} is shown from {entry.shown_from}, which is not listed")
        if DEFAULT_LANGUAGE not in tags:
            raise LanguagesUnreadable(path, f"{DEFAULT_LANGUAGE} is not listed, which stands in for every other one")
        languages = [Language(e.tag, e.autonym, e.subjects, e.shown_from, e.asked_as) for e in entries]
        clients = {client.lower(): entry.tag for entry in entries for client in entry.clients}
        writings = [Writing(e.tag, e.script, frozenset(e.letters), frozenset(e.words)) for e in entries]
        return cls(languages, clients, Detector(writings), file.topics_for_delegates)

    def __getitem__(self, tag: str) -> Language:
        return self._by_tag[tag]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_tag)

    def __len__(self) -> int:
        return len(self._by_tag)

    def match(self, tag: str | None) -> str | None:
        """Our tag for a client's, such as `zh_TW`, `zh-CN` or `en-GB`; None for a language that is not spoken here."""
        parts = (tag or "").strip().replace("_", "-").lower().split("-")
        for count in range(len(parts), 0, -1):
            known = self._clients.get("-".join(parts[:count]))
            if known is not None:
                return known
        return None

    def detect(self, text: str, likely: str | None = None) -> str | None:
        """In which of them `text` is written; None where it is too short to tell, or in another one.

        `likely` is what its writer mostly writes in: headwords that could be of several languages are of that one.
        """
        return self._detector.detect(text, likely)

    def named(self, text: str) -> str | None:
        """The language that `text` names, by tag or by any name that people have for it."""
        return self._by_name.get(" ".join(text.split()).casefold()) or self.match(text)

    @cached_property
    def _by_name(self) -> dict[str, str]:
        languages = self._by_tag.values()
        return {name.casefold(): one.tag for one in languages for name in (*one.asked_as, one.autonym, one.tag)}


def _first_line(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors(include_url=False, include_input=False)[0]
        return f"{'.'.join(str(step) for step in first['loc']) or 'it'}: {first['msg']}"
    return str(error).partition("\n")[0]
