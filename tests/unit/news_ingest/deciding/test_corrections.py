"""Corrections: what a publisher says it has put right, and what became of a text."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news_ingest.deciding.corrections import MAX_DIFF, diff_lines, is_correction

TITLE = "大稻埕碼頭延長開放"
TEXT = "週末起開放至晚間十點。\n歡迎民眾前往。"


@pytest.mark.parametrize(
    "title",
    [
        "更正：大稻埕碼頭延長開放",
        "【更正】大稻埕碼頭延長開放",
        "大稻埕碼頭延長開放（更正）",
        "大稻埕碼頭延長開放(4/3更正)",
        "（修正版）大稻埕碼頭延長開放",
        "修正稿：大稻埕碼頭延長開放",
        "[勘誤] 大稻埕碼頭延長開放",
        "勘誤表｜大稻埕碼頭延長開放",
        "更正啟事：碼頭開放時間",
        "「更正」碼頭開放時間",
        "大稻埕碼頭延長開放 - 更正",
        "公開招標更正公告[案號]1070403[名稱]碼頭燈具",
        "第二次更正招標公告[案號]1070403[名稱]碼頭燈具",
        "更正決標公告[案號]1070403[名稱]碼頭燈具",
        "勘误：码头开放时间",
        "【訂正】埠頭の開放時間について",
        "[정정] 부두 개방 시간",
        "Correction: pier opens until ten",
        "CORRECTED - Pier opens until ten",
        "Corrections | Pier opening hours",
        "UPDATE: pier opens until ten",
        "UPDATE 2-Pier opens until ten",
        "[Updated] Pier opens until ten",
        "Pier opens until ten (corrected)",
        "Pier opens until ten (corrected 4 May)",
        "Pier opens until ten (corrected on May 4)",
        "Pier opens until ten (Corrected version)",
        "Pier opens until ten – corrected",
        "Erratum: pier opening hours",
        "Berichtigung: Anleger länger geöffnet",
        "Rectificatif : le quai reste ouvert",
        "Mise à jour : le quai reste ouvert",
        "Corrección: el muelle abre hasta las diez",
        "Sprostowanie: przystań czynna dłużej",
        "Ralat: dermaga dibuka lebih lama",
        "Đính chính: bến tàu mở cửa đến 22 giờ",
        "Düzeltme: iskele daha uzun açık",
        "Διόρθωση: η προβλήτα μένει ανοιχτή",
        "تصحيح: الرصيف مفتوح حتى العاشرة",
        "แก้ไข: ท่าเรือเปิดถึงสี่ทุ่ม",
    ],
)
def test_marks_in_the_title(title: str) -> None:
    """A mark that is new says so; one that was there before says nothing new."""
    assert is_correction(TITLE, TEXT, title, TEXT)
    assert not is_correction(title, TEXT, title, TEXT + "請搭乘捷運。")
    assert not is_correction(title, TEXT, TITLE, TEXT)


@pytest.mark.parametrize(
    "line",
    [
        "更正：開放至晚間十一點。",
        "【更正】開放至晚間十一點。",
        "本新聞稿所載時間已更正為晚間十一點。",
        "開放時間誤植，特此更正。",
        "Correction: the pier closes at eleven.",
        "An earlier version of this release was corrected on 4 May.",
        "The opening hours have been corrected.",
        "UPDATE 1 - the pier closes at eleven.",
    ],
)
def test_marks_in_the_first_line(line: str) -> None:
    """Publishers also say it at the top of the text; further down it may be about anything."""
    assert is_correction(TITLE, TEXT, TITLE, f"{line}\n{TEXT}")
    assert not is_correction(TITLE, TEXT, TITLE, f"{TEXT}\n{line}")


@pytest.mark.parametrize(
    "title",
    [
        TITLE,
        "",
        "大稻埕碼頭開放至晚間十一點",
        "市議會修正自治條例",
        "自治條例修正草案預告",
        "環境部已修正公告補助辦法",
        "大稻埕都更正式公告實施",
        "社宅都更正式簽約",
        "碼頭已更正式名稱",
        "「修正後的自治條例」上路",
        "都市計畫變更案訂正作業說明會",
        "自治條例（第三條修正條文）公告",
        "City prints a new map (updated map inside)",
        "Council corrects its budget",
        "Update on road works",
        "Updates from the harbour",
        "New correctional facility opens",
        "Course correction for the airport line",
        "Clarifications wanted: survey on buses",
        "City updated its bus map",
    ],
)
def test_news_about_changes_are_no_corrections(title: str) -> None:
    """The word alone is no mark: laws are amended and maps updated every day."""
    assert not is_correction(TITLE, TEXT, title, TEXT)


def test_the_next_update_is_a_correction_again() -> None:
    """Numbered updates are counted one by one."""
    assert is_correction("UPDATE 1-Pier closed", TEXT, "UPDATE 2-Pier closed", TEXT)
    assert is_correction("第二次更正公告：碼頭燈具", TEXT, "第三次更正公告：碼頭燈具", TEXT)
    assert not is_correction("UPDATE 1-Pier closed", TEXT, "Update 1 - Pier closed again", TEXT)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "", ()),
        ("Same.", "Same.", ()),
        ("Same.\nTwo.", "Same. Two.", ()),
        ("One.", "Two.", ("@@ -1 +1 @@", "-One.", "+Two.")),
        ("", "One.", ("@@ -0,0 +1 @@", "+One.")),
        ("One.", "", ("@@ -1 +0,0 @@", "-One.")),
        ("A.\nB.\nC.", "A.\nB!\nC.", ("@@ -1,3 +1,3 @@", " A.", "-B.", "+B!", " C.")),
        ("A.\nB.\nC.\nD.", "A.\nB.\nC.\nD.\nE.", ("@@ -4 +4,2 @@", " D.", "+E.")),
        ("A.\nB.\nC.\nD.", "B.\nC.\nD.", ("@@ -1,2 +1 @@", "-A.", " B.")),
        (
            "碼頭開放至十點。歡迎民眾前往。請搭乘捷運。",
            "碼頭開放至十一點。歡迎民眾前往。請搭乘捷運。",
            ("@@ -1,2 +1,2 @@", "-碼頭開放至十點。", "+碼頭開放至十一點。", " 歡迎民眾前往。"),
        ),
        (
            "他說：「好。」就走了。",
            "他說：「好。」就來了。",
            ("@@ -1 +1 @@", "-他說：「好。」就走了。", "+他說：「好。」就來了。"),
        ),
        (
            "Costs NT$3.5 million. Opens in May.",
            "Costs NT$3.6 million. Opens in May.",
            ("@@ -1,2 +1,2 @@", "-Costs NT$3.5 million.", "+Costs NT$3.6 million.", " Opens in May."),
        ),
        ("x" * 500, "y", ("@@ -1 +1 @@", "-" + "x" * 399 + "…", "+y")),
    ],
)
def test_diff(old: str, new: str, expected: tuple[str, ...]) -> None:
    """Sentence by sentence, with one around for orientation; how lines are broken does not show."""
    assert expected == diff_lines(old, new)


def test_diff_is_bounded() -> None:
    """However much has changed, a diff stays short and quick, and says that it goes on."""
    old, new = (" ".join(f"{word} {number % 7}." for number in range(50_000)) for word in ("Old", "New"))
    begun = time.perf_counter()
    lines = diff_lines(old, new)
    assert time.perf_counter() - begun < 5
    assert MAX_DIFF == len(lines)
    assert "…" == lines[-1]


def test_a_change_far_down_is_found() -> None:
    """What is common before it is not looked at twice, and the numbers of lines hold."""
    common = "".join(f"Sentence {number}.\n" for number in range(9_000))
    expected = ("@@ -9000,2 +9000,2 @@", " Sentence 8999.", "-Old.", "+New.")
    assert expected == diff_lines(f"{common}Old.", f"{common}New.")


_SENTENCES = st.lists(st.sampled_from(["A.", "B.", "C!", "D?", "一。", "二。"]), max_size=12)


@given(_SENTENCES, _SENTENCES)
def test_diff_leads_from_one_to_the_other(old: list[str], new: list[str]) -> None:
    """Less and more lines account for the difference, and nothing differs where there are none."""
    lines = diff_lines("\n".join(old), "\n".join(new))
    for text in {*old, *new}:
        gained = sum(line == f"+{text}" for line in lines) - sum(line == f"-{text}" for line in lines)
        assert new.count(text) - old.count(text) == gained
    assert (old == new) == (not lines)


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text(old: str, new: str) -> None:
    """Nothing crashes either, and a text is no correction of itself."""
    assert not is_correction(old, new, old, new)
    assert () == diff_lines(old, old)
    is_correction(old, new, new, old)
    assert MAX_DIFF >= len(diff_lines(old, new))


@pytest.mark.parametrize("hostile", ["更正" * 20_000, "(" * 50_000, "update " * 20_000, "– " * 50_000, "「更" * 30_000])
def test_hostile_titles_cost_no_time(hostile: str) -> None:
    """The patterns don't run away on what a feed may bring."""
    begun = time.perf_counter()
    is_correction(TITLE, TEXT, hostile[:300], hostile)
    assert time.perf_counter() - begun < 0.5
