"""The glossary: names of things that a text mentions, and what these are called in other languages."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.content.yaml_files import line_of, load_yaml
from knowledge.errors import ContentError
from knowledge.text.analyser import fold

KINDS = ("concept", "event", "organisation", "person", "place", "service")
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")

# Scripts that put no space between words, so that a name may begin and end anywhere.
_UNSPACED = re.compile("[\u0e00-\u0e7f\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")
_SPACES = re.compile(r"[\s_\u2010-\u2015-]+")
# Arabic writes "and", "in", "for" and "the" together with the word that follows.
_PROCLITICS = frozenset(["ال", "و", "ف", "ب", "ل", "ك", "وال", "فال", "بال", "كال", "لل", "ولل", "وب", "ول"])


FILE = "glossary.yml"
"""Its name, in content/ and in a generation of the index."""


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing; `names` by language, the official or customary name first."""

    id: str
    kind: str
    names: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Name:
    """A name as it is looked for: `form` folded, `spellings` with the accents that it may have."""

    form: str
    concept: int
    spellings: set[str]

    def is_spelt_in(self, text: str) -> bool:
        """Whether the accents fit. People leave accents out, but do not set other ones: "Poznan" is Poznań, and the
        Vietnamese "ba lần" (three times) is not "Ba Lan" (Poland)."""
        return not self.form.isascii() or any(spelling in text for spelling in self.spellings)


class Glossary:
    """Finds the names of its concepts (`entries`) in any text. Immutable, safe to use from several threads.

    Names are compared as folded; in scripts with spaces they are whole words. Where two overlap the longer counts, of
    two as long the first.
    """

    def __init__(self, concepts: Iterable[Concept]) -> None:
        self.entries = tuple(concepts)
        self._official = [
            [(language, names[0], form_of(names[0])) for language, names in concept.names.items()]
            for concept in self.entries
        ]
        by_start: dict[str, dict[str, _Name]] = {}
        for number, concept in enumerate(self.entries):
            for text in (text for names in concept.names.values() for text in names):
                form = form_of(text)
                name = by_start.setdefault(form[:2], {}).setdefault(form, _Name(form, number, {form}))
                name.spellings.add(_spelling(text))
        self._by_start = {start: tuple(names.values()) for start, names in by_start.items()}

    def concepts(self, text: str) -> tuple[str, ...]:
        """Ids of the concepts that the text names, in order of their first mention.

        >>> Glossary([Concept("poznan", "place", {"pl": ("Poznań",), "ja": ("ポズナン",)})]).concepts("Poznan?")
        ('poznan',)
        """
        return tuple(dict.fromkeys(self.entries[name.concept].id for name in self._mentions(text)))

    def expand(self, text: str, languages: Collection[str] | None = None) -> tuple[str, ...]:
        """What the concepts that the text names are officially called, where it does not use that name already.

        One name for each language (of `languages`, if given), each name once, concepts in order of mention.
        """
        mentions = self._mentions(text)
        used = {name.form for name in mentions}
        found: dict[str, str] = {}
        for number in dict.fromkeys(name.concept for name in mentions):
            for language, official, form in self._official[number]:
                if (languages is None or language in languages) and form not in used:
                    found.setdefault(form, official)
        return tuple(found.values())

    def _mentions(self, text: str) -> list[_Name]:
        """The names that stand in the text, in order; the longest first where they overlap."""
        folded = form_of(text)
        taken = bytearray(len(folded))
        kept: list[tuple[int, _Name]] = []
        matches = self._matches(folded, _spelling(text))
        for start, name in sorted(matches, key=lambda match: (-len(match[1].form), match[0])):
            end = start + len(name.form)
            if not any(taken[start:end]):
                taken[start:end] = b"\1" * (end - start)
                kept.append((start, name))
        return [name for _, name in sorted(kept, key=lambda match: match[0])]

    def _matches(self, folded: str, spelt: str) -> Iterator[tuple[int, _Name]]:
        for start in range(len(folded) - 1):
            for name in self._by_start.get(folded[start : start + 2], ()):
                end = start + len(name.form)
                whole = folded.startswith(name.form, start) and _begins_word(folded, start) and _ends_word(folded, end)
                if whole and name.is_spelt_in(spelt):
                    yield start, name


