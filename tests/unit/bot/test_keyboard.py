"""Buttons under a Telegram message."""

from bot.payloads import Button
from bot.telegram.desk import keyboard


def rows(*titles: str) -> list[list[str]]:
    markup = keyboard([Button(title=title, payload="/help") for title in titles])
    assert markup is not None
    return [[button.text for button in row] for row in markup.inline_keyboard]


def test_short_ones_side_by_side() -> None:
    """Two short titles share a row; East Asian characters count double."""
    assert rows("Tours", "Minibus", "Video 119") == [["Tours", "Minibus"], ["Video 119"]]
    assert rows("智慧公共住宅導覽", "三表") == [["智慧公共住宅導覽", "三表"]]
    assert rows("智慧公共住宅的導覽", "三表") == [["智慧公共住宅的導覽"], ["三表"]]


def test_none_without_a_usable_button() -> None:
    """No empty keyboard is sent."""
    assert keyboard([]) is None
    assert keyboard([Button(title="Evil", payload="/restart")]) is None
