"""The same story in several feeds and several languages, and what only looks like it."""

import itertools
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from news_ingest.deciding.stories import Similarity, StoryIndex, StorySeed, Vectors, group

NOON = datetime(2026, 3, 5, 4, tzinfo=UTC)

BRIDGE = (
    "市府工務局今天宣布，橫跨基隆河的新步行橋將於4月12日通車。橋長218公尺，寬6公尺，兩側設有自行車道，橋面採用"
    "回收玻璃鋪面，夜間照明由橋頭的太陽能板供電。工務局長表示，施工期間共調整三次工序，讓河濱公園全程保持開放。通車當天上午九時"
    "將舉辦健行活動，前500名完成全程的民眾可獲得紀念毛巾，報名網站下週一上線。"
)
BRIDGE_EN = (
    "The city's public works department said today that the new footbridge over the Keelung River will open on "
    "April 12. The bridge is 218 metres long and 6 metres wide, with cycle lanes on both sides; its lights run on "
    "solar panels. A walk at nine in the morning marks the opening, and the first 500 to finish receive a towel."
)
BRIDGE_JA = (
    "市工務局は本日、基隆河に架かる新しい歩行者橋が4月12日に開通すると発表しました。橋の長さは218メートル、幅は6メートルで、"
    "両側に自転車道があり、夜間の照明は太陽光パネルでまかないます。開通当日は朝9時からウォーキング大会が開かれ、完歩した先着"
    "500名に記念タオルが贈られます。"
)
BOOKS = (
    "市立圖書館將自5月起在七個分館試辦夜間還書服務，讀者可在閉館後使用門口的還書機。館方說，還書機一次可收40冊，遇雨也不會"
    "弄濕書籍。試辦期為三個月，之後依使用情形決定是否擴大辦理，相關規定已公布在圖書館網站。"
)
BOOKS_EN = (
    "From May, seven branches of the city library will let readers return books at night. The machines at the doors "
    "take 40 volumes at a time and keep them dry. After a trial of three months the library decides whether to go on."
)

MEANINGS: Mapping[str, Sequence[str]] = {
    "bridge": ("步行橋", "footbridge", "歩行者橋"),
    "library": ("圖書館", "library", "図書館"),
    "solar": ("太陽能", "solar", "太陽光"),
}


class Meanings(Similarity):
    """A vector has a place for each thing that a text may be about."""

    def vectors(self, texts: Sequence[str]) -> Vectors:
        found = [[float(any(word in text for word in words)) for words in MEANINGS.values()] for text in texts]
        vectors = np.array(found, np.float32).reshape(len(texts), len(MEANINGS))
        return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6), np.float32)


def seed(
    title: str, text: str, language: str = "zh-Hant", hours: float = 0, feed: str = "", canonical: str = ""
) -> StorySeed:
    """An article, published some hours after noon; its id says when and what."""
    id_ = f"{int(1000 + hours * 10):04d}-{zlib.crc32(f'{title}{text}{language}{feed}'.encode()):08x}"
    return StorySeed(id_, feed or id_, language, title, text, NOON + timedelta(hours=hours), canonical)