def load_glossary(path: Path) -> Glossary:
    """The glossary of `glossary.yml`: a list of concepts, each with `id`, `kind` and `names` by language.

    Raises `ContentError` with file and line for whatever is wrong in it, names that mean two concepts included.
    """
    data = load_yaml(path)
    if not isinstance(data, list) or not data:
        raise ContentError(path, 1, "must hold a list of concepts, each starting with `- id:`")
    concepts: list[Concept] = []
    owners: dict[str, str] = {}
    for number, item in enumerate(data):
        concept = _concept(path, line_of(data, number), item)
        if any(concept.id == other.id for other in concepts):
            raise ContentError(path, line_of(item, "id"), f"id `{concept.id}` is used twice; ids must be unique")
        for language, names in concept.names.items():
            for name in names:
                owner = owners.setdefault(form_of(name), concept.id)
                if owner != concept.id:
                    problem = f"`{name}` already names `{owner}`; a name may belong to one concept only"
                    raise ContentError(path, line_of(item["names"], language), problem)
        concepts.append(concept)
    return Glossary(concepts)


def form_of(text: str) -> str:
    """The form in which texts and names are compared: folded, words parted by one space, hyphens counting as one."""
    return _SPACES.sub(" ", fold(text)).replace("’", "'").strip()


def _spelling(text: str) -> str:
    """As `form_of`, but with accents; dotted and dotless i are one letter, as capitals do not tell them apart."""
    spelt = unicodedata.normalize("NFKC", text).casefold().replace("i\u0307", "i").replace("ı", "i")
    return _SPACES.sub(" ", unicodedata.normalize("NFC", spelt)).replace("’", "'").strip()


def _begins_word(text: str, start: int) -> bool:
    if start == 0 or not _joined(text[start - 1], text[start]):
        return True
    before = re.split(r"\W", text[max(0, start - 4) : start])[-1]
    return before in _PROCLITICS


def _ends_word(text: str, end: int) -> bool:
    """A word may go on in Korean, which hangs its particles on."""
    return end == len(text) or bool(_HANGUL.match(text[end])) or not _joined(text[end - 1], text[end])


def _joined(one: str, other: str) -> bool:
    """Whether two neighbouring characters belong to the same word of a script that parts words."""
    if not (one.isalnum() and other.isalnum()) or _UNSPACED.match(one) or _UNSPACED.match(other):
        return False
    return bool(_HANGUL.match(one)) == bool(_HANGUL.match(other))


def _concept(path: Path, line: int, item: Any) -> Concept:
    if not isinstance(item, dict) or set(item) != {"id", "kind", "names"}:
        raise ContentError(path, line, "a concept has exactly `id:`, `kind:` and `names:`; write all three")
    if not isinstance(item["id"], str) or not _ID.fullmatch(item["id"]):
        problem = f"id `{item['id']}` must be at most 64 small letters, digits and hyphens"
        raise ContentError(path, line_of(item, "id"), problem)
    if item["kind"] not in KINDS:
        raise ContentError(path, line_of(item, "kind"), f"kind `{item['kind']}` must be one of: {', '.join(KINDS)}")
    names = item["names"]
    if not isinstance(names, dict) or not names:
        problem = "`names:` must give a list of names for each language, such as `en: [Taipei]`"
        raise ContentError(path, line_of(item, "names"), problem)
    return Concept(item["id"], item["kind"], {str(key): _names(path, names, key) for key in names})


def _names(path: Path, names: Any, language: str) -> tuple[str, ...]:
    found = names[language]
    if not isinstance(found, list) or not found:
        raise ContentError(path, line_of(names, language), f"`{language}:` must be a list of names: [first, second]")
    for name in found:
        if not isinstance(name, str):
            raise ContentError(path, line_of(names, language), f"`{name}` is not text; put it in quotes")
        if len(form_of(name)) < 2:
            raise ContentError(path, line_of(names, language), f"`{name}` is too short to be found; write it in full")
    return tuple(name.strip() for name in found)
