"""FAQ questions as Rasa training data: what editors write teaches the model what a question looks like.

Standard library only, for Python 3.10 and 3.11: the command line writes the files, Rasa reads them.
"""

import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

HAND_WRITTEN = Path(__file__).parent / "data"

_HEADER = 'version: "3.1"\n\nnlu:'
_INTENT = re.compile(r"  - intent: (\w+)")
_EXAMPLE = re.compile(r"      - (.+)")
_ENTITY = re.compile(r"\[([^\]]+)\](?:\([^)]*\)|\{[^}]*\})")
_LONGEST_QUESTION = 500  # characters; the tokenizer reads no more

# Rasa takes [text](entity), [text]{…} and [text][…] for entities, wherever they stand in an example.
_NO_ENTITIES = str.maketrans(dict.fromkeys("[]{}", " "))


def ask_examples(entries: Iterable[tuple[str, str]], hand_written: Path = HAND_WRITTEN) -> str:
    """Rasa's YAML text teaching the intent `ask` from (language tag, question) pairs.

    Each question becomes one line: line breaks, control characters and lone surrogates become spaces, and
    so do square brackets and braces, which would be read as entities. Blank questions and repetitions (within
    and across languages) are dropped, and so is what the examples in the folder `hand_written` teach as another
    intent: an FAQ entry about emergency numbers must not teach that a cry for help is a question. The result
    is sorted by language, then question, so the same FAQ gives the same bytes. Without questions it is a
    valid, empty file.
    """
    seen = taught_elsewhere(hand_written)
    lines: list[str] = []
    for _language, question in sorted({(language, _one_line(question)) for language, question in entries}):
        key = _key(question)
        if key and key not in seen:
            seen.add(key)
            lines.append(f"      - {question}")
    if not lines:
        return f"{_HEADER} []\n"
    return "\n".join([_HEADER, "  - intent: ask", "    examples: |", *lines]) + "\n"


def taught_elsewhere(folder: Path) -> set[str]:
    """The examples below `folder` of every intent but `ask`: casefolded, half width, no punctuation."""
    found: set[str] = set()
    for path in sorted(folder.rglob("*.yml")):
        intent = ""
        for line in path.read_text(encoding="utf-8").splitlines():
            if header := _INTENT.match(line):
                intent = header[1]
            elif line.startswith("  - "):
                intent = ""
            elif (example := _EXAMPLE.match(line)) and intent not in ("", "ask"):
                found.add(_key(_ENTITY.sub(r"\1", example[1])))
    return found


def _key(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(char for char in folded if unicodedata.category(char)[0] in "LNM")


def _one_line(question: str) -> str:
    readable = "".join(" " if unicodedata.category(char)[0] in "CZ" else char for char in question)
    line = " ".join(readable.translate(_NO_ENTITIES).split())
    # In front, a slash would be read as an intent, a dash as one more list mark.
    return line.lstrip("/-#*+ ")[:_LONGEST_QUESTION].rstrip()
