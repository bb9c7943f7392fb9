"""`citydesk ingest --watch` as people start it: a process that asks feeds when they are due until it is told to end."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from news_ingest.storing.store import ArticleStore, open_store
from news_ingest.values import FeedSpec
from tests.integration.citydesk.command_line import ROOT
from tests.integration.citydesk.test_index_command import City
from tests.integration.citydesk.test_ingest_command import feed

PATIENCE = 90.0
"""Seconds for what takes two or three when nothing else runs."""
NEWS = FeedSpec("feed.xml", "feed.xml")


class Desk:
    """A city whose list has a feed in a file beside it."""

    def __init__(self, place: Path, feeds: int = 1) -> None:
        self.city = City(place)
        self.place, self.content, self.home = place, place / "content", place / "home"
        self.write("Maples planted")
        for number in range(1, feeds):
            (self.content / f"feed{number}.xml").write_bytes((self.content / "feed.xml").read_bytes())
        names = ["feed.xml", *(f"feed{number}.xml" for number in range(1, feeds))]
        outlines = "".join(f"<outline text='{name}' xmlUrl='{name}'/>" for name in names)
        self.list = self.content / "feeds.opml"
        self.list.write_text(f"<opml version='2.0'><body>{outlines}</body></opml>", encoding="utf-8")

    def write(self, *titles: str) -> None:
        feed(self.content, *titles)

    @contextmanager
    def store(self) -> Iterator[ArticleStore]:
        opened = open_store(f"sqlite:///{self.home}/citydesk.db")
        yield opened
        opened.close()

    def set_due(self, moment: datetime) -> None:
        with self.store() as store:
            store.record_unmodified(NEWS, standing=replace(store.standing(NEWS.url), next_due=moment))

    def titles(self) -> list[str]:
        with self.store() as store:
            return sorted(article.title for article in store.articles())


class Watcher:
    """The process, in a group of its own. What it tells goes to a file, to be read while it runs."""

    def __init__(self, desk: Desk, *arguments: str) -> None:
        self._log = desk.place / "watch.log"
        variables = {name: value for name, value in os.environ.items() if not name.startswith("CITYDESK_")}
        variables |= {"CITYDESK_HOME": str(desk.home), "CITYDESK_CONTENT_DIR": str(desk.content)}
        variables |= {"CITYDESK_FEED_ALLOW_PRIVATE": "true"}
        with self._log.open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "citydesk", "ingest", "--watch", *arguments],
                cwd=ROOT,
                env=variables,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def told(self) -> str:
        return self._log.read_text(encoding="utf-8")

    def until(self, text: str) -> None:
        """Wait until it has told this."""
        deadline = time.monotonic() + PATIENCE
        while text not in self.told:
            assert time.monotonic() < deadline and self.process.poll() is None, self.told
            time.sleep(0.02)

    def ended(self, by: signal.Signals | None = None) -> int:
        """The exit status, after a signal where one is named."""
        if by is not None:
            self.process.send_signal(by)
        return self.process.wait(PATIENCE)


@contextmanager
def watching(desk: Desk, *arguments: str) -> Iterator[Watcher]:
    watcher = Watcher(desk, *arguments)
    try:
        yield watcher
    finally:
        if watcher.process.poll() is None:
            os.killpg(watcher.process.pid, signal.SIGKILL)
            watcher.process.wait()


def test_feeds_are_taken_in_indexed_and_the_end_is_graceful(tmp_path: Path) -> None:
    """What came in is found at once by a search; SIGTERM ends it with 0."""
    desk = Desk(tmp_path)
    with watching(desk) as watcher:
        watcher.until("documents,")
        assert "[1/1] feed.xml: 1 new, 0 changed, 0 unchanged" in watcher.told
        assert 0 == watcher.ended(signal.SIGTERM)
        assert "Stopped." == watcher.told.splitlines()[-1]
        assert "Traceback" not in watcher.told
    [hit, *_] = desk.city.read("search", "Maples planted")["hits"]
    assert hit["id"].startswith("news:")


def test_a_changed_file_is_read_when_it_is_due(tmp_path: Path) -> None:
    """Not before; a time that lies in the past, as after a night without power, is made up for once."""
    desk = Desk(tmp_path)
    desk.city.read("ingest", "--no-index")
    desk.write("Maples planted by pupils")
    desk.set_due(datetime.now(UTC) - timedelta(days=3))
    with watching(desk, "--no-index") as watcher:
        watcher.until("0 new, 1 changed")
        desk.write("Maples planted by pupils", "Plane trees, too")
        # It rests for a minute at most; a restart finds the feed not due yet, and waits for it.
        assert 0 == watcher.ended(signal.SIGINT)
        assert 1 == watcher.told.count("[1/1]")
    assert ["Maples planted by pupils"] == desk.titles()
    due = datetime.now(UTC) + timedelta(seconds=8)
    desk.set_due(due)
    with watching(desk, "--no-index") as watcher:
        watcher.until("Watching")
        watcher.until("1 new, 0 changed, 1 unchanged")
        assert due <= datetime.now(UTC)
        assert 0 == watcher.ended(signal.SIGTERM)
        assert 1 == watcher.told.count("[1/1]")
    assert ["Maples planted by pupils", "Plane trees, too"] == desk.titles()


def test_one_watcher_at_a_time(tmp_path: Path) -> None:
    """The second one ends at once, with 1 and the first one's process id; the first goes on."""
    desk = Desk(tmp_path)
    with watching(desk, "--no-index") as first:
        first.until("1 new")
        begun = time.monotonic()
        second = desk.city.process("ingest", "--watch", "--no-index")
        assert (1, "") == (second.returncode, second.stdout)
        assert f"kill {first.process.pid}" in second.stderr and "Traceback" not in second.stderr
        assert time.monotonic() - begun < 45
        assert 0 == first.ended(signal.SIGTERM)
    with watching(desk, "--no-index") as third:
        third.until("Watching")
        assert 0 == third.ended(signal.SIGTERM)