ORIGINAL = seed("基隆河新步行橋4月12日通車", BRIDGE)
ENGLISH = seed("New footbridge over the Keelung River opens on April 12", BRIDGE_EN, "en", 5)
JAPANESE = seed("基隆河の歩行者橋、4月12日に開通", BRIDGE_JA, "ja", 20)
LIBRARY = seed("七個分館試辦夜間還書", BOOKS, hours=1)
LIBRARY_EN = seed("Library takes books back at night", BOOKS_EN, "en", 3)
EVERYTHING = (ORIGINAL, ENGLISH, JAPANESE, LIBRARY, LIBRARY_EN)


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (seed("基隆河新步行橋4月12日通車", BRIDGE, hours=3), True),
        (
            seed("【市政】基隆河新步行橋4月12日通車", "〔記者台北報導〕" + BRIDGE + "更多消息請上市府網站。", hours=3),
            True,
        ),
        (
            seed(
                "新步行橋4月12日通車 健行活動同步登場", BRIDGE.replace("宣布", "表示").replace("民眾", "市民"), hours=3
            ),
            True,
        ),
        (seed("基隆河新步行橋4月12日通車", BRIDGE[:90], hours=3), True),
        (seed("基隆河新步行橋4月12日通車", BRIDGE, hours=47.9), True),
        (seed("基隆河新步行橋4月12日通車", BRIDGE, hours=48.1), False),
        (
            seed("基隆河新步行橋4月19日通車", BRIDGE.replace("12", "19").replace("218", "305").replace("500", "800")),
            False,
        ),
        (seed("夜間還書服務上路", BRIDGE, hours=3), False),
        (seed("基隆河新步行橋開放參觀", "新步行橋本週末開放市民參觀，分四梯次，每梯次30人，請先上網登記。" * 3), False),
        (LIBRARY, False),
    ],
)
def test_one_language(other: StorySeed, same: bool) -> None:
    """Lightly edited, framed, cut or retitled it is the same; with other numbers, titles or days it is not."""
    stories = group([ORIGINAL, other])
    assert same == (stories[ORIGINAL.id] == stories[other.id])


def test_one_feed_says_the_same_twice_only_under_the_same_title() -> None:
    """An office publishes notices that differ in a place's name alone."""
    text = "本局將於3月9日上午9時至下午4時進行管線汰換，期間請改道行駛，造成不便敬請見諒。如有疑問請洽養護工程隊。" * 2
    here = seed("大安路管線汰換公告", text, feed="works")
    there = seed("信義路管線汰換公告", text, hours=1, feed="works")
    again = seed("大安路管線汰換公告！", text, hours=2, feed="works")
    assert {here.id: here.id, there.id: there.id, again.id: here.id} == group([here, there, again])


def test_the_same_canonical_address_is_the_same_story() -> None:
    """However different the texts; not weeks later, where a page is used again."""
    url = "https://news.example.tw/1"
    one = seed("甲", "第一則內容", canonical=url)
    other = seed("乙", "完全不同的文字", hours=30, canonical=url)
    late = seed("丙", "又過了很久", hours=400, canonical=url)
    none = seed("丁", "沒有網址", hours=1)
    assert {one.id: one.id, other.id: one.id, late.id: late.id, none.id: none.id} == group([one, other, late, none])


def test_english_words_are_compared_by_threes() -> None:
    """An edited English text is the same, another on the same subject is not."""
    edited = seed(
        "New footbridge over Keelung River opens April 12", BRIDGE_EN.replace("said today", "announced"), "en", 6
    )
    other = seed(
        "New footbridge over the Keelung River delayed",
        "Work on the new footbridge over the Keelung River takes longer than planned, and no date has been set.",
        "en",
        6,
    )
    stories = group([ENGLISH, edited, other])
    assert stories[ENGLISH.id] == stories[edited.id] != stories[other.id]


def test_languages_meet_by_meaning_and_by_what_nobody_translates() -> None:
    """One story in three languages, another in two."""
    bridge, library = ORIGINAL.id, LIBRARY.id
    expected = {ORIGINAL: bridge, ENGLISH: bridge, JAPANESE: bridge, LIBRARY: library, LIBRARY_EN: library}
    assert {article.id: story for article, story in expected.items()} == group(EVERYTHING, similarity=Meanings())


@pytest.mark.parametrize(
    "other",
    [
        replace(ENGLISH, text="A footbridge was discussed.", title="Footbridge"),
        replace(ENGLISH, title="Pool", text=BRIDGE_EN.replace("footbridge", "pool").replace("solar", "gas")),
        replace(ENGLISH, when=NOON + timedelta(days=3)),
    ],
    ids=["no number, date or name in common", "another meaning", "days later"],
)
def test_languages_do_not_meet_by_half(other: StorySeed) -> None:
    """Meaning, facts and date must agree all three."""
    assert {ORIGINAL.id: ORIGINAL.id, other.id: other.id} == group([ORIGINAL, other], similarity=Meanings())


def test_without_vectors_languages_stay_apart() -> None:
    """The port need not be filled."""
    assert {article.id: article.id for article in EVERYTHING} == group(EVERYTHING)


