"""The hand-written training data: complete in every language, no phrase under two intents."""

from collections import defaultdict
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from wording.languages import Languages

DATA = Path(__file__).parents[3] / "nlu" / "data"
DOMAIN = DATA.parent / "domain"
LISTED = Languages.read(DATA.parents[1] / "content" / "languages.yml")
LANGUAGES = [language.tag for language in LISTED.values() if language.shown_from is None]
LEAST = {
    "greet": 25,
    "thanks": 25,
    "goodbye": 25,
    "help": 25,
    "latest_news": 25,
    "choose_language": 25,
    "human": 25,
    "out_of_scope": 40,
    "emergency": 40,
    "ask": 25,
}


def phrases(language: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for path in sorted((DATA / language).glob("*.yml")):
        for block in YAML(typ="safe").load(path)["nlu"]:
            lines = [line.removeprefix("- ") for line in block["examples"].splitlines()]
            found.setdefault(block["intent"], []).extend(lines)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_intent_is_taught_in_every_language(language: str) -> None:
    """With enough phrases each, emergencies above all."""
    counts = {intent: len(lines) for intent, lines in phrases(language).items()}
    assert set(LEAST) == set(counts)
    least = LEAST if LISTED[language].subjects == "all" else {intent: 18 for intent in LEAST}
    assert {intent: count for intent, count in counts.items() if count < least[intent]} == {}


def test_no_phrase_is_taught_as_two_intents_or_twice() -> None:
    """Across languages too: one model reads them all."""
    where: dict[str, list[str]] = defaultdict(list)
    for language in LANGUAGES:
        for intent, lines in phrases(language).items():
            for line in set(lines):
                where[line.casefold()].append(intent)
    assert {line: intents for line, intents in where.items() if len(set(intents)) > 1} == {}


def test_every_intent_of_the_domain_has_its_rule() -> None:
    """An intent without a rule would fall back in silence."""
    yaml = YAML(typ="safe")
    intents = {next(iter(intent)) for intent in yaml.load(DOMAIN / "domain.yml")["intents"]}
    rules = yaml.load(DATA / "rules.yml")["rules"]
    assert intents == {rule["steps"][0]["intent"] for rule in rules}


def test_rules_use_only_actions_and_responses_that_the_domain_knows() -> None:
    """Rasa would refuse the model otherwise; this tells it in a second."""
    yaml = YAML(typ="safe")
    actions = yaml.load(DOMAIN / "domain.yml")["actions"]
    responses = yaml.load(DOMAIN / "responses.yml")["responses"]
    assert {*actions, *responses} == {rule["steps"][1]["action"] for rule in yaml.load(DATA / "rules.yml")["rules"]}