def test_a_broken_list_is_told_and_ends_nothing(tmp_path: Path) -> None:
    """An editor may be in the middle of writing it."""
    desk = Desk(tmp_path)
    desk.list.write_text("<opml", encoding="utf-8")
    with watching(desk, "--no-index") as watcher:
        watcher.until("citydesk: ")
        assert "feeds.opml" in watcher.told and "Traceback" not in watcher.told
        assert 0 == watcher.ended(signal.SIGTERM)


def test_a_broken_glossary_is_told_and_ends_nothing(tmp_path: Path) -> None:
    """Articles are stored all the same, and sorted once it is whole."""
    desk = Desk(tmp_path)
    glossary = desk.content / "glossary.yml"
    glossary.write_text("- [", encoding="utf-8")
    with watching(desk, "--no-index") as watcher:
        watcher.until("not sorted into subjects and stories")
        assert 0 == watcher.ended(signal.SIGTERM)
    glossary.unlink()
    desk.city.read("ingest", "--no-index")
    assert ["Maples planted"] == desk.titles()


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM])
def test_the_whole_group_is_asked_to_end(tmp_path: Path, by: signal.Signals) -> None:
    """As Ctrl-C in a terminal does, and a service manager: the processes that read feeds end without a word, too."""
    desk = Desk(tmp_path, feeds=20)
    with watching(desk, "--no-index") as watcher:
        watcher.until("20 new, 0 changed")
        os.killpg(watcher.process.pid, by)
        assert 0 == watcher.ended()
        assert "Stopped." in watcher.told and "Traceback" not in watcher.told
        assert not group_lives(watcher.process.pid)


def test_a_stop_in_the_middle_leaves_the_rest_to_the_next_run(tmp_path: Path) -> None:
    """What was under way is stored, but neither sorted nor indexed first; the next run finds all of that."""
    desk = Desk(tmp_path, feeds=200)
    with watching(desk) as watcher:
        watcher.until("[1/200]")
        assert 0 == watcher.ended(signal.SIGTERM)
        assert "Stopping once the feeds under way are done; Ctrl-C again ends at once." in watcher.told
        assert "the next run does the rest" in watcher.told
        assert "[200/200]" not in watcher.told and "Index" not in watcher.told
    with desk.store() as store:
        stored = len(store.articles())
        assert 0 < stored < 200 and stored == len(store.unplaced())
    # All feeds have the same article: it is indexed once, beside the city's one entry.
    assert 2 == desk.city.read("ingest")["index"]["documents"]
    assert 200 == len(desk.titles())
    with desk.store() as store:
        assert [] == store.unplaced() and not store.pending()


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM])
def test_a_second_signal_ends_it_at_once(tmp_path: Path, by: signal.Signals) -> None:
    """Though a server keeps it waiting: it dies of the signal, which a shell calls 130 or 143, and nothing is left."""
    desk = Desk(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as mute:
        address = f"http://127.0.0.1:{mute.getsockname()[1]}/"
        with watching(desk, "--no-index", "--feed", address, "--feed", str(desk.content / "feed.xml")) as watcher:
            mute.settimeout(PATIENCE)
            connection, _ = mute.accept()
            watcher.until("1 new")
            watcher.process.send_signal(by)
            watcher.until("Ctrl-C again ends at once")
            assert None is watcher.process.poll()
            assert -by == watcher.ended(by)
            assert "Stopped." not in watcher.told and "Traceback" not in watcher.told
            assert not group_lives(watcher.process.pid)
            connection.close()
    assert ["Maples planted"] == desk.titles()
    assert 1 == desk.city.read("ingest", "--no-index")["unchanged"]


def test_an_editor_s_slip_is_told_once(tmp_path: Path) -> None:
    """In districts.yml as in the glossary: what comes in later is stored, and not told of it again."""
    desk = Desk(tmp_path)
    (desk.content / "districts.yml").write_text("- [", encoding="utf-8")
    with watching(desk) as watcher:
        watcher.until("not sorted into subjects and stories")
        watcher.until("documents,")
        assert 0 == watcher.ended(signal.SIGTERM)
        assert 1 == watcher.told.count("districts.yml")


def group_lives(group: int) -> bool:
    """Whether a process of the group is there, after some seconds in which to end."""
    for _ in range(100):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return False
        time.sleep(0.1)
    return True
