"""Texts of one language: the same story, or one form that was filled in twice."""

import pytest

from news_ingest.deciding.story_texts import same_text
from news_ingest.deciding.story_traces import resemblance, trace

FORM = (
    "公開招標公告，公告日{day}。本案由市府工務局辦理，標案案號{case}，預算金額{money}元，履約期限自決標日起{days}個日曆天，"
    "投標廠商應繳納押標金{deposit}元，開標時間為上午9時30分，開標地點為市政中心6樓會議室，聯絡電話2991111分機8325，"
    "領標及投標方式依政府採購法第18條及第19條規定辦理，廠商對招標文件有疑義者，應於截止投標前以書面請求釋疑，"
    "逾期不予受理，決標原則採最低標，未達底價者得當場減價3次，其他事項依投標須知辦理。"
)
FIRST = FORM.format(day="12月2日", case="1102", money="2774459", days=180, deposit=50000)
SECOND = FORM.format(day="12月2日", case="1109", money="2774459", days=180, deposit=50000)
LONGER = FIRST + "另本案已於10月上網公開閱覽，相關文件可至8樓索取，期間為14日，並開放12家廠商現場會勘。"
WALK = (
    "河濱公園的秋季健行本週六登場，市府邀請民眾扶老攜幼一起來，沿途可看見候鳥與芒花，完成全程可領紀念品。參加者請自備環保杯與帽子，"
    "並搭乘大眾運輸前往，現場不開放停車，交通管制範圍另行公告。"
)
WALK_LONGER = (
    WALK + "主辦單位說，起點設在宮前碼頭，報到從上午8時開始，限額500人，路線長6公里，沿途設3處補給站，由里民志工負責，"
    "雨天照常舉行，但遇颱風則順延。健行隊伍將由樂儀隊帶領出發，經過溼地與抽水站，最後抵達親子廣場，廣場上另有小農市集、"
    "街頭藝人演出與闖關遊戲，歡迎大小朋友同樂，集滿戳章就能兌換限量提袋，送完為止。"
)


def same(one: tuple[str, str], other: tuple[str, str], same_feed: bool = False) -> bool:
    first, second = trace(*one, "zh-Hant"), trace(*other, "zh-Hant")
    resembling = float(resemblance(first.signature, second.signature[None])[0])
    assert same_text(first, second, resembling, same_feed) == same_text(second, first, resembling, same_feed)
    return same_text(first, second, resembling, same_feed)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (("工務局招標：大安路改善", FIRST), ("工務局招標：信義路改善", SECOND), False),
        (("工務局招標：大安路改善", FIRST), ("工務局招標：大安路路面改善", LONGER), True),
        (("工務局招標：大安路改善", FIRST), ("工務局招標：大安路改善", SECOND), True),
        (("工務局招標：大安路改善", FIRST), ("工務局招標：大安路改善", FIRST.replace("2774459", "2,774,459")), True),
    ],
    ids=["a form filled in twice", "the longer one has more", "one title: a number corrected", "written otherwise"],
)
def test_numbers_of_its_own_make_another_notice(one: tuple[str, str], other: tuple[str, str], expected: bool) -> None:
    """Of texts that are nearly alike; a longer text may have more numbers than the shorter one."""
    assert expected == same(one, other)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (("河濱秋季健行週六登場", WALK), ("秋季健行週六登場 河濱見", WALK_LONGER), False),
        (("河濱秋季健行週六登場", WALK + "限額500人。"), ("秋季健行週六登場 河濱見", WALK_LONGER), False),
        (("河濱秋季健行週六登場", WALK), ("河濱秋季健行週六登場", WALK_LONGER), True),
        (("河濱秋季健行週六登場", WALK), ("河濱公園週六健行", WALK + "歡迎參加。"), True),
        (
            ("河濱秋季健行週六登場", WALK + "上午8時報到，路線長6公里。"),
            ("秋季健行週六登場 河濱見", WALK_LONGER),
            True,
        ),
    ],
    ids=["no number", "one number", "the same title", "nearly all of both", "two numbers"],
)
def test_a_short_text_with_hardly_a_number_is_not_in_any_longer_one(
    one: tuple[str, str], other: tuple[str, str], expected: bool
) -> None:
    """It has to have the same title, or be most of both, or share two numbers."""
    assert expected == same(one, other)


def test_in_one_feed_the_title_has_to_be_the_same() -> None:
    """An office's notices differ in a street's name alone."""
    here, there = ("大安路管線汰換公告", WALK), ("信義路管線汰換公告", WALK)
    assert same(here, there)
    assert not same(here, there, same_feed=True)
    assert same(here, ("大安路管線汰換公告！", WALK), same_feed=True)
