"""A cry for help is told from a question that holds the same words."""

import pytest

from actions.emergency import is_cry_for_help, may_be_emergency


@pytest.mark.parametrize(
    "text",
    [
        "My house is on fire!!",
        "HELP",
        "there is a gas leak in my building",
        "please send an ambulance",
        "my dad is not breathing",
        "someone is breaking in",
        "失火了！",
        "救命啊",
        "我爸昏倒了",
        "瓦斯外洩怎麼辦",
        "火事です",
        "助けて",
        "人が倒れています",
        "救急車を呼んで",
        "意識がない",
    ],
)
def test_cries(text: str) -> None:
    """Each of these must be told 119 and 110 at once."""
    assert is_cry_for_help(text)


@pytest.mark.parametrize(
    "text",
    [
        "What does the video 119 app do?",
        "Can the fire department see where I am?",
        "help me find the smart meter page",
        "How can I get help with the tour?",
        "視訊119是什麼？",
        "消防局的App有什麼功能",
        "ビデオ119アプリとは",
        "消防局のアプリについて教えて",
        "",
    ],
)
def test_questions(text: str) -> None:
    """A question about the app or the fire brigade gets its answer."""
    assert not is_cry_for_help(text)


@pytest.mark.parametrize(("confidence", "expected"), [(0.45, True), (0.3, True), (0.1, False)])
def test_a_likely_emergency_counts(confidence: float, expected: bool) -> None:
    """The model's second thought is enough to name 119 and 110."""
    ranking = [{"name": "ask", "confidence": 0.5}, {"name": "emergency", "confidence": confidence}]
    assert expected == may_be_emergency({"intent_ranking": ranking})


def test_a_message_without_ranking() -> None:
    """Buttons carry no ranking."""
    assert not may_be_emergency({})
