"""Phrases of the intent `out_of_scope` in Rasa's training data: questions that nothing answers."""

import re
from pathlib import Path

from knowledge.content.rehearsal import Phrase
from knowledge.content.yaml_files import load_yaml

_INTENT = "out_of_scope"
_MARKED = re.compile(r"\[([^\]]*)\](?:\([^)]*\)|\{[^}]*\})")


def read_outside(folder: Path) -> list[Phrase]:
    """All of them in `folder`/<language>/*.yml; raises `ContentError` for a file that is not YAML."""
    found = []
    for path in sorted(folder.glob("*/*.yml")):
        data = load_yaml(path)
        blocks = data.get("nlu") if isinstance(data, dict) else None
        for block in blocks or ():
            if isinstance(block, dict) and block.get("intent") == _INTENT:
                found += [Phrase(text, path.parent.name) for text in _examples(str(block.get("examples", "")))]
    return found


def _examples(text: str) -> list[str]:
    lines = (line.strip().removeprefix("- ").strip() for line in text.splitlines())
    return [_MARKED.sub(r"\1", line) for line in lines if line]
