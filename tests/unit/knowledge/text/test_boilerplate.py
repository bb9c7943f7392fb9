"""Lines that answer nothing are told from lines that do, in press releases of several languages."""

import pytest

from knowledge.text.boilerplate import is_boilerplate


def alone(line: str) -> bool:
    """Whether `line` is boilerplate in the middle of an article."""
    text = f"First sentence.\n{line}\nLast sentence."
    return is_boilerplate(text, text.index(line), text.index(line) + len(line))


@pytest.mark.parametrize(
    "line",
    [
        "新聞聯絡人：王小姐 電話 02-1234-5678",
        "聯絡電話：02-1234-5678分機100",
        "[聯絡人]林先生",
        "發布單位：新聞及國際關係處",
        "（觀光傳播局發布）",
        "撰稿人 陳小姐",
        "電話：02-1234-5678",
        "2018年3月27日 星期二",
        "3 April 2018",
        "Media contact: Ms Lin",
        "Tel.: 02-1234",
        "お問い合わせ先：観光課 02-1234",
        "보도자료 문의: 홍보과",
        "Pressekontakt: Frau Lin",
        "https://www.gov.taipei/",
        "【活動資訊】",
        "注意事項：",
        "＊＊＊",
        "1.",
    ],
)
def test_not_worth_quoting(line: str) -> None:
    """Whom the press may call, when it was sent out, what comes below."""
    assert alone(line)


@pytest.mark.parametrize(
    "line",
    [
        "活動日期：2018年3月27日（二）上午十時",
        "活動地點：市政大樓一樓中庭",
        "民眾可撥打市民熱線1999詢問。",
        "電話預約自4月1日起開放，每天上午九時到下午五時。",
        "The library opens on 3 April 2018 at nine.",
        "For tickets, call the museum.",
        "Contact lenses are sold at the pharmacy.",
        "窓口は午後五時に閉まります。",
        "In 2018 it closed.",
        "2018年共有三萬人參觀",
    ],
)
def test_worth_quoting(line: str) -> None:
    """What a reader may ask: when, where, how."""
    assert not alone(line)


def test_a_headline_is_the_first_line_without_a_full_stop() -> None:
    """The same words further down, or ended as a sentence, are no headline."""
    assert is_boilerplate("Library opens\nIt has seats.", 0, 13)
    assert not is_boilerplate("Library opens.\nIt has seats.", 0, 14)
    assert not is_boilerplate("Library opens", 0, 13)
    assert not is_boilerplate("It has seats.\nLibrary opens", 14, 27)
