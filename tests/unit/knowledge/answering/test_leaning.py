"""Sentences that can't stand alone, by how they start and end."""

import pytest

from knowledge.answering.leaning import leans_back, promises_more


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        ("他表示，活動將延長。", "zh-Hant"),
        ("「這項措施從五月起實施。」", "zh-Hant"),
        ("因此活動延期。", "zh-Hant"),
        ("これにより便利になります。", "ja"),
        ("그는 감사를 전했다.", "ko"),
        ("เขากล่าวขอบคุณ", "th"),
        ("However, it rains.", "en"),
        ("Deshalb bleibt das Amt geschlossen.", "de"),
        ("Cette mesure est gratuite.", "fr"),
        ("Él abrió la puerta.", "es"),
        ("Jednak urząd jest zamknięty.", "pl"),
        ("Bu hizmet ücretsizdir.", "tr"),
        ("Mereka membuka pintu.", "id"),
        ("Nó miễn phí.", "vi"),
        ("Αυτό είναι δωρεάν.", "el"),
        ("هذا مجاني.", "ar"),
    ],
)
def test_leaning(sentence: str, language: str) -> None:
    """Pronouns and what draws a conclusion point to the sentence before."""
    assert leans_back(sentence, language)


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        ("市長表示，活動將延長。", "zh-Hant"),
        ("On Monday the office is closed.", "en"),
        ("Itineraries are free.", "en"),
        ("Theatre tickets are sold out.", "en"),
        ("To pay, use the app.", "en"),
        ("On ouvre demain.", "fr"),
        ("", "en"),
        ("It is free.", "tlh"),
        ("It is free.", ""),
    ],
)
def test_standing(sentence: str, language: str) -> None:
    """Whole words of the sentence's own language count, nothing else."""
    assert not leans_back(sentence, language)


def test_a_colon_promises_more() -> None:
    """Full-width or not, white space behind it or not."""
    assert promises_more("說明如下：") and promises_more("As follows: ")
    assert not promises_more("At 10:30 it opens.")
