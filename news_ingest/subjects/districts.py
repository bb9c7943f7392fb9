"""A city's districts and their names, from the editors' file. Strict: whatever is wrong is told with its line."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from news_ingest.errors import IngestError

LANGUAGES: Final = ("ar", "de", "el", "en", "es", "fr", "id", "ja", "ko", "pl", "th", "tr", "vi", "zh-Hans", "zh-Hant")
_ID: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_KEYS: Final = {"id", "names", "elsewhere"}


class DistrictsError(IngestError):
    """The file of districts can't be used; `line` counts from 1, None where the whole file is meant."""

    kind = "store"  # the nearest there is: something of ours, not a feed, is unusable

    def __init__(self, path: Path, line: int | None, problem: str, advice: str = "Correct it and try again") -> None:
        super().__init__(str(path) if line is None else f"{path}, line {line}", problem, advice)
        self.line = line


@dataclass(frozen=True, slots=True)
class District:
    """`names` by language; `elsewhere` are longer names that mean another city's."""

    id: str
    names: Mapping[str, tuple[str, ...]]
    elsewhere: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def read_districts(path: Path) -> tuple[District, ...]:
    """The districts in the order of the file; each has names in all of `LANGUAGES`.

    Raises `DistrictsError`, which names the line, when it is missing, not YAML, or holds anything else.
    """
    found: dict[str, District] = {}
    owners: dict[tuple[str, str], str] = {}
    for node, line in _entries(path):
        district = _district(path, node, line)
        if district.id in found:
            raise DistrictsError(path, _line(node, "id"), f"{district.id} is there twice")
        for language, names in district.names.items():
            for name in names:
                owner = owners.setdefault((language, name.casefold()), district.id)
                if owner != district.id:
                    raise DistrictsError(
                        path, _line(node["names"], language), f"{name!r} is a name of {owner} and of {district.id}"
                    )
        found[district.id] = district
    return tuple(found.values())


def _entries(path: Path) -> Iterator[tuple[Any, int]]:
    content = places = _load(path)
    if not isinstance(content, list):
        raise DistrictsError(path, None, "it must be a list of districts, each beginning with `- id:`")
    for number, node in enumerate(content):
        line = int(places.lc.item(number)[0]) + 1
        if not isinstance(node, dict):
            raise DistrictsError(path, line, "a district must have `id` and `names`")
        yield node, line


def _district(path: Path, node: Any, line: int) -> District:
    for key in node:
        if key not in _KEYS:
            raise DistrictsError(path, _line(node, key), f"{key!r} means nothing here; there is {_listed(_KEYS)}")
    for key in ("id", "names"):
        if key not in node:
            raise DistrictsError(path, line, f"`{key}` is missing")
    id_ = node["id"]
    if not isinstance(id_, str) or not _ID.fullmatch(id_):
        raise DistrictsError(path, _line(node, "id"), "an id has small letters a to z, digits and hyphens")
    names = _names(path, node, "names")
    missing = [language for language in LANGUAGES if language not in names]
    if missing:
        raise DistrictsError(path, _line(node, "names"), f"{id_} has no name in {_listed(missing)}")
    return District(id_, names, _names(path, node, "elsewhere") if "elsewhere" in node else {})


def _names(path: Path, node: Any, key: str) -> dict[str, tuple[str, ...]]:
    languages = node[key]
    if not isinstance(languages, dict):
        raise DistrictsError(path, _line(node, key), f"`{key}` must list names by language")
    names = {}
    for language, written in languages.items():
        line = _line(languages, language)
        if language not in LANGUAGES:
            raise DistrictsError(path, line, f"{language!r} is none of {_listed(LANGUAGES)}")
        if not isinstance(written, list) or not written:
            raise DistrictsError(path, line, "names must stand in brackets, divided by commas")
        for name in written:
            if not isinstance(name, str) or not name.strip():
                raise DistrictsError(path, line, f"{name!r} is no name; put it in quotation marks")
        names[language] = tuple(written)
    return names


def _load(path: Path) -> Any:
    try:
        return YAML(typ="rt").load(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise DistrictsError(path, None, "the file is missing", "Put it back") from error
    except OSError as error:
        raise DistrictsError(path, None, f"cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise DistrictsError(path, None, "the file is not UTF-8", "Save it as UTF-8") from error
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise DistrictsError(path, mark.line + 1 if mark else None, f"not valid YAML: {error.problem}") from error
    except (YAMLError, ValueError) as error:
        raise DistrictsError(path, None, f"not valid YAML: {error}") from error


def _line(node: Any, key: str) -> int:
    return int(node.lc.key(key)[0]) + 1


def _listed(words: Any) -> str:
    return ", ".join(sorted(words))
