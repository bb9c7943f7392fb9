"""What the encoder in `knowledge/model` must hold: form, size, sentences of one meaning near each other."""

import numpy as np
import pytest
from safetensors import safe_open

from knowledge.encoder import SentenceTransformerEncoder
from knowledge.static import SHIPPED_MODEL, Role, StaticEncoder, Vectors

# Row i says the same thing in each column; any other row is about something else.
ENGLISH = [
    ("Where can I apply for public housing?", "How do I register for a flat in public housing?"),
    ("What time does the city library open?", "What are the opening hours of the library?"),
    ("The water supply is cut off tomorrow morning.", "There will be no tap water tomorrow morning."),
    ("How do I report a broken street light?", "The street lamp is broken, how can I report it?"),
    ("Which bus goes to the airport?", "What bus can I take to get to the airport?"),
    (
        "I want to pay my electricity bill online.",
        "Is it possible to pay the electricity bill on the internet?",
    ),
    ("When is the garbage collected?", "On which days is rubbish collected?"),
    ("My daughter starts elementary school next year.", "Next year my child enters primary school."),
    ("Where is the nearest hospital?", "Is there a hospital close to here?"),
]
CHINESE = [
    ("公共住宅要去哪裡申請？", "我想申請公共住宅"),
    ("市立圖書館幾點開門？", "圖書館的開放時間"),
    ("明天早上會停水", "明天上午不供水"),
    ("路燈壞了要怎麼通報？", "怎麼報修路燈"),
    ("去機場要搭哪一班公車？", "有沒有到機場的公車"),
    ("我想在網路上繳電費", "電費可以線上繳納嗎"),
    ("什麼時候收垃圾？", "垃圾車收垃圾的時間"),
    ("我女兒明年要上小學", "孩子明年入學國民小學"),
    ("最近的醫院在哪裡？", "附近有醫院嗎"),
]
JAPANESE = [
    ("公営住宅の申し込みはどこでできますか", "公営住宅に申し込みたい"),
    ("市立図書館は何時に開きますか", "図書館の開館時間を教えて"),
    ("明日の朝は断水します", "明日の朝、水道の水が止まります"),
    ("壊れた街灯はどこに連絡すればいいですか", "街灯が壊れている"),
    ("空港へ行くバスはどれですか", "どのバスに乗れば空港に行けますか"),
    ("電気料金をオンラインで支払いたい", "電気代はインターネットで払えますか"),
    ("ごみの収集はいつですか", "ゴミは何曜日に集めますか"),
    ("娘は来年小学校に入ります", "来年子どもが小学校に入学します"),
    ("一番近い病院はどこですか", "近くに病院はありますか"),
]
SETS = {"en": ENGLISH, "zh-Hant": CHINESE, "ja": JAPANESE}

SCRIPTS = [
    "The water supply is cut off tomorrow morning, isn't it?",
    "明天早上會停水；電費可以線上繳納嗎",
    "明日の朝は断水します。ゴミの収集日は？",
    "내일 아침에 단수됩니다",
    "พรุ่งนี้เช้าน้ำจะไม่ไหล",
    "Завтра утром отключат воду",
    "ستنقطع المياه صباح الغد",
    "כל המים ייסגרו מחר בבוקר",
    "कल सुबह पानी बंद रहेगा",
    "Αύριο το πρωί θα κοπεί το νερό",
    "Ngày mai cúp nước, đường Nguyễn Huệ",
    "Jutro rano nie będzie wody w Łodzi – zażółć gęślą jaźń",
    "Morgen früh wird das Wasser abgestellt: Straße, Größe, ẞ",
    "ＷｉＦｉ　①②③ ㈱ ﾆｭｰｽ ½ ﬁ",
    "e\u0301cole et café, cafe\u0301",
    "mixed 混合 ミックス 혼합 ผสม смесь 🚇🏙️",
    "https://www.gov.taipei/News.aspx?n=F0DDAF49B89E9413&sms=72544237BBE4C5F6",
    "2018-04-03 09:30 (+886) 2 2720-8889",
    "",
    "🚇",
]


@pytest.fixture(scope="module")
def model() -> StaticEncoder:
    """The shipped model, as the service loads it."""
    return StaticEncoder()


