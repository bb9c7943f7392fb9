"""Publishing: which channels there are, what their files are called, and that only what changed is written."""

import json
import os
import time
import tracemalloc
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from news_ingest.opml import read_opml
from news_ingest.parsing.parse import parse_feed
from news_ingest.publishing.channel import NEWEST
from news_ingest.publishing.errors import PublishError
from news_ingest.publishing.folder import RECORD
from news_ingest.publishing.publish import FORMATS, Published, publish
from news_ingest.values import Retrieved, StoredArticle
from tests.unit.news_ingest.publishing.feed_rules import atom_breaches, json_breaches, rss_breaches
from tests.unit.news_ingest.publishing.made_articles import NOW, Shelf, article

BASE = "https://city.example/feeds"
ARTICLES = [
    article(1, "en", tags=("green-energy",)),
    article(2, "en", tags=("green-energy", "xinyi-district")),
    article(3, "zh-Hant", tags=("xinyi-district",)),
    article(4, "ja"),
]
STORED = Shelf(*ARTICLES)


def channels(found: Published) -> list[tuple[str, str | None, int]]:
    return [(one.language, one.topic, one.articles) for one in found.channels]


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} - {RECORD}


def test_every_language_and_topic_that_there_is(tmp_path: Path) -> None:
    """A folder for each language; in it the news, and the news on each topic, in three formats."""
    found = publish(STORED, tmp_path, BASE)
    expected = [
        ("en", None, 2),
        ("en", "green-energy", 2),
        ("en", "xinyi-district", 1),
        ("ja", None, 1),
        ("zh-Hant", None, 1),
        ("zh-Hant", "xinyi-district", 1),
    ]
    assert expected == channels(found)
    names = {f"{language}/{topic or 'news'}.{ending}" for language, topic, _ in expected for ending in FORMATS}
    assert names | {"feeds.opml"} == files(tmp_path)
    assert (19, 0) == (found.written, found.unchanged)


def test_all_of_them_are_valid_where_they_are_served(tmp_path: Path) -> None:
    """Each names its own address, and comes back as what was stored."""
    for channel in publish(STORED, tmp_path, f"{BASE}/").channels:
        rss, atom, json = ((f"{BASE}/{name}", (tmp_path / name).read_bytes()) for name in channel.files)
        assert [] == rss_breaches(rss[1], rss[0]) + atom_breaches(atom[1], atom[0]) + json_breaches(json[1], json[0])
        for address, body in (rss, atom):
            entries = parse_feed(Retrieved(address, body)).entries
            assert channel.articles == len(entries)
            assert {channel.language} == {entry.language for entry in entries}


def test_only_what_is_asked_for(tmp_path: Path) -> None:
    """Also where it has no articles yet: people may subscribe before the first one comes."""
    found = publish(STORED, tmp_path, BASE, languages=["zh-Hant", "ko"], topics=["green-energy"])
    expected = [("ko", None, 0), ("ko", "green-energy", 0), ("zh-Hant", None, 1), ("zh-Hant", "green-energy", 0)]
    assert expected == channels(found)
    assert "ko/green-energy.json" in files(tmp_path) and "en/news.json" not in files(tmp_path)


def test_the_list_names_every_channel_once(tmp_path: Path) -> None:
    """By its RSS, in groups by language; it reads as a list of feeds like any other."""
    found = publish(STORED, tmp_path, BASE)
    listed = read_opml(tmp_path / found.opml)
    assert [f"{BASE}/{channel.files[0]}" for channel in found.channels] == [spec.url for spec in listed]
    assert [channel.language for channel in found.channels] == [spec.language for spec in listed]


def test_a_second_run_touches_nothing(tmp_path: Path) -> None:
    """Whenever it is made; an article that changes then touches its own channels alone."""
    publish(STORED, tmp_path, BASE)
    assert (0, 19) == ((again := publish(Shelf(*ARTICLES[::-1]), tmp_path, BASE)).written, again.unchanged)
    edited = article(4, "ja", title="遊歩道の再開は日曜日になりました", updated=NOW + timedelta(hours=1))
    found = publish(Shelf(*ARTICLES[:3], edited), tmp_path, BASE)
    assert (3, 16) == (found.written, found.unchanged)


