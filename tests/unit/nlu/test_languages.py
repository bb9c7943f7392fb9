"""Names of languages: found where they are meant, and each one known by the tag that it stands for."""

import re
from pathlib import Path

import pytest
from ruamel.yaml import YAML

DATA = Path(__file__).parents[3] / "nlu" / "data" / "languages.yml"


def load() -> tuple[list[str], dict[str, str]]:
    """The regular expressions, and from every name in lower case to its tag (as Rasa compares them)."""
    patterns: list[str] = []
    names: dict[str, str] = {}
    for block in YAML(typ="safe").load(DATA)["nlu"]:
        lines = [line.removeprefix("- ") for line in block["examples"].splitlines()]
        if "regex" in block:
            patterns += lines
        else:
            names.update({line.lower(): block["synonym"] for line in lines})
    return patterns, names


def found(text: str) -> list[str]:
    patterns, names = load()
    matches = [match for pattern in patterns for match in re.finditer(pattern, text, re.IGNORECASE)]
    return [names[match[0].lower()] for match in sorted(matches, key=lambda match: match.start())]


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("English please", ["en"]),
        ("ＥＮＧＬＩＳＨ", ["en"]),
        ("switch from Chinese to Japanese", ["zh-Hant", "ja"]),
        ("請用繁體中文回答", ["zh-Hant"]),
        ("台湾華語で", ["zh-Hant"]),
        ("改成日文", ["ja"]),
        ("日本語でお願いします", ["ja"]),
        ("Englishman", []),
        ("polski", []),
    ],
)
def test_a_language_is_found_by_its_name_in_any_of_the_languages(text: str, tags: list[str]) -> None:
    """Whole Latin words only; the longest name where one holds another."""
    assert found(text) == tags


def test_every_name_that_is_looked_for_has_its_tag() -> None:
    """A name without a tag would reach the action as it was typed."""
    patterns, names = load()
    spelled = [name for pattern in patterns for name in re.sub(r"\(\?<?!\[a-z\]\)|\(\?:|\)", "", pattern).split("|")]
    assert {name.lower() for name in spelled} == set(names)
    assert set(names.values()) == {"en", "zh-Hant", "ja"}
