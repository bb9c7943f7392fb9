"""`citydesk feeds`: the list changed in place, and shown with how its feeds are doing."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from citydesk.commands.feeds import feed_rows
from news_ingest.opml import read_opml
from news_ingest.values import FeedHealth, FeedSpec, FeedStanding
from tests.integration.citydesk.command_line import Result, in_a_process, in_this_process

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
LIST = """<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0">
  <head/>
  <body>
    <!-- the city itself -->
    <outline text="City">
      <outline type="rss" text="市府新聞" title="市府新聞" xmlUrl="news.xml" language="zh-TW" category="city"/>
    </outline>
  </body>
</opml>
"""
FEED = """<rss version="2.0"><channel><title>T</title><link>https://city.example/</link><description>D</description>
<item><guid>1</guid><title>河濱步道重新開放</title><link>https://city.example/1</link>
<description>河濱步道經過三週整修，本週六上午重新開放。</description></item></channel></rss>
"""


class Desk:
    """A home and a content folder with a list of one feed; the command line works on them."""

    def __init__(self, place: Path) -> None:
        self.content = place / "content"
        self.content.mkdir()
        self.list = self.content / "feeds.opml"
        self.list.write_text(LIST, encoding="utf-8")
        (self.content / "news.xml").write_text(FEED, encoding="utf-8")
        self._variables = {"CITYDESK_HOME": str(place / "home"), "CITYDESK_CONTENT_DIR": str(self.content)}

    def run(self, *arguments: str, apart: bool = False) -> Result:
        """A command, `apart` in a process of its own."""
        return (in_a_process if apart else in_this_process)(*arguments, **self._variables)

    def read(self, *arguments: str) -> Any:
        """What a command that must succeed says to machines."""
        result = self.run(*arguments, "--json")
        assert 0 == result.returncode, result.stderr
        return json.loads(result.stdout)

    @property
    def addresses(self) -> list[str]:
        return [spec.url for spec in read_opml(self.list)]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_add_and_remove(desk: Desk) -> None:
    """One line more, in its group; and the file as it was, to the byte."""
    address = "https://hills.example/feed?a=1&b=2"
    added = desk.run("feeds", "add", address, "--title", "Hills", "--lang", "zh-tw", "--category", "city", apart=True)
    assert (0, "") == (added.returncode, added.stderr)
    assert f"{address} is added to {desk.list}" in added.stdout
    spec = read_opml(desk.list)[-1]
    assert FeedSpec(address, address, "Hills", "zh-Hant", "city") == spec
    assert 1 == len(desk.list.read_text("utf-8").splitlines()) - len(LIST.splitlines())
    assert {"removed": [address], "list": str(desk.list)} == desk.read("feeds", "remove", address)
    assert LIST == desk.list.read_text("utf-8")


def test_a_file_beside_the_list_is_named_from_there(desk: Desk, tmp_path: Path) -> None:
    """So that its articles have the same ids on every machine; others by their whole path."""
    for folder, name in ((desk.content, "more.xml"), (tmp_path, "far.xml")):
        (folder / name).write_text(FEED, encoding="utf-8")
        assert desk.read("feeds", "add", str(folder / name))["added"]
    assert ["news.xml", "more.xml", str(tmp_path / "far.xml")] == desk.addresses
    assert 0 == desk.run("feeds", "remove", str(desk.content / "more.xml")).returncode
    assert "more.xml" not in desk.addresses


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["add", "news.example"], "neither an http(s) address nor a file"),
        (["add", "ftp://news.example/"], "neither an http(s) address nor a file"),
        (["add", "file://elsewhere/news.xml"], "only http, https and local files"),
        (["add", "https://news.example/", "--lang", "!"], "no language tag"),
        (["add"], "Missing argument"),
        (["fly"], "No such command"),
    ],
)
def test_misuse_ends_with_2(desk: Desk, arguments: list[str], words: str) -> None:
    result = desk.run("feeds", *arguments)
    assert (2, "") == (result.returncode, result.stdout)
    assert words in " ".join(result.stderr.replace("│", " ").split())
    assert LIST == desk.list.read_text("utf-8")


def test_what_is_there_already_and_what_is_not(desk: Desk) -> None:
    """Exit status 1, one sentence, and the list stays."""
    again = desk.run("feeds", "add", str(desk.content / "news.xml"), apart=True)
    gone = desk.run("feeds", "remove", "https://gone.example/")
    assert [(1, ""), (1, "")] == [(again.returncode, again.stdout), (gone.returncode, gone.stdout)]
    assert "stands in it already" in again.stderr and "has no feed 'https://gone.example/'" in gone.stderr
    assert "Traceback" not in again.stderr + gone.stderr
    assert LIST == desk.list.read_text("utf-8")


def test_a_list_that_cannot_be_read_is_not_overwritten(desk: Desk) -> None:
    """The line is named."""
    desk.list.write_text("<opml><body>\n<outline>", encoding="utf-8")
    result = desk.run("feeds", "add", "https://hills.example/feed")
    assert 1 == result.returncode and "line 2" in result.stderr
    assert "<opml><body>\n<outline>" == desk.list.read_text("utf-8")


def test_the_first_feed_makes_the_list(desk: Desk) -> None:
    desk.list.unlink()
    assert 0 == desk.run("feeds", "add", "https://hills.example/feed").returncode
    assert ["https://hills.example/feed"] == desk.addresses


def test_out_and_in_again(desk: Desk, tmp_path: Path) -> None:
    """What is exported is known when it comes back; where there is no list, it comes with its group."""
    out = tmp_path / "out.opml"
    assert {"exported": 1, "file": str(out)} == desk.read("feeds", "export", str(out))
    assert "<!-- the city itself -->" in out.read_text("utf-8")
    assert "has all of these feeds already" in desk.run("feeds", "import", str(out)).stdout
    assert LIST == desk.list.read_text("utf-8")
    desk.list.unlink()
    assert ["news.xml"] == desk.read("feeds", "import", str(out))["added"]
    assert [FeedSpec("news.xml", str(desk.content / "news.xml"), "市府新聞", "zh-Hant", "city")] == read_opml(desk.list)
    assert '<outline text="City">' in desk.list.read_text("utf-8")


@pytest.mark.parametrize("content", [None, "<html><body/></html>", "<opml><body>"])
def test_a_list_that_cannot_be_imported(desk: Desk, tmp_path: Path, content: str | None) -> None:
    """Missing, something else, or broken: told with its name, and ours stays."""
    other = tmp_path / "other.opml"
    if content is not None:
        other.write_text(content, encoding="utf-8")
    result = desk.run("feeds", "import", str(other))
    assert (1, "") == (result.returncode, result.stdout)
    assert str(other) in result.stderr
    assert LIST == desk.list.read_text("utf-8")


def test_the_list_is_not_exported_over_itself(desk: Desk) -> None:
    assert 2 == desk.run("feeds", "export", str(desk.list)).returncode
    assert LIST == desk.list.read_text("utf-8")


def test_a_place_that_cannot_be_written(desk: Desk, tmp_path: Path) -> None:
    result = desk.run("feeds", "export", str(tmp_path / "no" / "out.opml"))
    assert 1 == result.returncode
    assert "can't be written (No such file or directory)" in result.stderr


def test_the_list_shows_what_came_in_and_what_never_was_asked(desk: Desk) -> None:
    """Also what is no longer listed but has articles still."""
    assert 0 == desk.run("ingest", "--no-index").returncode
    desk.run("feeds", "add", "https://hills.example/feed", "--title", "Hills")
    asked, new = desk.read("feeds", "list")["feeds"]
    assert ("news.xml", "市府新聞", "zh-Hant", 1, []) == tuple(
        asked[name] for name in ("url", "title", "language", "articles", "worries")
    )
    assert ("Hills", 0, None) == (new["title"], new["articles"], new["last_fetched"])
    assert ["never_fetched"] == [worry["kind"] for worry in new["worries"]]
    shown = desk.run("feeds", "list", apart=True).stdout
    assert "市府新聞" in shown and "never been fetched" in shown
    desk.run("feeds", "remove", "news.xml")
    assert [True, False] == [row["listed"] for row in desk.read("feeds", "list")["feeds"]]
    assert "No longer in the list" in desk.run("feeds", "list").stdout


def test_rows_say_how_a_feed_stands() -> None:
    """Times from its standing, what worries from its health; the list's own title and language go first."""
    spec = FeedSpec("https://a.example/", "https://a.example/", "Ours", "ja", "city")
    standing = FeedStanding(
        failures=4,
        last_success=NOW - timedelta(days=4),
        last_new=NOW - timedelta(days=5),
        next_due=NOW + timedelta(hours=1),
    )
    health = FeedHealth(spec.url, "Theirs", "en", NOW, "https://a.example/: no answer", 7, standing)
    [row] = feed_rows([spec], [health], NOW)
    assert ("Ours", "ja", "city", True, 7) == (row.title, row.language, row.category, row.listed, row.articles)
    assert (standing.last_success, standing.last_new, standing.next_due) == (
        row.last_success,
        row.last_new,
        row.next_due,
    )
    assert ["failing"] == [worry.kind for worry in row.worries]
    assert "4 times in a row" in row.worries[0].text