def test_nothing_stored_is_published_as_an_empty_list(tmp_path: Path) -> None:
    assert () == publish(Shelf(), tmp_path, BASE, now=NOW).channels
    assert [] == read_opml(tmp_path / "feeds.opml")


def test_topics_that_no_file_can_be_named_after_are_left_to_the_news(tmp_path: Path) -> None:
    """Nothing is written outside the folder; the article itself is published."""
    found = publish(Shelf(article(tags=("../../etc", "a/b", "", "news", "sample", "fine"))), tmp_path / "feeds", BASE)
    assert [("en", None, 1), ("en", "fine", 1)] == channels(found)
    assert {"feeds"} == {path.name for path in tmp_path.iterdir()}


def test_samples_are_marked_but_are_no_topic(tmp_path: Path) -> None:
    """What stands in for real news says so itself; nobody subscribes to it."""
    found = publish(Shelf(article(1, sample=True, tags=("fine",))), tmp_path, BASE)
    assert [("en", None, 1), ("en", "fine", 1)] == channels(found)
    assert ["fine", "sample"] == json.loads((tmp_path / "en" / "news.json").read_bytes())["items"][0]["tags"]


def test_what_repeats_another_is_left_out(tmp_path: Path) -> None:
    """As it is of the index; also where it is the newest."""
    found = publish(Shelf(*ARTICLES, repeats=[ARTICLES[0].id, ARTICLES[3].id]), tmp_path, BASE)
    assert [("en", None, 1), ("en", "green-energy", 1), ("en", "xinyi-district", 1)] == channels(found)[:3]
    assert "ja" not in {channel.language for channel in found.channels}


def test_the_newest_of_many(tmp_path: Path) -> None:
    """In whatever order they are read, and by topic."""
    many = [article(number, tags=("odd",) if number % 2 else ()) for number in range(1, 351)]
    found = publish(Shelf(*many[175:], *many[:175]), tmp_path, BASE)
    assert [("en", None, NEWEST), ("en", "odd", NEWEST)] == channels(found)
    for name, step in (("news", 1), ("odd", 2)):
        items = json.loads((tmp_path / "en" / f"{name}.json").read_bytes())["items"]
        assert [f"https://city.example/news/{1 + step * number}" for number in range(NEWEST)] == [
            item["url"] for item in items
        ]


