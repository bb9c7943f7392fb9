"""Editors' YAML files, read so that whatever is wrong with one can be told with its line."""

from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from knowledge.errors import ContentError


def load_yaml(path: Path) -> Any:
    """What the file holds, with places (see `line_of`); None for an empty file.

    Raises `ContentError` when it is missing, is not UTF-8 or is not YAML.
    """
    try:
        return YAML(typ="rt").load(path.read_text(encoding="utf-8"))
    except OSError as error:
        problem = "the file is missing" if isinstance(error, FileNotFoundError) else f"cannot be read: {error.strerror}"
        raise ContentError(path, None, problem) from error
    except UnicodeDecodeError as error:
        raise ContentError(path, None, f"the file is not UTF-8 (byte {error.start}); save it as UTF-8") from error
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise ContentError(path, mark.line + 1 if mark else None, f"not valid YAML: {error.problem}") from error
    except YAMLError as error:
        raise ContentError(path, None, f"not valid YAML: {error}") from error
    except ValueError as error:  # ruamel reads 2026-02-30 as a date, and fails outside its own errors
        raise ContentError(path, None, f"holds a date that does not exist ({error}); correct it") from error


def line_of(node: Any, key: str | int) -> int:
    """The line, from 1, on which `key` stands in a mapping, or the item of this number in a list."""
    place = node.lc.item(key) if isinstance(key, int) else node.lc.key(key)
    return int(place[0]) + 1
