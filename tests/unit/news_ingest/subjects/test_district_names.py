"""The shipped districts in sentences of fifteen languages: as they are written, spelt and inflected there."""

from pathlib import Path

import pytest

from knowledge.text.analyser import fold
from knowledge.text.blank_spacy import spacy
from news_ingest.subjects.districts import LANGUAGES, read_districts
from news_ingest.subjects.tags import Tagger

SENTENCES: dict[str, list[tuple[str, str]]] = {
    "en": [
        ("The library in Hsinyi District reopens on Monday.", "xinyi"),
        ("Residents of Shihlin District and Peitou District may apply.", "beitou shilin"),
        (
            "The Ta-an District office answers; so does Chungshan District, like Neihu District's.",
            "daan neihu zhongshan",
        ),
        ("A landslide closed a road in Keelung City's Zhongzheng District.", ""),
        ("The port lies in Xinyi District, Keelung.", ""),
        ("Snow fell in Nangang District, Harbin, and in Nankang District, Ganzhou.", ""),
        ("Zhongshan Road in Datong is closed.", ""),
        ("In Xinyi District, Keelung Road is closed.", "xinyi"),
        ("In Zhongshan District, Keelung River parks are open.", "zhongshan"),
        ("Xinyi Township in Nantou grows plums.", ""),
        ("Xinyi District, Taipei, and Xinyi District, Keelung, share a name.", "xinyi"),
    ],
    "zh-Hant": [
        ("臺北市信義區與松山區週六停水。", "songshan xinyi"),
        ("北投溫泉季在北投區登場，士林區接力。", "beitou shilin"),
        ("南投縣信義鄉的梅花開了。", ""),
        ("信義路五段與中山北路封閉。", ""),
        ("台中山區與其中山區都有豪雨，雨勢集中山區。", ""),
        ("臺南港區舉辦淨灘，東南港區暫停開放。", ""),
        ("基隆市中正區、信義區同步停電。", ""),
        ("臺中市大甲區、大安區迎媽祖。", ""),
        ("大安國中的學生參觀中正紀念堂。", ""),
        ("從內湖區到南港區的新路線通車", "nangang neihu"),
        ("公園境內湖區水位上升", ""),
    ],
    "zh-Hans": [
        ("台北市万华区和大同区举办庙会。", "datong wanhua"),
        ("大连市中山区的广场。", ""),
        ("内蒙古赤峰市松山区下雪。", ""),
        ("哈尔滨市南岗区下雪。", ""),
        ("文山区茶园采茶", "wenshan"),
    ],
    "ja": [
        ("台北市信義区で花火が上がります。", "xinyi"),
        ("萬華区の龍山寺と士林区の夜市を訪ねる。", "shilin wanhua"),
        ("北投区は温泉で知られる。", "beitou"),
        ("松山空港から中山駅まで乗り換えなし。", ""),
        ("基隆の中正区にある港。", ""),
        ("台中山区で大雨、台南港区は閉鎖。", ""),
    ],
    "ko": [
        ("타이베이 신이구에서 불꽃놀이가 열린다.", "xinyi"),
        ("다안구와 중정구는 토요일에 단수된다.", "daan zhongzheng"),
        ("스린구 야시장과 베이터우구 온천", "beitou shilin"),
        ("주차단속 완화구역이 늘어난다.", ""),
        ("역시 축구의 신이구나!", ""),
        ("지룽시 중산구에 비가 내렸다.", ""),
        ("완화구의 용산사", "wanhua"),
    ],
    "vi": [
        ("Lễ hội diễn ra tại quận Tín Nghĩa, thành phố Đài Bắc.", "xinyi"),
        ("Cư dân khu Đại An và quận Bắc Đầu được mời.", "beitou daan"),
        ("Mưa lớn ở quận Trung Sơn, thành phố Cơ Long.", ""),
        ("Đường Trung Sơn bị cấm.", ""),
        ("Chợ đêm quận Sĩ Lâm mở lại.", "shilin"),
    ],
    "id": [
        ("Acara digelar di Distrik Xinyi, Taipei.", "xinyi"),
        ("Warga Kecamatan Da'an dan Distrik Beitou diundang.", "beitou daan"),
        ("Hujan lebat di Distrik Zhongshan, Kota Keelung.", ""),
        ("Distrik baru di Jalan Zhongshan", ""),
    ],
    "th": [
        ("งานจัดที่เขตซิ่นอี้ กรุงไทเป", "xinyi"),
        ("ชาวเขตต้าอันและเขตเป่ยโถวได้รับเชิญ", "beitou daan"),
        ("วัดหลงซานอยู่ในเขตว่านหัว", "wanhua"),
        ("ฝนตกหนักที่เขตจงซาน เมืองจีหลง", ""),
        ("ถนนจงซานปิดวันเสาร์", ""),
    ],
    "fr": [
        ("La fête a lieu dans le district de Xinyi.", "xinyi"),
        ("Les habitants du quartier de Da’an et de l'arrondissement de Beitou sont invités.", "beitou daan"),
        ("Fortes pluies dans le district de Zhongshan, à Keelung.", ""),
        ("La route de Zhongshan est fermée dans ce district.", ""),
    ],
    "pl": [
        ("Festyn odbędzie się w dzielnicy Xinyi.", "xinyi"),
        ("Mieszkańcy dystryktu Da'an i dzielnicy Beitou są zaproszeni.", "beitou daan"),
        ("Opiekują się dzielnicą Shilin, a w dystrykcie Neihu powstaje park.", "neihu shilin"),
        ("Ulewa w dzielnicy Zhongshan w Keelung.", ""),
        ("Ulica Zhongshan jest zamknięta w tej dzielnicy.", ""),
    ],
    "tr": [
        ("Şenlik Xinyi Bölgesi'nde yapılacak.", "xinyi"),
        ("Da'an ilçesindeki park ve Beitou Bölgesi'nin kaplıcaları", "beitou daan"),
        ("Otobüs Neihu İlçesi’nden Shilin Bölgesi’ne gidiyor.", "neihu shilin"),
        ("Keelung'daki Zhongshan Bölgesi'nde sağanak", ""),
        ("Zhongshan Caddesi kapalı.", ""),
    ],
    "el": [
        ("Η γιορτή γίνεται στη συνοικία Xinyi.", "xinyi"),
        ("Κάτοικοι της περιοχής Νταάν και του διαμερίσματος Beitou", "beitou daan"),
        ("ΣΥΝΟΙΚΙΑ SHILIN: νέο πάρκο", "shilin"),
        ("Βροχές στη συνοικία Zhongshan της Κίλουνγκ", ""),
        ("Η οδός Zhongshan έκλεισε στην περιοχή.", ""),
    ],
    "ar": [
        ("يقام المهرجان في حي شينيي بتايبيه.", "xinyi"),
        ("دعي سكان منطقة دا آن وحي بيتو", "beitou daan"),
        ("سوق ليلية بحيّ شيلين", "shilin"),
        ("أمطار في حي تشونغشان في مدينة كيلونغ", ""),
        ("أغلق شارع تشونغشان", ""),
        ("سكنوا في حي، شينيي كبيرة", ""),
    ],
    "es": [
        ("La fiesta será en el distrito de Xinyi.", "xinyi"),
        ("Vecinos del distrito Da'an y del distrito de Beitou", "beitou daan"),
        ("Lluvias en el distrito de Zhongshan, Keelung", ""),
        ("La calle Zhongshan, en este distrito, está cerrada.", ""),
    ],
    "de": [
        ("Das Fest findet im Bezirk Xinyi statt.", "xinyi"),
        ("Bewohner des Stadtbezirks Da’an und des Beitou-Distrikts", "beitou daan"),
        ("Im Stadtteil Shilin öffnet ein Park.", "shilin"),
        ("Regen im Bezirk Zhongshan in Keelung", ""),
        ("Die Zhongshan-Straße im Bezirk ist gesperrt.", ""),
    ],
}


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    """The shipped districts."""
    districts = read_districts(Path(__file__).parents[4] / "content" / "districts.yml")
    names = {district.id.removesuffix("-district"): district.names for district in districts}
    elsewhere = {district.id.removesuffix("-district"): district.elsewhere for district in districts}
    return Tagger(names, spacy.blank("xx"), fold, elsewhere)


@pytest.mark.parametrize(
    ("language", "sentence", "districts"),
    [(language, sentence, ids) for language, rows in SENTENCES.items() for sentence, ids in rows],
)
def test_sentences(tagger: Tagger, language: str, sentence: str, districts: str) -> None:
    """Districts that are meant are found; roads, townships and other cities' districts are not."""
    assert tuple(districts.split()) == tagger.tags("", sentence, language)


def test_each_language_has_sentences_with_and_without_a_district() -> None:
    """Three at least."""
    assert set(LANGUAGES) == set(SENTENCES)
    assert all(len(rows) >= 3 and {True, False} == {bool(ids) for _, ids in rows} for rows in SENTENCES.values())
