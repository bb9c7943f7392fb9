"""What holds today, what is over, and which questions ask for now."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.documents import Document, Event, Source
from knowledge.retrieval.currency import HALF_LIFE_DAYS, asks_for_current, is_expired, is_outdated, recency, standing

TODAY = date(2026, 11, 24)
DAY = timedelta(days=1)
ENTRY = Document("faq:a.b", "faq", "en", "How?", "So.", Source("Page", "https://www.gov.taipei/", "en"))


def test_an_entry_holds_through_its_last_day() -> None:
    """Whoever asks on that day is still right to come."""
    assert not is_expired(replace(ENTRY, valid_until=TODAY), TODAY)
    assert is_expired(replace(ENTRY, valid_until=TODAY - DAY), TODAY)
    assert not is_expired(ENTRY, TODAY)


@pytest.mark.parametrize(
    ("valid_until", "event_end", "expected"),
    [
        (None, None, "current"),
        (None, TODAY, "current"),
        (None, TODAY - DAY, "over"),
        (TODAY - DAY, None, "expired"),
        (TODAY - DAY, TODAY - DAY, "expired"),
        (TODAY, TODAY - DAY, "over"),
    ],
)
def test_standing(valid_until: date | None, event_end: date | None, expected: str) -> None:
    """Expired weighs more than over; the last day counts in both."""
    event = Event(event_end - DAY, event_end) if event_end else None
    assert expected == standing(replace(ENTRY, valid_until=valid_until, event=event), TODAY)


def test_news_counts_half_after_each_half_life() -> None:
    """An unknown day counts nothing, one that has not come yet counts as today."""
    assert 1.0 == recency(TODAY, TODAY) == recency(TODAY + DAY, TODAY)
    assert 0.5 == recency(TODAY - HALF_LIFE_DAYS * DAY, TODAY)
    assert 0.25 == recency(TODAY - 2 * HALF_LIFE_DAYS * DAY, TODAY)
    assert 0.0 == recency(None, TODAY)


@given(st.dates(), st.dates(), st.dates())
def test_newer_is_never_less_recent(one: date, other: date, today: date) -> None:
    """The order of days is the order of recency, between 0 and 1."""
    assert 0.0 <= recency(min(one, other), today) <= recency(max(one, other), today) <= 1.0


def test_only_news_grows_outdated() -> None:
    """An editor's entry holds until he says otherwise."""
    old = replace(ENTRY.source, published=TODAY - 400 * DAY)
    assert is_outdated(replace(ENTRY, kind="news", source=old), TODAY)
    assert is_outdated(replace(ENTRY, kind="news"), TODAY)
    assert not is_outdated(replace(ENTRY, kind="news", source=replace(old, published=TODAY - 100 * DAY)), TODAY)
    assert not is_outdated(replace(ENTRY, source=old), TODAY)


@pytest.mark.parametrize(
    "text",
    [
        "What's the latest on the buses?",
        "I'd like to join a tour TOMORROW, what do I have to do?",
        "is the expo still on?",
        "when is the next guided tour",
        "ｔｏｄａｙ",
        "本週有什麼活動",
        "這禮拜有導覽嗎",
        "现在还能报名吗",
        "最近的活動",
        "これからのツアー",
        "今週のイベントは？",
        "이번주 행사 있나요",
        "최근 소식",
        "กิจกรรมสัปดาห์นี้",
        "มีข่าวล่าสุดไหม",
        "Was ist diese Woche los?",
        "Gibt es aktuelle Meldungen?",
        "Que se passe-t-il aujourd’hui ?",
        "les evenements a venir",
        "¿Qué hay esta semana?",
        "ultimas noticias",
        "Co się dzieje w tym tygodniu?",
        "najnowsze wiadomości",
        "Şu anda açık mı?",
        "son haberler",
        "acara minggu ini",
        "berita terbaru",
        "Tuần này có gì?",
        "tin moi nhat",
        "Τι γίνεται σήμερα;",
        "πρόσφατες ειδήσεις",
        "ما الجديد هذا الأسبوع؟",
        "الان",
        "والآن؟",
    ],
)
def test_questions_for_what_is_current(text: str) -> None:
    """In fifteen languages, with or without accents, in any width and script."""
    assert asks_for_current(text)


@pytest.mark.parametrize(
    "text",
    [
        "What are the three smart meters?",
        "Who knows what video 119 is?",
        "What is next to the pavilion?",
        "Good morning, what is GO SMART?",
        "三表是什麼",
        "離這裡最近的圖書館在哪",
        "最近的捷運站",
        "2018年的展覽有哪些城市參加",
        "三つのスマートメーターとは",
        "また来ますか",
        "스마트 계량기가 무엇인가요",
        "มิเตอร์อัจฉริยะคืออะไร",
        "Guten Morgen, was sind die drei Zähler?",
        "Quels sont les trois compteurs ?",
        "¿Abre por la mañana?",
        "Czym jest nowoczesny licznik?",
        "Akıllı sayaç nedir?",
        "Apa itu meter pintar?",
        "Đồng hồ thông minh là gì?",
        "Τι είναι οι έξυπνοι μετρητές;",
        "ما هي العدادات الذكية؟",
        "",
    ],
)
def test_questions_for_anything_else(text: str) -> None:
    """A part of a word, the nearest station, a greeting: none of them asks for now."""
    assert not asks_for_current(text)


@given(st.text(max_size=60))
def test_any_text_can_be_asked(text: str) -> None:
    """Whatever is typed gives yes or no, and asking for today beside it gives yes."""
    assert asks_for_current(text) in (True, False)
    assert asks_for_current(f"{text} . today")
