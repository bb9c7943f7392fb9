"""FAQ questions as Rasa training data: what editors write teaches the model what a question looks like.

Standard library only, for Python 3.10 and 3.11: the command line writes the files, Rasa reads them.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path

HAND_WRITTEN = Path(__file__).parent / "data"

_HEADER = 'version: "3.1"\n\nnlu:'
_INTENT = re.compile(r"  - intent: (\w+)")
_EXAMPLE = re.compile(r"      - (.+)")
_ENTITY = re.compile(r"\[([^\]]+)\](?:\([^)]*\)|\{[^}]*\})")
_SPACED = re.compile(r"[a-z\u00e0-\u024f\u1e00-\u1eff\u0370-\u03ff\u0620-\u06ff]")  # Latin, Greek, Arabic
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


def language_examples(names: Mapping[str, Iterable[str]]) -> str:
    """Rasa's YAML text teaching the entity `language`: what each language (by tag) is called, and what that means.

    The longest name counts where one holds another. Where a script puts spaces between words, a name is a whole word.
    """
    known = {tag: sorted({" ".join(name.split()).casefold() for name in called}) for tag, called in names.items()}
    everything = sorted({name for called in known.values() for name in called}, key=lambda name: (-len(name), name))
    apart = [re.escape(name) for name in everything if _SPACED.search(name)]
    within = [re.escape(name) for name in everything if not _SPACED.search(name)]
    lines = [_HEADER, "  - regex: language", "    examples: |"]
    lines += [f"      - (?<!\\w)(?:{'|'.join(apart)})(?!\\w)", f"      - (?:{'|'.join(within)})"]
    for tag in sorted(known):
        lines += [f"  - synonym: {tag}", "    examples: |", *(f"      - {name}" for name in known[tag])]
    return "\n".join(lines) + "\n"


def danger_examples(dangers: Mapping[str, Iterable[str]]) -> str:
    """Rasa's YAML text with the words of danger: one pattern for each kind, of all languages together."""
    lines = [_HEADER]
    for kind, patterns in sorted(dangers.items()):
        lines += [f"  - regex: {kind}", "    examples: |", f"      - {'|'.join(patterns)}"]
    return "\n".join(lines) + "\n"


def examples(folder: Path) -> dict[str, list[str]]:
    """Intent → its examples in all files below `folder`, without the marks of entities."""
    found: dict[str, list[str]] = {}
    for path in sorted(folder.rglob("*.yml")):
        intent = ""
        for line in path.read_text(encoding="utf-8").splitlines():
            if header := _INTENT.match(line):
                intent = header[1]
            elif line.startswith("  - "):
                intent = ""
            elif intent and (example := _EXAMPLE.match(line)):
                found.setdefault(intent, []).append(_ENTITY.sub(r"\1", example[1]))
    return found


def taught_elsewhere(folder: Path) -> set[str]:
    """The examples below `folder` of every intent but `ask`: casefolded, half width, no punctuation."""
    return {_key(text) for intent, texts in examples(folder).items() if intent != "ask" for text in texts}


def _key(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(char for char in folded if unicodedata.category(char)[0] in "LNM")


def _one_line(question: str) -> str:
    readable = "".join(" " if unicodedata.category(char)[0] in "CZ" else char for char in question)
    line = " ".join(readable.translate(_NO_ENTITIES).split())
    # In front, a slash would be read as an intent, a dash as one more list mark.
    return line.lstrip("/-#*+ ")[:_LONGEST_QUESTION].rstrip()
