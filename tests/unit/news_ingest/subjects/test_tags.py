"""Articles tagged by the names that stand in them."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.text.analyser import fold
from knowledge.text.blank_spacy import spacy
from news_ingest.subjects.districts import read_districts
from news_ingest.subjects.tags import Tagger

NAMES: Mapping[str, Mapping[str, Sequence[str]]] = {
    "youbike": {"en": ["YouBike"], "zh-Hant": ["YouBike", "微笑單車"], "ja": ["YouBike", "ユーバイク"]},
    "exhibition": {"fr": ["Exposition des villes"]},
    "bike": {"zh-Hant": ["單車"], "en": ["bike"]},
    "agreement": {"en": ["MOU", "memorandum of understanding"], "zh-Hant": ["合作備忘錄"]},
    "pavilion": {"ar": ["الجناح"], "ko": ["타이베이관"], "tr": ["Taipei Pavyonu"], "th": ["ศาลาไทเป"]},
}
DISTRICTS = read_districts(Path(__file__).parents[4] / "content" / "districts.yml")


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    """Made-up subjects, and the shipped districts."""
    districts = {district.id: district.names for district in DISTRICTS}
    elsewhere = {district.id: district.elsewhere for district in DISTRICTS}
    return Tagger({**NAMES, **districts}, spacy.blank("xx"), fold, elsewhere)


@pytest.mark.parametrize(
    ("text", "language", "tags"),
    [
        ("大安區公所本週六在森林公園舉辦市集", "zh-Hant", ("daan-district",)),
        ("大安区与信义区周六停水", "zh-Hant", ("daan-district", "xinyi-district")),
        ("大安區與信義區週六停水", "zh-Hans", ("daan-district", "xinyi-district")),
        ("臺中市大安區海邊淨灘", "zh-Hant", ()),
        ("基隆市中正區與臺北市中正區各辦一場說明會", "zh-Hant", ("zhongzheng-district",)),
        ("大安鄉親與中山先生", "zh-Hant", ()),
        ("市府宣布大安，區內三條道路封閉", "zh-Hant", ()),
        ("微笑單車新增三百站", "zh-Hant", ("youbike",)),
        ("YouBike單車站", "zh-Hant", ("bike", "youbike")),
        ("松山区と内湖区でイベントが開かれます", "ja", ("neihu-district", "songshan-district")),
        ("The Da’an District office moves next week", "en", ("daan-district",)),
        ("Residents of SONGSHAN DISTRICT and Neihu District", "en", ("neihu-district", "songshan-district")),
        ("Dr. Zhongshan spoke; the district listened", "en", ()),
        ("A motorbike shop and two bikers", "en", ()),
        ("A bike, a bell", "en", ("bike",)),
        ("The cities signed an MOU", "en", ("agreement",)),
        ("They ate mou soup", "en", ()),
        ("Beach day in Da'an District, Taichung", "en", ()),
        ("다안구에서 행사가 열린다", "ko", ("daan-district",)),
        ("서타이베이관에서", "ko", ()),
        ("타이베이관에서 만나요", "ko", ("pavilion",)),
        ("وزار العمدة الجناح ثم عاد", "ar", ("pavilion",)),
        ("وبالجناح قاعة للزوار", "ar", ("pavilion",)),
        ("زاروا للجناح", "ar", ("pavilion",)),
        ("พบกันที่ศาลาไทเปวันเสาร์", "th", ("pavilion",)),
        ("W dzielnicy Shilin otwarto nowy basen", "pl", ("shilin-district",)),
        ("Beitou Bölgesi'nde yeni bir kütüphane açıldı", "tr", ("beitou-district",)),
        ("Wenshan District に新しい図書館", "ja", ("wenshan-district",)),
        ("Rien de neuf aujourd'hui", "fr", ()),
        ("À l’exposition des villes, et autour d'Exposition des villes", "fr", ("exhibition",)),
        ("Une surexposition des villes", "fr", ()),
        ("هل زرتم الجناح؟", "ar", ("pavilion",)),
    ],
)
def test_tags(tagger: Tagger, text: str, language: str, tags: tuple[str, ...]) -> None:
    """Whole words where words are spaced, anywhere where not; both scripts; the longest name; not another city's."""
    assert tags == tagger.tags("", text, language)


@pytest.mark.parametrize("language", DISTRICTS[0].names)
def test_every_district_is_found_by_each_of_its_names(tagger: Tagger, language: str) -> None:
    """In all fifteen languages."""
    for district in DISTRICTS:
        for name in district.names[language]:
            assert (district.id,) == tagger.tags("", f"2026: {name}", language)


def test_a_name_does_not_reach_from_the_title_into_the_text(tagger: Tagger) -> None:
    """Each is read for itself."""
    assert () == tagger.tags("停水通知：大安", "區公所說明", "zh-Hant")
    assert ("daan-district",) == tagger.tags("大安區停水", "週六上午", "zh-Hant")


def test_threads_do_not_disturb_each_other(tagger: Tagger) -> None:
    """Eight at once find what one finds."""
    texts = ["大安區", "信義區與微笑單車", "沒有名字", "士林區、北投區"] * 50
    alone = [tagger.tags("", text, "zh-Hant") for text in texts]
    with ThreadPoolExecutor(8) as pool:
        assert alone == list(pool.map(lambda text: tagger.tags("", text, "zh-Hant"), texts))


def test_the_vocabulary_does_not_grow_with_the_news() -> None:
    """Or memory would."""
    pipeline = spacy.blank("xx")
    tagger = Tagger(NAMES, pipeline, fold)
    tagger.tags("", "YouBike", "en")
    before = len(pipeline.vocab.strings)
    for number in range(500):
        tagger.tags("", f"YouBike word{number} 字{chr(0x4E00 + number)}", "en")
    assert before == len(pipeline.vocab.strings)


@given(st.text(max_size=200), st.sampled_from(["zh-Hant", "en", "ko", "ar", "und"]))
def test_any_text_is_read(text: str, language: str) -> None:
    """Nothing raises, and only known ids come out."""
    assert set(NAMES).issuperset(_ANY.tags(text, text, language))


_ANY = Tagger(NAMES, spacy.blank("xx"), fold)
