"""Phrases of the intent `out_of_scope` in Rasa's training data: questions that nothing answers."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from knowledge.content.rehearsal import Phrase
from knowledge.content.yaml_files import load_yaml

MOST = 90
"""Phrases of one language: more of them, easily told from the city's subjects, would outweigh what is hard to tell."""
_INTENT = "out_of_scope"
_MARKED = re.compile(r"\[([^\]]*)\](?:\([^)]*\)|\{[^}]*\})")


def read_outside(folder: Path, languages: Iterable[str], most: int = MOST) -> list[Phrase]:
    """The first `most` of each of `languages` in `folder`/<language>/*.yml.

    Raises `ContentError` for a file that is not YAML.
    """
    found: list[Phrase] = []
    for language in sorted(languages):
        texts = [text for path in sorted((folder / language).glob("*.yml")) for text in _of_file(path)]
        found += [Phrase(text, language) for text in texts[:most]]
    return found


def _of_file(path: Path) -> Iterator[str]:
    data = load_yaml(path)
    blocks = data.get("nlu") if isinstance(data, dict) else None
    for block in blocks or ():
        if isinstance(block, dict) and block.get("intent") == _INTENT:
            yield from _examples(str(block.get("examples", "")))


def _examples(text: str) -> list[str]:
    lines = (line.strip().removeprefix("- ").strip() for line in text.splitlines())
    return [_MARKED.sub(r"\1", line) for line in lines if line]