def test_two_stories_of_a_language_are_not_joined_by_a_third_in_another() -> None:
    """The nearer one is taken."""
    nearly = seed(
        "另一座步行橋也在4月12日通車", "另一座步行橋長99公尺，有太陽能照明，4月12日下午啟用，歡迎前往。", hours=2
    )
    stories = group([ORIGINAL, nearly, ENGLISH], similarity=Meanings())
    assert stories[ORIGINAL.id] == stories[ENGLISH.id] != stories[nearly.id]


def test_names_that_every_article_has_prove_nothing() -> None:
    """The city's own name is commonplace."""
    one = seed("步行橋說明會", "Taipei 的步行橋說明會，歡迎參加。")
    other = seed("Footbridge", "A footbridge for Taipei was on show.", "en", 1)
    assert 1 == len(set(group([one, other], similarity=Meanings()).values()))
    assert 2 == len(set(group([one, other], similarity=Meanings(), commonplace=["Taipei", "Footbridge"]).values()))


def test_a_date_is_the_same_in_every_language() -> None:
    """4月12日, 12 avril, 12 kwietnia and the year of the Republic."""
    one = seed("步行橋", "步行橋訂於民國115年4月12日啟用。")
    french = seed("passerelle", "La footbridge ouvre le 12 avril.", "fr", 1)
    polish = seed("kładka", "Otwarcie footbridge 12 kwietnia 2026.", "pl", 1)
    vietnamese = seed("cầu", "Khánh thành footbridge ngày 12 tháng 4.", "vi", 1)
    for other in (french, polish, vietnamese):
        assert {one.id: one.id, other.id: one.id} == group([one, other], similarity=Meanings())


def test_the_order_does_not_matter() -> None:
    """One by one, in any order, as all at once; and what is told on the way adds up to it."""
    at_once = group(EVERYTHING, similarity=Meanings())
    for order in itertools.permutations(EVERYTHING):
        assert at_once == _one_by_one(order)


def _one_by_one(order: Sequence[StorySeed]) -> dict[str, str]:
    index = StoryIndex(Meanings())
    told: dict[str, str] = {}
    for article in order:
        told |= index.place([article])
    return told


def test_what_is_known_is_told_when_its_name_changes() -> None:
    """An earlier article that comes late gives the story its name."""
    earlier = seed("基隆河新步行橋4月12日通車", BRIDGE, hours=-5)
    known = [(ORIGINAL, ORIGINAL.id), (LIBRARY, LIBRARY.id)]
    assert {earlier.id: earlier.id, ORIGINAL.id: earlier.id} == group([earlier], known)


def test_a_story_keeps_its_name_when_its_first_article_is_forgotten() -> None:
    """In an index that goes on, and in one that is filled from the store."""
    first = seed("基隆河新步行橋4月12日通車", BRIDGE, hours=-40)
    later = seed("基隆河新步行橋4月12日通車", BRIDGE, hours=40)
    index = StoryIndex()
    index.place([first, ORIGINAL, LIBRARY])
    index.forget(NOON)
    assert 2 == len(index)
    assert {later.id: first.id} == index.place([later])
    assert {later.id: first.id} == group([later], [(ORIGINAL, first.id)])


def test_an_article_that_is_here_is_told_again() -> None:
    """Placing it twice changes nothing."""
    index = StoryIndex()
    assert index.place([ORIGINAL, ORIGINAL]) == index.place([ORIGINAL])


@settings(deadline=None, max_examples=50)
@given(
    st.lists(
        st.tuples(st.text(max_size=40), st.text(max_size=80), st.sampled_from(["zh-Hant", "en", "und"])), max_size=6
    )
)
def test_any_text_has_a_story(rows: list[tuple[str, str, str]]) -> None:
    """Empty ones and lone surrogates too; a story is named after one of its articles."""
    articles = [replace(seed("", ""), id=str(n), title=t, text=x, language=lang) for n, (t, x, lang) in enumerate(rows)]
    stories = group(articles, similarity=Meanings())
    assert {article.id for article in articles} == set(stories)
    assert all(stories[story] == story for story in stories.values())
