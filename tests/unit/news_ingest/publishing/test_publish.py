"""Publishing: which channels there are, what their files are called, and that only what changed is written."""

from datetime import timedelta
from pathlib import Path

import pytest

from news_ingest.opml import read_opml
from news_ingest.parsing.parse import parse_feed
from news_ingest.publishing.errors import PublishError
from news_ingest.publishing.publish import FORMATS, Published, publish
from news_ingest.values import Retrieved
from tests.unit.news_ingest.publishing.feed_rules import atom_breaches, json_breaches, rss_breaches
from tests.unit.news_ingest.publishing.made_articles import NOW, article

BASE = "https://city.example/feeds"
STORED = [
    article(1, "en", tags=("green-energy",)),
    article(2, "en", tags=("green-energy", "xinyi-district")),
    article(3, "zh-Hant", tags=("xinyi-district",)),
    article(4, "ja"),
]


def channels(found: Published) -> list[tuple[str, str | None, int]]:
    return [(one.language, one.topic, one.articles) for one in found.channels]


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


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
    assert (0, 19) == ((again := publish(STORED[::-1], tmp_path, BASE)).written, again.unchanged)
    edited = article(4, "ja", title="遊歩道の再開は日曜日になりました", updated=NOW + timedelta(hours=1))
    found = publish([*STORED[:3], edited], tmp_path, BASE)
    assert (3, 16) == (found.written, found.unchanged)


def test_nothing_stored_is_published_as_an_empty_list(tmp_path: Path) -> None:
    assert () == publish([], tmp_path, BASE, now=NOW).channels
    assert [] == read_opml(tmp_path / "feeds.opml")


def test_topics_that_no_file_can_be_named_after_are_left_to_the_news(tmp_path: Path) -> None:
    """Nothing is written outside the folder; the article itself is published."""
    found = publish([article(tags=("../../etc", "a/b", "", "news", "fine"))], tmp_path / "feeds", BASE)
    assert [("en", None, 1), ("en", "fine", 1)] == channels(found)
    assert {"feeds"} == {path.name for path in tmp_path.iterdir()}


@pytest.mark.parametrize(
    "base", ["", "feeds", "/feeds", "ftp://city.example/", "https://city.example/?a=1", "https://"]
)
def test_a_base_that_is_no_address(tmp_path: Path, base: str) -> None:
    """Said before anything is written."""
    with pytest.raises(PublishError, match="no address"):
        publish(STORED, tmp_path, base)
    assert set() == files(tmp_path)


@pytest.mark.parametrize("chosen", [{"languages": ["../en"]}, {"topics": ["a/b"]}, {"topics": ["news"]}])
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
    found = publish(STORED[:1], tmp_path, BASE, title=lambda language, topic: f"{language}/{topic}")
    assert ["en/None", "en/green-energy"] == [channel.title for channel in found.channels]
    assert "<title>en/green-energy</title>" in (tmp_path / "en" / "green-energy.rss.xml").read_text("utf-8")
