"""The editors' FAQ files to documents; what is wrong in one is told with its file and line."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from knowledge.content.faq_dates import read_event, read_valid_until
from knowledge.content.yaml_files import line_of, load_yaml
from knowledge.documents import Document, Source
from knowledge.errors import ContentError

_ID = re.compile(r"[a-z0-9][a-z0-9.-]{0,31}")
_REQUIRED = ("id", "question", "answer", "source", "updated")
_T = TypeVar("_T")


def load_faq(content: Path, sources: Any = None) -> list[Document]:
    """Every entry of `content/faq/<language>/*.yml`, ordered by language, file and place in the file.

    `sources` are those of `load_sources`; None: of `content/sources.yml`.
    Raises `ContentError` with file and line for YAML errors, missing or repeated ids, unknown sources and
    empty fields.
    """
    sources = sources or load_sources(content / "sources.yml")
    documents: list[Document] = []
    for folder in sorted(path for path in (content / "faq").glob("*") if path.is_dir()):
        seen: dict[str, str] = {}
        for path in sorted(folder.glob("*.yml")):
            documents += _load_file(path, folder.name, sources, seen)
    if not documents:
        raise ContentError(content / "faq", None, "holds no FAQ files; expected faq/<language>/<topic>.yml")
    return documents


def topic_titles(content: Path) -> dict[str, dict[str, str]]:
    """Topic key to its short title in each language."""
    titles: dict[str, dict[str, str]] = {}
    for path in sorted((content / "faq").glob("*/*.yml")):
        data = _mapping(path)
        titles.setdefault(data["topic"], {})[path.parent.name] = str(data.get("title") or data["topic"])
    return titles


def load_sources(path: Path) -> Any:
    """The mapping of `sources.yml`, checked: each has an address and a title."""
    sources = _mapping(path)
    for key, source in sources.items():
        for field in ("url", "title"):
            if not isinstance(source, dict) or not source.get(field):
                raise ContentError(path, line_of(sources, key), f"source `{key}` has no `{field}:`; add it")
        if not isinstance(source["title"], dict) or "en" not in source["title"]:
            raise ContentError(path, line_of(sources, key), f"the title of source `{key}` needs at least `en:`")
    return sources


def _load_file(path: Path, language: str, sources: Any, seen: dict[str, str]) -> list[Document]:
    data: Any = _mapping(path)
    for key in ("topic", "entries"):
        if not isinstance(data, dict) or key not in data:
            raise ContentError(path, 1, f"`{key}:` is missing at the top of the file")
    entries: Any = data["entries"]
    if not isinstance(entries, list):
        raise ContentError(
            path, line_of(data, "entries"), "`entries:` must be a list, each entry starting with `- id:`"
        )
    found = []
    lines: Any = entries.lc  # type: ignore[attr-defined]  # ruamel keeps places there
    for index, entry in enumerate(entries):
        line = lines.item(index)[0] + 1
        if not isinstance(entry, dict):
            raise ContentError(path, line, "an entry must be a mapping with id, question, answer, source, updated")
        found.append(_document(path, line, language, str(data["topic"]), entry, sources))
        if entry["id"] in seen:
            raise ContentError(
                path, line, f"id `{entry['id']}` is already used in {seen[entry['id']]}; ids must be unique"
            )
        seen[entry["id"]] = path.name
    return found


def _document(path: Path, line: int, language: str, topic: str, entry: Any, sources: Any) -> Document:
    for key in _REQUIRED:
        if not str(entry.get(key) or "").strip():
            raise ContentError(path, line, f"the entry has no `{key}:`; add it")
    if not _ID.fullmatch(str(entry["id"])):
        problem = f"id `{entry['id']}` must be at most 32 small letters, digits, dots and hyphens"
        raise ContentError(path, line_of(entry, "id"), problem)
    if entry["source"] not in sources:
        problem = f"source `{entry['source']}` is not in sources.yml; known are: {', '.join(sorted(sources))}"
        raise ContentError(path, line_of(entry, "source"), problem)
    return Document(
        id=f"faq:{entry['id']}",
        kind="faq",
        language=language,
        title=str(entry["question"]).strip(),
        text=str(entry["answer"]).strip(),
        source=_source(sources[entry["source"]], language),
        topic=topic,
        questions=_questions(path, entry, "variants"),
        contrasts=_questions(path, entry, "contrasts"),
        sample=bool(entry.get("sample", False)),
        valid_until=_dated(path, entry, "valid_until", read_valid_until),
        event=_dated(path, entry, "event", read_event),
    )


def _dated(path: Path, entry: Any, key: str, read: Callable[[Any], _T]) -> _T:
    try:
        return read(entry.get(key))
    except ValueError as error:
        raise ContentError(path, line_of(entry, key), str(error)) from error


def _questions(path: Path, entry: Any, key: str) -> tuple[str, ...]:
    questions = entry.get(key) or []
    if not isinstance(questions, list):
        raise ContentError(path, line_of(entry, key), f"`{key}:` must be a list of questions")
    return tuple(str(question).strip() for question in questions)


def _source(data: Any, language: str) -> Source:
    """The source as published: its original title; in the reader's language where there is no original."""
    published = data.get("published")
    own = str(data.get("language") or language)
    return Source(
        title=str(data["title"].get(own) or data["title"]["en"]),
        url=str(data["url"]),
        language=own,
        published=published if isinstance(published, date) else None,
        url_is_home_page=bool(data.get("url_is_home_page", False)),
    )


def _mapping(path: Path) -> Any:
    data = load_yaml(path)
    if not isinstance(data, dict):
        raise ContentError(path, 1, "the file must hold a mapping (`key: value` lines)")
    return data
