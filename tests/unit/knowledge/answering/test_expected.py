"""What kind of thing a question asks for, and whether a document tells it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.answering.expected import Told, unmet
from knowledge.documents import Document, Event, Source

SOURCE = Source("Title", "https://example.org/", "en", date(2018, 4, 3))


def document(text: str, event: Event | None = None) -> Document:
    return Document("faq:a", "faq", "en", "What is it?", text, SOURCE, event=event)


def told(text: str, event: Event | None = None) -> Told:
    return Told.by([document(text, event)])


PLAIN = told("A bus without a driver drove about the hall.")


@pytest.mark.parametrize(
    "question",
    [
        "What does such a bus cost?",
        "自駕小巴一台要多少錢",
        "自驾小巴一台多少钱？",
        "料金はいくらですか",
        "요금이 얼마예요?",
        "ค่าโดยสารกี่บาท",
        "Was kostet die Fahrt?",
        "Combien coûte un trajet ?",
        "¿Cuánto cuesta el viaje?",
        "Ile kosztuje przejazd?",
        "Bilet ne kadara?",
        "Berapa harga tiketnya?",
        "Giá vé bao nhiêu?",
        "Πόσο κοστίζει;",
        "كم سعر التذكرة؟",
    ],
)
def test_a_price_is_not_met_where_no_money_is_told_of(question: str) -> None:
    """In every language."""
    assert {"money"} == unmet(question, PLAIN)
    assert set() == unmet(question, told("The ride is free of charge."))
    assert set() == unmet(question, told("單程車資 15 元。"))


@pytest.mark.parametrize(
    "question",
    [
        "How long does it take?",
        "多少人來參觀",
        "何人来ましたか",
        "몇 명이나 왔어요?",
        "Wie viele kamen?",
        "Combien de villes ?",
    ],
)
def test_a_number_is_no_price(question: str) -> None:
    """How many is not how much."""
    assert set() == unmet(question, PLAIN)


def test_a_year_has_to_be_told() -> None:
    """Numbers that are no years don't count."""
    assert {"year"} == unmet("Who is mayor in 2030?", PLAIN)
    assert set() == unmet("Who came in 2018?", told("It took place in March 2018."))
    assert set() == unmet("What is 1999, and what 120305?", told("Call 1999."))


def test_what_is_over_does_not_hold_now() -> None:
    """Asked for today, told of what took place."""
    over = told("It took place.", Event(date(2018, 3, 1), date(2018, 3, 31)))
    assert {"now"} == unmet("Is it still on today?", over)
    assert {"now", "year"} == unmet("When will it be next year?", over)
    assert {"year"} == unmet("明年在哪裡舉辦", over)
    assert set() == unmet("Is it still on today?", PLAIN)


def test_all_versions_tell() -> None:
    """Readers of every language get the same entry."""
    both = Told.by([document("A ride."), document("Ein Jahr, 2019, kostenlos.")])
    assert (True, frozenset({"2019"}), False) == (both.money, both.years, both.over)


@given(st.text(), st.text())
def test_whatever_is_typed(question: str, text: str) -> None:
    """Never an error; and a text meets what it asks itself, but for what is over."""
    assert unmet(question, told(text)) <= {"money", "year"}
