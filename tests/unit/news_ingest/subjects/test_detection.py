"""What language an article is in: told from its text, and held against what is declared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news_ingest.subjects.language import Detected, article_language, detect

ARTICLES = {
    "zh-Hant": "市立圖書館總館自下週一起延長開放時間，平日開到晚上十點，假日開到下午六點，歡迎市民帶著借書證入館閱讀。",
    "zh-Hans": "市立图书馆总馆自下周一起延长开放时间，平日开到晚上十点，假日开到下午六点，欢迎市民带着借书证入馆阅读。",
    "en": "From Monday the main library stays open until ten in the evening on weekdays, and until six at weekends.",
    "ja": "市立図書館は来週の月曜日から開館時間を延長します。平日は夜十時まで、土日は夕方六時まで利用できます。",
    "ko": "시립도서관은 다음 주 월요일부터 평일에는 밤 열 시까지, 주말에는 저녁 여섯 시까지 문을 엽니다..",
    "th": "ตั้งแต่วันจันทร์หน้า หอสมุดประชาชนจะเปิดให้บริการถึงสี่ทุ่มในวันธรรมดา และถึงหกโมงเย็นในวันหยุดสุดสัปดาห์",
    "vi": "Từ thứ Hai tuần tới, thư viện sẽ mở cửa đến mười giờ tối ngày thường, đến sáu giờ chiều cuối tuần. "
    "Mời bạn đọc mang theo thẻ thư viện.",
    "id": "Mulai Senin depan perpustakaan kota buka sampai pukul sepuluh malam pada hari kerja "
    "dan sampai pukul enam sore pada akhir pekan.",
    "fr": "À partir de lundi prochain, la bibliothèque municipale restera ouverte jusqu'à vingt-deux heures.",
    "de": "Ab kommendem Montag bleibt die Stadtbibliothek an Werktagen bis zweiundzwanzig Uhr geöffnet, am Wochenende "
    "bis achtzehn Uhr.",
    "es": "A partir del próximo lunes, la biblioteca municipal abrirá hasta las diez de la noche entre semana "
    "y hasta las seis de la tarde los fines de semana.",
    "pl": "Od przyszłego poniedziałku biblioteka miejska będzie otwarta w dni powszednie "
    "do godziny dwudziestej drugiej, a w weekendy do osiemnastej.",
    "tr": "Önümüzdeki pazartesiden itibaren şehir kütüphanesi hafta içi saat yirmi ikiye kadar, hafta sonu ise "
    "on sekize kadar açık kalacak.",
    "el": "Από την επόμενη Δευτέρα η δημοτική βιβλιοθήκη θα μένει ανοιχτή έως τις δέκα το βράδυ τις καθημερινές.",
    "ar": "ابتداء من يوم الاثنين القادم ستبقى مكتبة المدينة مفتوحة حتى الساعة العاشرة مساء في أيام الأسبوع.",
}


@pytest.mark.parametrize("language", ARTICLES)
def test_an_article_of_two_lines_tells_its_language_surely(language: str) -> None:
    """All fifteen languages, and both scripts of Chinese."""
    assert Detected(language, True) == detect(ARTICLES[language])


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("公告", "zh-Hant"),
        ("圖書館", "zh-Hant"),
        ("图书馆", "zh-Hans"),
        ("大安森林公园", "zh-Hans"),
        ("台北中山公民大道", "zh-Hant"),
        ("図書館のお知らせ", "ja"),
        ("도서관 안내", "ko"),
        ("Bus 299", "en"),
        ("119", "und"),
        ("", "und"),
        ("https://library.example.tw/news/2026", "und"),
        ("Городская библиотека открыта до десяти часов вечера по будням", "und"),
    ],
)
def test_a_short_text_is_told_but_not_surely(text: str, language: str) -> None:
    """A headline alone overrules nobody. Characters that both scripts share count as Traditional."""
    found = detect(text)
    assert not found.sure
    if text != "Bus 299":
        assert language == found.language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("圖書館將於週末舉辦「简体字」書展，展出兩百本書，歡迎市民踴躍參觀並參加座談。", "zh-Hant"),
        ("图书馆将于周末举办「臺灣」主题书展，展出两百本书，欢迎市民踊跃参观并参加座谈。", "zh-Hans"),
    ],
)
def test_mixed_chinese_goes_by_the_majority(text: str, language: str) -> None:
    """A word quoted in the other script does not turn the article."""
    assert language == detect(text).language


def test_a_neighbouring_language_is_not_taken_for_one_of_ours() -> None:
    """Italian is no Spanish, Dutch no German, Persian no Arabic."""
    italian = "Da lunedì prossimo la biblioteca comunale resterà aperta fino alle dieci di sera nei giorni feriali."
    dutch = "Vanaf volgende week maandag blijft de stadsbibliotheek op werkdagen tot tien uur 's avonds geopend."
    persian = "از دوشنبه آینده کتابخانه شهر در روزهای هفته تا ساعت ده شب برای همه شهروندان باز خواهد بود."
    assert ["it", "nl", "fa"] == [detect(text).language for text in (italian, dutch, persian)]


SHORT = "圖書館公告"


@pytest.mark.parametrize(
    ("item", "feed", "known", "text", "language"),
    [
        # What is declared holds: the item's own, else the feed's, else what the editors know.
        ("ja", "en", "zh-TW", "Tokyo 2026", "ja"),
        (None, "en-GB", "zh-TW", SHORT, "en"),
        ("", "nonsense tag", "ko", SHORT, "ko"),
        ("zh-TW", "en", None, ARTICLES["zh-Hant"], "zh-Hant"),
        # A Chinese feed that calls itself English, and an English item that calls itself Chinese.
        (None, "en", None, ARTICLES["zh-Hant"], "zh-Hant"),
        ("en-US", "en-US", "en", ARTICLES["zh-Hant"], "zh-Hant"),
        ("zh-TW", "zh-TW", None, ARTICLES["en"], "en"),
        (None, "zh-TW", None, ARTICLES["ja"], "ja"),
        # Not long enough to overrule.
        ("en", None, None, SHORT, "en"),
        ("ja", None, None, "東京都議会", "ja"),
        # The script of Chinese: declared, unless the text surely has the other.
        ("zh-CN", None, None, "台北中山公告", "zh-Hans"),
        ("zh", None, None, ARTICLES["zh-Hans"], "zh-Hans"),
        ("zh-CN", None, None, ARTICLES["zh-Hant"], "zh-Hant"),
        # Languages that we do not know stay as declared, and nobody's text becomes ours.
        ("it", None, None, "La biblioteca apre alle nove", "it"),
        # Nothing declared.
        (None, None, None, SHORT, "zh-Hant"),
        (None, None, None, ARTICLES["pl"], "pl"),
        (None, None, None, "119 / 110 / 1999", "und"),
        ("und", "", None, "", "und"),
    ],
)
def test_declared_against_detected(
    item: str | None, feed: str | None, known: str | None, text: str, language: str
) -> None:
    """The rule as a table."""
    assert language == article_language(item, feed, known, "", text)


def test_the_title_counts_with_the_text() -> None:
    """Where the feed gives no more than that."""
    assert "ja" == article_language(None, "zh-TW", None, ARTICLES["ja"], "")


@given(st.text(max_size=300))
def test_any_text_has_a_language_or_none(text: str) -> None:
    """Nothing that can stand in a text raises, lone surrogates included."""
    assert detect(text + "\ud800").language
