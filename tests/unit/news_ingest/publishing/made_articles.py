"""Articles to publish: some written in earnest, others as hypothesis makes them."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from news_ingest.parsing.clean import clean_text, clean_title
from news_ingest.publishing.channel import Channel
from news_ingest.values import StoredArticle

NOW = datetime(2026, 11, 24, 10, 30, tzinfo=UTC)
HOME = "https://news.city.example/"

WRITTEN = {
    "en": (
        "Night market & riverside path open",
        "The path along the river is open again after three weeks of work.\nBicycles are welcome; the lights stay on "
        "until eleven in the evening, and at 5 < 6 degrees the stalls serve hot soup.",
    ),
    "zh-Hant": (
        "河濱步道本週六重新開放",
        "河濱步道經過三週整修，將於本週六上午重新開放，市民可以騎自行車前往夜市。\n步道的路燈會開到晚上十一點，請大家多加利用。",
    ),
    "zh-Hans": (
        "滨江步道本周六重新开放",
        "滨江步道经过三周整修，将于本周六上午重新开放，市民可以骑自行车前往夜市。\n步道的路灯会开到晚上十一点，请大家多加利用。",
    ),
    "ja": (
        "川沿いの遊歩道が土曜日に再開します",
        "三週間の工事が終わり、川沿いの遊歩道が土曜日の朝から再び通れるようになります。\n照明は夜十一時までついています。",
    ),
    "ko": (
        "강변 산책로가 토요일에 다시 열립니다",
        "삼 주 동안의 공사를 마치고 강변 산책로가 토요일 아침부터 다시 열립니다.\n가로등은 밤 열한 시까지 켜집니다.",
    ),
    "ar": (
        "إعادة فتح ممشى النهر يوم السبت",
        "بعد ثلاثة أسابيع من أعمال الصيانة يفتح ممشى النهر أبوابه من جديد صباح يوم السبت.\n"
        "تبقى الأضواء حتى الساعة الحادية عشرة ليلا.",
    ),
    "th": (
        "ทางเดินริมแม่น้ำเปิดอีกครั้งวันเสาร์",
        "หลังจากซ่อมแซมนานสามสัปดาห์ ทางเดินริมแม่น้ำจะเปิดอีกครั้งในเช้าวันเสาร์\nไฟส่องสว่างเปิดถึงห้าทุ่ม",
    ),
    "pl": (
        "Bulwar nad rzeką znów otwarty od soboty",
        "Po trzech tygodniach prac bulwar nad rzeką zostanie ponownie otwarty w sobotę rano.\n"
        "Latarnie będą świecić do jedenastej wieczorem.",
    ),
}

HARD_TITLES = (
    "Writing <b>bold</b> pages: a course",
    "AT&T, R&amp;D and &copy; explained",
    "x<y and y>z",
    "5 < 6",
    "if a<b",
    "<!-- no comment -->",
    "& &lt &#60; &#x3C;",
    "]]>",
    "Tom & Jerry",
)


def article(number: int = 1, language: str = "en", **changes: object) -> StoredArticle:
    """One article, of those written in earnest where the language has one."""
    title, text = WRITTEN.get(language, WRITTEN["en"])
    values: dict[str, object] = {
        "id": f"{number:016x}",
        "feed_url": "https://city.example/rss?a=1&b=2",
        "feed_title": "Office of the Mayor",
        "guid": f"news-{number}",
        "url": f"https://city.example/news/{number}",
        "title": title,
        "text": text,
        "language": language,
        "published": NOW - timedelta(hours=number),
        "first_seen": NOW,
        "updated": NOW,
        "sample": False,
    }
    return StoredArticle(**{**values, **changes})  # type: ignore[arg-type]


class Shelf:
    """Articles to publish, as a store has them; `repeats` are ids of those that repeat another."""

    def __init__(self, *stored: StoredArticle, repeats: Sequence[str] = ()) -> None:
        self._stored = {one.id: one for one in stored}
        self._repeats = frozenset(repeats)

    def iter_articles(self, *, duplicates: bool = True) -> Iterator[StoredArticle]:
        """See the port."""
        return (one for one in self._stored.values() if duplicates or one.id not in self._repeats)

    def by_ids(self, ids: Sequence[str]) -> list[StoredArticle]:
        """See the port; in an order of its own."""
        return [self._stored[one] for one in sorted(ids) if one in self._stored]


def channel(language: str = "en", ending: str = "rss.xml", title: str = "News from the city") -> Channel:
    """A channel whose own address ends with `ending`."""
    return Channel(title, HOME, f"https://news.city.example/{language}/news.{ending}", language, NOW)


_anything = st.text(st.characters(), max_size=60)
_addresses = st.one_of(
    st.just(""),
    st.sampled_from(
        [
            "https://city.example/新聞/河濱?頁=1",
            "https://臺北.example/a b",
            "https://city.example/a[1]?q={x}|y%zz#部分",
            "http://city.example:99999/",
            "https://user:secret@city.example/x",
            "javascript:alert(1)",
            "//city.example/a",
            "sample/news.xml",
            'https://city.example/"><script>',
            "http://[::1]:8080/a",
            'http://a"b/',
        ]
    ),
    _anything,
    _anything.map("https://city.example/{}".format),
)
_instants = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))


def articles(
    texts: st.SearchStrategy[str] = _anything, titles: st.SearchStrategy[str] = _anything
) -> st.SearchStrategy[list[StoredArticle]]:
    """Any articles in one language, each with an id of its own."""
    one = st.builds(
        StoredArticle,
        id=st.integers(0, 2**64 - 1).map("{:016x}".format),
        feed_url=_addresses,
        feed_title=_anything,
        guid=_anything,
        url=_addresses,
        title=titles,
        text=texts,
        language=st.just("en"),
        published=st.none() | _instants,
        first_seen=_instants,
        updated=_instants,
        sample=st.booleans(),
        tags=st.lists(_anything | st.sampled_from(["green-energy", "xinyi-district"]), max_size=3).map(tuple),
    )
    return st.lists(one, max_size=6, unique_by=lambda made: made.id)


def _read_as_it_is(text: str) -> bool:
    """feedparser takes Latin letters that happen to be UTF-8's bytes for a mistake, and mends it."""
    try:
        return text.encode("latin-1").decode("utf-8") == text
    except UnicodeError:
        return True


_lines = st.lists(_anything | st.sampled_from(HARD_TITLES), max_size=4).map("\n".join)
stored_titles = (
    (_anything | st.sampled_from(HARD_TITLES))
    .map(lambda text: clean_title(text, is_html=False))
    .filter(lambda title: title != "" and _read_as_it_is(title))
)
stored_texts = _lines.map(clean_text).filter(_read_as_it_is)
"""Titles and texts as the parser leaves them."""
