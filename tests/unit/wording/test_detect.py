"""The language of a text, and of a client's tag."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wording.languages import Languages

LANGUAGES = Languages.read(Path("content/languages.yml"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("三表是什麼", "zh-Hant"),
        ("Go Smart是什麼", "zh-Hant"),
        ("营业时间", "zh-Hans"),
        ("スマートメーターとは", "ja"),
        ("三表の意味", "ja"),
        ("営業時間", "ja"),
        ("ｽﾏｰﾄ", "ja"),
        ("What are the three meters?", "en"),
        ("Photovoltaics", "en"),
        ("what does 三表 mean exactly", "en"),
        ("I'd go", "en"),
        ("스마트 계량기가 뭐예요?", "ko"),
        ("Expo는 언제였나요", "ko"),
        ("Ba loại đồng hồ thông minh là gì?", "vi"),
        ("ba dong ho thong minh la gi", "vi"),
        ("xe buyt tu lai o dau", "vi"),
        ("Apa itu tiga meteran pintar?", "id"),
        ("jadwal tur berpemandu dong", "id"),
        ("มิเตอร์อัจฉริยะคืออะไร", "th"),
        ("Smart City Expo จัดเมื่อไหร่", "th"),
        ("Quels sont les trois compteurs ?", "fr"),
        ("visites guidées", "fr"),
        ("c'est quoi le video 119", "fr"),
        ("Jakie są trzy inteligentne liczniki?", "pl"),
        ("gdzie byl minibus", "pl"),
        ("Üç akıllı sayaç nedir?", "tr"),
        ("pavyon nerede", "tr"),
        ("Ποιοι είναι οι τρεις μετρητές;", "el"),
        ("ما هي العدادات الذكية الثلاثة؟", "ar"),
        ("MOU مع غرونوبل", "ar"),
        ("智能电表是什么", "zh-Hans"),
        ("三表是什么", "zh-Hans"),
        ("Which Polish cities signed: Poznań, Wrocław?", "en"),
        ("Was ist das für ein Haus", None),
        ("hi", None),
        ("MRT", None),
        ("水", None),
        ("水 (・ω・)ノ", None),
        ("好喔 (・ω・)ノ", "zh-Hant"),
        ("119", None),
        ("👍", None),
        ("", None),
        ("привет мир", None),
    ],
)
def test_detection(text: str, expected: str | None) -> None:
    """Script tells the language once there is enough of it."""
    assert LANGUAGES.detect(text) == expected


@given(st.text())
def test_detection_takes_any_text(text: str) -> None:
    """Whatever is typed, the outcome is one of ours or None."""
    assert LANGUAGES.detect(text) in (*LANGUAGES, None)
