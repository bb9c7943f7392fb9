"""Figures of understanding: what counts as right, and which utterances examine nothing."""

from pathlib import Path

import pytest

from bench.understanding.scoring import Parsed, score
from bench.understanding.utterances import Utterance, near_duplicates, pairs, read_utterances
from citydesk.settings import PROJECT_ROOT
from nlu.training_data import examples

UTTERANCES = PROJECT_ROOT / "tests" / "understanding"


def parsed(intent: str, emergency: float = 0.0) -> Parsed:
    return Parsed(intent, 0.9, [(intent, 0.9), ("emergency", emergency)], [])


@pytest.mark.parametrize(
    ("intent", "understood", "cry", "expected"),
    [
        ("greet", parsed("greet"), False, 1.0),
        ("greet", parsed("goodbye"), False, 0.0),
        ("greet", parsed("nlu_fallback"), False, 0.0),
        ("ask", parsed("nlu_fallback"), False, 1.0),
        ("out_of_scope", parsed("nlu_fallback"), False, 1.0),
        ("out_of_scope", parsed("ask"), False, 0.0),
        ("emergency", parsed("emergency"), False, 1.0),
        ("emergency", parsed("ask", emergency=0.5), False, 1.0),
        ("emergency", parsed("ask", emergency=0.49), False, 0.0),
        ("emergency", parsed("ask"), True, 1.0),
    ],
)
def test_what_counts_as_right(intent: str, understood: Parsed, cry: bool, expected: float) -> None:
    """Where retrieval looks for the answer anyway, being unsure is no mistake; a likely emergency is told as one."""
    scores = score([Utterance("text", "en", intent)], [understood], [cry])
    assert (1, expected) == (scores.overall.count, scores.overall.accuracy)


def test_figures_by_language_and_for_alarms() -> None:
    said = [
        Utterance("a", "en", "greet"),
        Utterance("b", "ja", "out_of_scope"),
        Utterance("c", "ja", "emergency"),
        Utterance("d", "ja", "ordinary"),
        Utterance("e", "ja", "ordinary"),
    ]
    found = [parsed("help"), parsed("out_of_scope"), parsed("emergency"), parsed("emergency"), parsed("ask")]
    scores = score(said, found, [False] * 5)
    assert (0.0, 1.0) == (scores.of("en").accuracy, scores.of("ja").accuracy)
    assert (3, 0.6667, 1.0) == (scores.overall.count, scores.overall.accuracy, scores.overall.emergencies)
    assert (1, 1.0, 2, 0.5) == (scores.cries, scores.cries_heard, scores.ordinary, scores.false_alarms)
    assert [("greet", "help", 1)] == scores.confused
    assert 0 == scores.of("th").count


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("What are the three meters?", True),
        ("what are  the three METERS", True),
        ("which are the three meters", True),
        ("meters", False),
        ("who signed with Taipei", False),
    ],
)
def test_an_utterance_in_other_clothes_is_found(text: str, near: bool) -> None:
    found = near_duplicates([Utterance(text, "en", "ask")], [{"ask": ["what are the three meters"]}])
    assert near == bool(found)


def test_pairs_of_characters_do_without_case_accents_and_signs() -> None:
    assert frozenset({"po", "oz", "zn", "na", "an"}) == pairs("Poznań!")
    assert (frozenset({"a"}), frozenset({""})) == (pairs("A?"), pairs("?!"))


@pytest.mark.parametrize("kind", ["utterances", "emergencies"])
def test_the_utterances_at_hand_can_be_read(kind: str) -> None:
    found = read_utterances(UTTERANCES / kind)
    assert 13 == len({one.language for one in found})
    assert len(found) > 1000


def test_no_utterance_at_hand_is_near_to_a_training_example() -> None:
    """It would examine memory, not understanding. The FAQ's questions are looked at by `make eval-nlu`."""
    utterances = read_utterances(UTTERANCES / "utterances")
    assert {} == near_duplicates(utterances, [examples(Path("nlu/data"))])
