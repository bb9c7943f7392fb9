"""The feeds that ingest is measured with: what goes in comes out when they are read, and the server tells versions."""

import gzip
import html
import json
from collections import Counter
from pathlib import Path

import feedparser
import pytest

from bench.ingest.errors import DataMissing
from bench.ingest.feeds import Article, make_feeds, render
from bench.ingest.server import write_folder
from bench.ingest.serving import serving

ARTICLES = [
    Article("河濱公園《賞櫻》& 市集", "週末起三天，\n下午兩點開始。", "https://city.example/n?a=1&b=2", "2024-03-01"),
    Article("圖書館延長開放", "考季期間開放到晚上十點。", "https://city.example/n?a=2", "2024-03-02"),
]


def write(folder: Path, count: int) -> None:
    """So many articles, the last one twice."""
    records = [
        {"title": f"消息 {n}", "content": f"內容 {n}", "url": f"https://city.example/{n}", "published": "2024-03-01"}
        for n in [*range(count), count - 1]
    ]
    with gzip.open(folder / "a.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(record) + "\n" for record in records)


def test_an_article_comes_out_as_it_went_in() -> None:
    entry = feedparser.parse(render("a.xml", ARTICLES).body).entries[0]
    assert (ARTICLES[0].url, ARTICLES[0].url) == (entry.id, entry.link)
    assert "河濱公園《賞櫻》& 市集" == html.unescape(entry.title)
    assert "週末起三天，\n下午兩點開始。" == entry.summary
    assert (2024, 2, 29, 16, 0) == entry.published_parsed[:5]


def test_other_content_has_another_version() -> None:
    assert render("a.xml", ARTICLES).etag != render("a.xml", ARTICLES[:1]).etag
    assert render("a.xml", ARTICLES) == render("a.xml", ARTICLES)


def test_every_feed_has_its_items_and_no_item_comes_twice(tmp_path: Path) -> None:
    write(tmp_path, 30)
    feeds = make_feeds(tmp_path, 4, 5)
    ids = [[entry.id for entry in feedparser.parse(feed.body).entries] for feed in feeds]
    assert [5, 5, 5, 5] == [len(many) for many in ids]
    assert 20 == len({one for many in ids for one in many})


@pytest.mark.parametrize(("count", "problem"), [(0, "no \\*.jsonl.gz"), (9, "has 9 articles, not 10")])
def test_missing_data_is_told(tmp_path: Path, count: int, problem: str) -> None:
    if count:
        write(tmp_path, count)
    with pytest.raises(DataMissing, match=problem):
        make_feeds(tmp_path, 2, 5)


def test_the_server_answers_304_to_the_version_that_it_has(tmp_path: Path) -> None:
    """In a process of its own, and it counts what it has answered."""
    feeds = [render(f"{n}.xml", ARTICLES) for n in range(3)]
    write_folder(feeds, tmp_path)
    with serving(tmp_path) as served:
        assert served.ceiling(feeds, known=False) > 0
        assert served.ceiling(feeds[:2], known=True) > 0
        assert served.ceiling([render("unknown.xml", ARTICLES)], known=False) > 0
        assert Counter({200: 3, 304: 2, 404: 1}) == Counter(served.counts())
