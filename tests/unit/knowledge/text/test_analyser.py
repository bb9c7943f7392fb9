"""The analyser gives the same terms for what people take to be the same."""

import subprocess
import sys
import unicodedata

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from knowledge.text.analyser import fold, hashes, terms

MIXED = (
    "臺台北電表着著於于坏坯薴Aaé\u0301İıßΣςأإا\u0640\u064eกำเ\u0e48\u0e4d가각ᄀ\u1161\u11a8カガｶﾞ\u3099ー々"
    "\u200b\u00ad\ufe0f１1٣_~ .\x00\n\ud800हिन्दी"
)
WILD = st.text(max_size=200) | st.text(alphabet=MIXED, max_size=60)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("智慧電錶", "智慧电表"),
        ("計畫變更", "计划变更"),
        ("著名景點", "著名景点"),
        ("僅限於單一入口", "仅限于单一入口"),
        ("ＶＩＤＥＯ　１１９", "video 119"),
        ("臺北", "台北"),
        ("Poznań", "POZNAN"),
        ("Wrocław", "wroclaw"),
        ("é", "e\u0301"),
        ("Việt Nam", "VIET NAM"),
        ("đường", unicodedata.normalize("NFD", "đường")),
        ("Straße", "STRASSE"),
        ("İZMİR", "izmir"),
        ("ışık", "IŞIK"),
        ("μετρητές", "ΜΕΤΡΗΤΕΣ"),
        ("الذكيّة", "الذكيه"),
        ("إلكترونـــي", "الكتروني"),
        ("٢٠١٨", "2018"),
        ("๑๙๙๙", "1999"),
        ("スマートメーター", "ｽﾏｰﾄﾒｰﾀｰ"),
        ("ガス", "カ\u3099ス"),
        ("葛城", "葛\U000e0100城"),
        ("도서관", unicodedata.normalize("NFD", "도서관")),
        ("น้ำ", unicodedata.normalize("NFKC", "น้ำ")),
        ("แผนที่", "เเผนที่"),
        ("ห้อง\u200bสมุด", "ห้องสมุด"),
        ("Stadt\u00adrat", "Stadtrat"),
    ],
)
def test_forms_of_the_same_word_meet(one: str, other: str) -> None:
    """Script, width, accents, case and what cannot be seen do not hide a word."""
    assert terms(one) == terms(other)
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("smart meters", "smart ~_sma ~smar ~mart ~art_ meters ~_met ~mete ~eter ~ters ~ers_"),
        ("公共住宅", "公共 共住 住宅 公 共 住 宅"),
        ("三表是什麼？", "三表 三 表"),
        ("都民の広場", "都民 都 民 広场 広 场"),
        ("ゴミの出し方", "ゴミ 出し し方 出 方"),
        ("도서관에서", "도서 서관 도서관"),
        ("ห้องอะไร", "ห้อ ้อง"),
        ("Thư viện ở đâu", "thu vien ~_vie ~vien ~ien_"),
        ("perpustakaan di mana", "perpustakaan ~_per ~perp ~erpu ~rpus ~pust ~usta ~stak ~taka ~akaa ~kaan ~aan_ di"),
        ("Wo ist das Amt?", "amt"),
        ("¿Dónde está el mar?", "el mar"),
        ("Où est la gare ?", "gare ~_gar ~gare ~are_"),
        ("Gdzie jest dom?", "dom"),
        ("Otobüs nerede?", "otobus ~_oto ~otob ~tobu ~obus ~bus_"),
        ("Πού είναι το φως;", "φωσ"),
        ("أين الحي؟", "الحي ~_الح ~الحي ~لحي_"),
        ("हिन्दी", "हिन्दी ~_हिन ~हिन् ~िन्द ~न्दी ~्दी_"),
        ("2018年 covid19", "2018 covid19 ~_cov ~covi ~ovid ~vid1 ~id19 ~d19_ 年"),
    ],
)
def test_terms_of_each_script(text: str, expected: str) -> None:
    """Runs without spaces are cut into pairs or threes; other words stay and are cut into marked fours as well."""
    assert expected.split() == list(terms(text))


@pytest.mark.parametrize(
    ("question", "same"),
    [
        ("首都はどこですか", "首都"),
        ("合意はいつ", "合意"),
        ("名前はなにか", "名前"),
        ("梅雨を何というか。", "梅雨"),
        ("党員は何人か", "党員 何人"),
        ("設立されたのはいつ？", "設立"),
        ("発行している新聞は？", "発行 新聞"),
        ("設立は何年ですか", "設立 何年"),
        ("市長何時上任？", "市長 上任"),
        ("為何停水", "停水"),
        ("一年幾次", "一年幾次"),
        ("哪一種車票", "車票"),
        ("甚麼是三表", "三表"),
        ("มีกี่ห้อง", "มี ห้อง"),
        ("ปีใด", "ปี"),
        ("Ποιας πόλης;", "πόλης"),
        ("복지관에 대해 궁금합니다", "복지관"),
    ],
)
def test_what_only_asks_is_dropped(question: str, same: str) -> None:
    """The thing asked about stays, and so does what its answer is counted in."""
    assert terms(same) == terms(question)


