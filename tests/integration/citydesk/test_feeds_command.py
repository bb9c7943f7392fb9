"""`citydesk feeds`: the list changed in place, and shown with how its feeds are doing."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from citydesk.errors import ListBusyError
from citydesk.feed_list import editing
from citydesk.feed_rows import feed_rows
from news_ingest.opml import read_opml
from news_ingest.values import FeedHealth, FeedSpec, FeedStanding
from tests.integration.citydesk.command_line import ROOT, Result, in_a_process, in_this_process

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

    def begin(self, *arguments: str) -> subprocess.Popen[str]:
        """A command in a process of its own, under way."""
        return subprocess.Popen(
            [sys.executable, "-m", "citydesk", *arguments],
            cwd=ROOT,
            env=os.environ | self._variables,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )

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
        (["add", "www.news.example/rss"], "Did you mean https://www.news.example/rss?"),
        (["add", "news.example"], "Did you mean https://news.example?"),
        (["add", "gone.xml"], "'gone.xml' is neither an http(s) address nor a file."),
        (["add", "me:secret@news.example/rss"], "Did you mean https://me:***@news.example/rss?"),
        (["add", "ftp://me:secret@news.example/"], "'ftp://me:***@news.example/' is neither"),
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
    assert "secret" not in result.stderr
    assert LIST == desk.list.read_text("utf-8")


@pytest.mark.parametrize(
    "twin", ["https://hills.example/Feed", "HTTPS://Hills.Example/Feed", "https://hills.EXAMPLE:443/Feed"]
)
def test_a_feed_is_not_added_twice_in_other_letters(desk: Desk, twin: str) -> None:
    """Host and scheme don't heed capitals; a path does."""
    desk.read("feeds", "add", "https://hills.example/Feed")
    again = desk.run("feeds", "add", twin, apart=True)
    assert (1, "") == (again.returncode, again.stdout)
    assert "the feed 'https://hills.example/Feed' stands in it already" in again.stderr
    assert ["https://hills.example/feed"] == desk.read("feeds", "add", "https://hills.example/feed")["added"]
    assert ["news.xml", "https://hills.example/Feed", "https://hills.example/feed"] == desk.addresses


def test_passwords_are_for_the_list_alone(desk: Desk, tmp_path: Path) -> None:
    """Whatever is done with a feed that has one, screen, log and database show it masked; and it may be named so."""
    address, shown = "http://me:secret@127.0.0.1/rss", "http://me:***@127.0.0.1/rss"
    (tmp_path / "other.opml").write_text(f'<opml><body><outline xmlUrl="{address}"/></body></opml>', "utf-8")
    said = [
        desk.run("feeds", "add", address, apart=True),
        desk.run("feeds", "add", address, apart=True),
        desk.run("ingest", "--no-index", "--feed", shown),
        desk.run("ingest", "--no-index", "--json"),
        desk.run("feeds", "list"),
        desk.run("feeds", "list", "--json"),
        desk.run("feeds", "remove", shown),
        desk.run("feeds", "list"),
        desk.run("feeds", "import", str(tmp_path / "other.opml")),
        desk.run("feeds", "remove", address, "--json"),
        desk.run("feeds", "import", str(tmp_path / "other.opml"), "--json"),
    ]
    assert [0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0] == [one.returncode for one in said]
    for number, one in enumerate(said):
        assert (number, True, False) == (number, shown in one.stdout + one.stderr, "secret" in one.stdout + one.stderr)
    assert f"--feed '{shown}'" in said[0].stdout
    assert address in desk.addresses


def test_two_editors_at_once(desk: Desk) -> None:
    """Each waits for the other from reading the list to writing it: nothing that either adds is lost."""
    before, lock = desk.list.read_bytes(), desk.list.with_name(".feeds.opml.lock")
    with editing(desk.list):
        editors = [desk.begin("feeds", "add", f"https://hills.example/{number}") for number in range(2)]
        wait_for(lambda: all(editor.poll() is not None or has_open(editor.pid, lock) for editor in editors))
        assert before == desk.list.read_bytes()
    assert [("", 0)] * 2 == [(editor.communicate(timeout=60)[1], editor.returncode) for editor in editors]
    assert {"news.xml", "https://hills.example/0", "https://hills.example/1"} == set(desk.addresses)


def test_an_editor_that_does_not_end(desk: Desk) -> None:
    """The one who waits is told who it is, and whoever comes later is let in."""
    busy = rf"Another process \({os.getpid()}\) is changing"
    with editing(desk.list), pytest.raises(ListBusyError, match=busy), editing(desk.list, wait=0.1):
        pass
    with editing(desk.list, wait=0):
        assert ["news.xml"] == desk.addresses


def test_a_content_folder_that_is_not_there(tmp_path: Path) -> None:
    """It is not made: its name was mistyped."""
    result = in_this_process("feeds", "add", "https://a.example/", CITYDESK_CONTENT_DIR=str(tmp_path / "contnet"))
    assert 1 == result.returncode and "Check CITYDESK_CONTENT_DIR" in result.stderr
    assert not (tmp_path / "contnet").exists()


def wait_for(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


def has_open(process: int, path: Path) -> bool:
    """Whether the process has the file open."""
    try:
        return str(path) in {os.readlink(one) for one in Path(f"/proc/{process}/fd").iterdir()}
    except FileNotFoundError:  # closed, or ended, just now
        return False


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