class _Endless(Shelf):
    """Many articles of 100 kB each, none of which lasts longer than it is looked at."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self._count = count

    def iter_articles(self, *, duplicates: bool = True) -> Iterator[StoredArticle]:
        return (self._article(number) for number in range(1, self._count + 1))

    def by_ids(self, ids: Sequence[str]) -> list[StoredArticle]:
        return [self._article(int(one, 16)) for one in ids]

    def _article(self, number: int) -> StoredArticle:
        return article(number, text="word " * 20_000, tags=(f"topic-{number % 4}",))


def test_memory_does_not_grow_with_what_is_stored(tmp_path: Path) -> None:
    """Ten times as many articles, 150 MB more of them."""
    peaks = []
    for count in (150, 1_650):
        tracemalloc.start()
        publish(_Endless(count), tmp_path / str(count), BASE, languages=["en"], topics=["topic-1"])
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] * 1.25


def test_what_is_no_longer_wanted_goes(tmp_path: Path) -> None:
    """A topic, and a language with its folder; the list names them no more."""
    publish(STORED, tmp_path, BASE)
    found = publish(Shelf(ARTICLES[0], ARTICLES[2]), tmp_path, BASE)
    assert 6 == found.removed
    assert {name for channel in found.channels for name in channel.files} | {"feeds.opml"} == files(tmp_path)
    assert {"en", "zh-Hant", "feeds.opml", RECORD} == {path.name for path in tmp_path.iterdir()}
    assert 0 == publish(Shelf(ARTICLES[0], ARTICLES[2]), tmp_path, BASE).removed


def test_what_others_put_there_stays(tmp_path: Path) -> None:
    """Beside our files, under a name of ours that we have not used, in place of ours, or as a link to elsewhere."""
    publish(STORED, tmp_path / "feeds", BASE)
    elsewhere = tmp_path / "elsewhere.json"
    foreign = {"ja/index.html", "ja/old.rss.xml", "ja/news.atom.xml", "robots.txt"}
    for name in foreign:
        (tmp_path / "feeds" / name).write_text("theirs", "utf-8")
    link = tmp_path / "feeds" / "ja" / "news.json"
    link.rename(elsewhere)
    link.symlink_to(elsewhere)
    assert 1 == publish(Shelf(*ARTICLES[:3]), tmp_path / "feeds", BASE).removed
    assert foreign | {"ja/news.json"} == {name for name in files(tmp_path / "feeds") if name[:2] in ("ja", "ro")}
    assert {"theirs"} == {(tmp_path / "feeds" / name).read_text("utf-8") for name in foreign}
    assert elsewhere.is_file()


@pytest.mark.parametrize(
    "record",
    ["", "[]", "{}", '{"files": []}', '{"files": {"../outside.txt": "DIGEST", "a/../../outside.txt": "DIGEST"}}'],
)
def test_a_record_that_somebody_has_spoilt_removes_nothing(tmp_path: Path, record: str) -> None:
    """Least of all outside the folder; the next run writes it anew."""
    outside = tmp_path / "outside.txt"
    outside.write_bytes(b"")
    publish(STORED, tmp_path / "feeds", BASE)
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    (tmp_path / "feeds" / RECORD).write_text(record.replace("DIGEST", empty), "utf-8")
    assert 0 == publish(Shelf(*ARTICLES[:3]), tmp_path / "feeds", BASE).removed
    assert outside.is_file() and "ja/news.json" in files(tmp_path / "feeds")
    assert 9 == publish(Shelf(ARTICLES[2]), tmp_path / "feeds", BASE).removed


def test_a_file_that_stays_keeps_its_time(tmp_path: Path) -> None:
    """By which web servers say when it was last changed."""
    publish(STORED, tmp_path, BASE)
    past = time.time() - 1_000
    for name in [*files(tmp_path), RECORD]:
        os.utime(tmp_path / name, (past, past))
    publish(STORED, tmp_path, BASE)
    assert {round(past)} == {round((tmp_path / name).stat().st_mtime) for name in [*files(tmp_path), RECORD]}


@pytest.mark.parametrize(
    "base", ["", "feeds", "/feeds", "ftp://city.example/", "https://city.example/?a=1", "https://"]
)
def test_a_base_that_is_no_address(tmp_path: Path, base: str) -> None:
    """Said before anything is written."""
    with pytest.raises(PublishError, match="no address"):
        publish(STORED, tmp_path, base)
    assert set() == files(tmp_path)


@pytest.mark.parametrize(
    "chosen", [{"languages": ["../en"]}, {"topics": ["a/b"]}, {"topics": ["news"]}, {"topics": ["sample"]}]
)
def test_names_that_no_file_can_have(tmp_path: Path, chosen: dict[str, list[str]]) -> None:
    with pytest.raises(PublishError, match="no file can be named so"):
        publish(STORED, tmp_path, BASE, languages=chosen.get("languages", ()), topics=chosen.get("topics", ()))
    assert set() == files(tmp_path)


def test_a_folder_that_is_a_file(tmp_path: Path) -> None:
    """Told with what to do."""
    (tmp_path / "feeds").write_text("", "utf-8")
    with pytest.raises(PublishError, match=r"can't be written .* Check the folder"):
        publish(STORED, tmp_path / "feeds", BASE)


def test_titles_come_from_the_caller(tmp_path: Path) -> None:
    found = publish(Shelf(*ARTICLES[:1]), tmp_path, BASE, title=lambda language, topic: f"{language}/{topic}")
    assert ["en/None", "en/green-energy"] == [channel.title for channel in found.channels]
    assert "<title>en/green-energy</title>" in (tmp_path / "en" / "green-energy.rss.xml").read_text("utf-8")