def test_questions_and_passages_share_a_word_with_another_ending() -> None:
    """No stemmer is needed: most pieces of a word are those of its other forms."""
    for one, other in (("visiting", "visited"), ("biblioteka", "bibliotece"), ("kütüphane", "kütüphanede")):
        assert 3 <= len({*terms(one)} & {*terms(other)})


def test_a_piece_is_no_word() -> None:
    """A word of four letters is not found in the middle of another."""
    assert "port" in terms("port")
    assert "port" not in terms("transports")
    assert "~port" in terms("transports")


def test_years_are_not_alike() -> None:
    """A number counts as a whole."""
    assert set() == set(terms("2018")) & set(terms("2019"))


@pytest.mark.parametrize(
    "text",
    [
        *("目的", "了解", "終了", "酒吧", "是非", "茶几", "几内亚", "幾何", "何先生", "哪吒"),
        *("したまち", "ことば", "たいわん", "マウス", "ぶどう", "ほどう", "のどの痛み", "いつも", "すいか", "探した"),
        *("คะแนน", "เกี่ยว", "กี่เพ้า"),
    ],
)
def test_words_that_look_like_fillers_are_kept(text: str) -> None:
    """A question's characters inside a word are the word's."""
    assert "".join(sorted(set(fold(text)))) == "".join(sorted(set("".join(terms(text)))))


@pytest.mark.parametrize(
    "text", ["an toàn", "số nhà", "on sekiz", "die Stadt", "su kesintisi", "du lịch", "three meters"]
)
def test_the_stop_words_of_one_language_spare_another(text: str) -> None:
    """What only resembles a stop word, or means something in another language, stays."""
    assert fold(text.split()[0]) == terms(text)[0]


@pytest.mark.parametrize("text", ["Who are you?", "是誰", "Co to jest?", "いつですか", "어디", "อะไร", "هل", "the"])
def test_a_question_of_stop_words_keeps_them(text: str) -> None:
    """What would have no terms left is taken as it stands."""
    assert terms(text)


@pytest.mark.parametrize("text", ["", "   ", "🎉🎉", "!?…", "\x00\x07", "\ud800", "\u0301", "_", "~", "ـ"])
def test_text_without_words_has_no_terms(text: str) -> None:
    """Nothing to match is no error."""
    assert () == terms(text)


@given(WILD)
@example("字" * 10_000)
@example("a" * 10_000)
@example("อ" * 10_000 + "가" * 10_000)
def test_any_text_gives_clean_terms(text: str) -> None:
    """Terms are never empty and hold no white space, no control character and no surrogate, whatever comes in."""
    for term in set(terms(text)):
        assert term and term.split() == [term]
        assert not any(unicodedata.category(character) in ("Cc", "Cs") for character in term)


@given(WILD)
@settings(max_examples=400)
def test_folding_is_stable(text: str) -> None:
    """Folded text folds to itself."""
    assert fold(text) == fold(fold(text))


@given(WILD)
def test_composed_and_decomposed_are_one(text: str) -> None:
    """How a keyboard stores a letter and its mark makes no difference."""
    assert terms(unicodedata.normalize("NFC", text)) == terms(unicodedata.normalize("NFD", text))


@given(st.text(alphabet="臺台灣電話號碼表计划，。（）！？ AZ09ー々カなの\u00a0…「」", max_size=40))
def test_the_short_way_for_chinese_is_no_other_way(text: str) -> None:
    """Plain Chinese and Japanese text skips NFKC; its terms are those of the text in NFKC."""
    assert terms(text) == terms(unicodedata.normalize("NFKC", text))


def test_hashes_are_the_same_everywhere() -> None:
    """Numbers are written into an index, so they are fixed; order is the terms'."""
    assert [907060870, 3632233996] == hashes(("hello", "test")).tolist()
    code = "from knowledge.text.analyser import hashes; print(*hashes(['電表', '~_lib', '電表']))"
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    found = hashes(("電表", "~_lib", "電表"))
    assert np.uint32 == found.dtype
    assert other.split() == [str(number) for number in found]
    assert found[0] == found[2] != found[1]
    assert 0 == len(hashes(()))
