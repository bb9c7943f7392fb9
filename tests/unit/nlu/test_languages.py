"""Names of languages: found where they are meant, and each one known by the tag that it stands for."""

import re
from functools import lru_cache
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from nlu.training_data import language_examples
from wording.languages import Languages

LANGUAGES = Languages.read(Path(__file__).parents[3] / "content" / "languages.yml")


@lru_cache(maxsize=1)
def load() -> tuple[list[str], dict[str, str]]:
    """The regular expressions, and from every name in lower case to its tag (as Rasa compares them)."""
    patterns: list[str] = []
    names: dict[str, str] = {}
    taught = language_examples({tag: (one.autonym, *one.asked_as) for tag, one in LANGUAGES.items()})
    for block in YAML(typ="safe").load(taught)["nlu"]:
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
        ("Simplified Chinese", ["zh-Hans"]),
        ("請說簡體中文", ["zh-Hans"]),
        ("한국어로 해줘", ["ko"]),
        ("nói tiếng Việt đi", ["vi"]),
        ("ขอภาษาไทย", ["th"]),
        ("en français svp", ["fr"]),
        ("po polsku proszę", ["pl"]),
        ("Türkçe konuş", ["tr"]),
        ("μίλα ελληνικά", ["el"]),
        ("تكلم العربية", ["ar"]),
        ("Englishman", []),
        ("Polskie miasta", []),
    ],
)
def test_a_language_is_found_by_its_name_in_any_of_the_languages(text: str, tags: list[str]) -> None:
    """Whole Latin words only; the longest name where one holds another."""
    assert found(text) == tags


def test_every_name_is_found_and_means_its_language() -> None:
    """A name without a tag would reach the action as it was typed."""
    wrong = {name: found(name) for one in LANGUAGES.values() for name in one.asked_as if found(name) != [one.tag]}
    assert {} == wrong
