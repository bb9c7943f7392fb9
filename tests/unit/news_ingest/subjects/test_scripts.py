"""Letters counted by script; Traditional told from Simplified."""

import pytest

from news_ingest.subjects.scripts import chinese_script, letters


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("臺灣", "zh-Hant"),
        ("台湾", "zh-Hans"),
        ("市府這週發布", "zh-Hant"),
        ("市府这周发布", "zh-Hans"),
        ("大安公告", None),
        ("皇后", None),
        ("台北市公里干部", None),
        ("發发", None),
        ("Taipei", None),
        ("", None),
    ],
)
def test_script_by_the_characters_that_only_one_has(text: str, script: str | None) -> None:
    """台, 后, 里 and 干 are written in both, and tell nothing."""
    assert script == chinese_script(text)


def test_letters_are_counted_by_script() -> None:
    """Digits, signs and spaces are no letters."""
    expected = {"han": 2, "kana": 2, "hangul": 2, "thai": 2, "arabic": 2, "greek": 2, "latin": 3, "other": 2}
    assert expected == letters("臺北 バス 서울 กข اب αβ Łan да 119！")
