"""From what was said and what was understood to figures. Pure."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from actions.emergency import may_be_emergency
from bench.understanding.utterances import Utterance

ORDINARY = "ordinary"
"""The group of messages that are no emergency, whatever words they hold; its opposite is `emergency`."""
RETRIEVAL = frozenset({"ask", "out_of_scope"})
"""Intents whose answer retrieval looks for, as it does where the model is not sure (`nlu_fallback`)."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """What the model made of a text; `ranking` are intents with their confidence, the likeliest first."""

    intent: str
    confidence: float
    ranking: Sequence[tuple[str, float]]
    entities: Sequence[tuple[str, Any]]


@dataclass(frozen=True, slots=True)
class LanguageScores:
    """Shares of what was understood, in one language or in all; 0 where there was nothing to understand."""

    count: int
    accuracy: float
    out_of_scope: float
    emergencies: float


@dataclass(frozen=True, slots=True)
class Scores:
    """All figures. `cries_heard` and `false_alarms` are shares of `cries` and `ordinary` messages."""

    overall: LanguageScores
    languages: dict[str, LanguageScores]
    cries: int
    cries_heard: float
    ordinary: int
    false_alarms: float
    confused: list[tuple[str, str, int]]

    def of(self, tag: str) -> LanguageScores:
        """Those of one language."""
        return self.languages.get(tag, LanguageScores(0, 0.0, 0.0, 0.0))

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class _Outcome:
    utterance: Utterance
    understood: str
    alarm: bool

    @property
    def right(self) -> bool:
        wanted = self.utterance.intent
        if wanted == "emergency":
            return self.alarm
        return self.understood == wanted or (self.understood == "nlu_fallback" and wanted in RETRIEVAL)


def score(utterances: Sequence[Utterance], parsed: Sequence[Parsed], cries: Sequence[bool]) -> Scores:
    """`cries` tells of each utterance whether it is a cry for help in so many words: then it counts as an emergency,
    and so it does where the model holds that for likely, since both are told 119 and 110 first."""
    outcomes = [_outcome(*one) for one in zip(utterances, parsed, cries, strict=True)]
    ordinary = [one for one in outcomes if one.utterance.intent == ORDINARY]
    heard = [one for one in outcomes if one.utterance.intent == "emergency"]
    told = [one for one in outcomes if one.utterance.intent != ORDINARY]
    return Scores(
        _scores(told),
        {tag: _scores([one for one in told if one.utterance.language == tag]) for tag in _tags(told)},
        len(heard),
        _share(heard, lambda one: one.alarm),
        len(ordinary),
        _share(ordinary, lambda one: one.alarm),
        _confused(told),
    )


def _outcome(utterance: Utterance, parsed: Parsed, cry: bool) -> _Outcome:
    ranking = [{"name": name, "confidence": confidence} for name, confidence in parsed.ranking]
    alarm = cry or parsed.intent == "emergency" or may_be_emergency({"intent_ranking": ranking})
    return _Outcome(utterance, parsed.intent, alarm)


def _tags(outcomes: Iterable[_Outcome]) -> list[str]:
    return sorted({one.utterance.language for one in outcomes})


def _scores(outcomes: Sequence[_Outcome]) -> LanguageScores:
    outside = [one for one in outcomes if one.utterance.intent == "out_of_scope"]
    cries = [one for one in outcomes if one.utterance.intent == "emergency"]
    return LanguageScores(
        len(outcomes),
        _share(outcomes, lambda one: one.right),
        _share(outside, lambda one: one.right),
        _share(cries, lambda one: one.right),
    )


def _share(outcomes: Sequence[_Outcome], counts: Callable[[_Outcome], bool]) -> float:
    return round(sum(map(counts, outcomes)) / len(outcomes), 4) if outcomes else 0.0


def _confused(outcomes: Iterable[_Outcome]) -> list[tuple[str, str, int]]:
    """Wanted, understood, how often; the most frequent first."""
    found: dict[tuple[str, str], int] = {}
    for one in outcomes:
        if not one.right:
            pair = one.utterance.intent, one.understood
            found[pair] = found.get(pair, 0) + 1
    return sorted(((*pair, count) for pair, count in found.items()), key=lambda row: (-row[2], row))