def encode(model: StaticEncoder, texts: list[str]) -> Vectors:
    return model.encode(texts)


def found(scores: Vectors) -> int:
    """How many sentences have their own counterpart as the nearest."""
    return int((scores.argmax(axis=1) == np.arange(len(scores))).sum())


def test_the_weights_are_small_enough_to_ship() -> None:
    """Everyone who clones the project loads them: tokenizer and card included, 25 MB at most."""
    assert sum(path.stat().st_size for path in SHIPPED_MODEL.rglob("*") if path.is_file()) <= 25_000_000


def test_vectors_have_the_documented_form(model: StaticEncoder) -> None:
    """As many numbers as the table has columns, of length 1."""
    with safe_open(str(SHIPPED_MODEL / "model.safetensors"), framework="np") as file:
        columns = file.get_slice("embeddings").get_shape()[1]
    vectors = encode(model, ["Where is the hospital?", "醫院在哪裡", "病院はどこですか"])
    assert (3, columns) == vectors.shape
    assert columns == model.dimension
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)


@pytest.mark.parametrize("role", ["query", "passage"])
def test_sentence_transformers_gives_the_same_vectors(model: StaticEncoder, role: Role) -> None:
    """In any script, from the same folder: whoever has the library need not have our code."""
    reference = SentenceTransformerEncoder(SHIPPED_MODEL)
    np.testing.assert_allclose(reference.encode(SCRIPTS, role), model.encode(SCRIPTS, role), atol=1e-3)
    assert (reference.name, reference.dimension, reference.checksum) == (model.name, model.dimension, model.checksum)


def test_the_same_text_has_the_same_vector_alone_and_in_a_batch(model: StaticEncoder) -> None:
    texts = [first for pairs in SETS.values() for first, _ in pairs]
    np.testing.assert_allclose(encode(model, texts), np.vstack([encode(model, [text]) for text in texts]), atol=1e-6)
    np.testing.assert_array_equal(encode(model, texts), encode(model, texts))


@pytest.mark.parametrize("language", SETS)
def test_paraphrases_rank_above_unrelated_sentences(model: StaticEncoder, language: str) -> None:
    firsts, seconds = zip(*SETS[language], strict=True)
    scores = encode(model, list(firsts)) @ encode(model, list(seconds)).T
    assert found(scores) >= len(scores) - 1, np.round(scores, 2)


@pytest.mark.parametrize(("asked", "kept"), [("zh-Hant", "en"), ("ja", "en"), ("en", "ja"), ("ja", "zh-Hant")])
def test_translations_rank_above_unrelated_sentences(model: StaticEncoder, asked: str, kept: str) -> None:
    scores = encode(model, [first for first, _ in SETS[asked]]) @ encode(model, [first for first, _ in SETS[kept]]).T
    assert found(scores) >= len(scores) - 1, np.round(scores, 2)


@pytest.mark.parametrize(
    ("traditional", "simplified"),
    [
        ("明天早上會停水", "明天早上会停水"),
        ("路燈壞了要怎麼通報？", "路灯坏了要怎么通报？"),
        ("電費可以線上繳納嗎", "电费可以线上缴纳吗"),
        ("附近有醫院嗎", "附近有医院吗"),
        ("圖書館的開放時間", "图书馆的开放时间"),
    ],
)
def test_both_scripts_of_chinese_are_near_each_other(model: StaticEncoder, traditional: str, simplified: str) -> None:
    first, second = encode(model, [traditional, simplified])
    assert float(first @ second) > 0.95


@pytest.mark.parametrize("text", ["", " ", "？", "🙂", "Здравствуйте", "ａ１"])
def test_texts_without_known_pieces_do_not_fail(model: StaticEncoder, text: str) -> None:
    """Nothing known means the zero vector, which is near nothing."""
    vectors = encode(model, [text, "Where is the hospital?"])
    assert np.isfinite(vectors).all()
    assert (1, model.dimension) == encode(model, [text]).shape


def test_full_width_letters_and_case_make_no_difference(model: StaticEncoder) -> None:
    wide, plain = encode(model, ["ＷｉＦｉ　ｐａｓｓｗｏｒｄ", "wifi password"])
    np.testing.assert_allclose(wide, plain, atol=1e-6)
