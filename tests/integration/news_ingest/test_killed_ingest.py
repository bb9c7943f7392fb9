"""`citydesk ingest` killed at any moment, while it fetches, stores or sorts: one more run puts all of it right."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from news_ingest.storing.store import ArticleStore, open_store
from tests.integration.citydesk.command_line import ROOT
from tests.integration.citydesk.test_index_command import City

KILLS = int(os.environ.get("CITYDESK_TEST_KILLS", "10"))
FEEDS, ITEMS = 30, 3
LONGEST = 0.4
"""Seconds that a process may go on after it has told of a feed; to sort what came in takes about as long."""
PATIENCE = 90.0


class Town:
    """A city whose feeds are thirty files; each version of them adds an article to each and changes another."""

    def __init__(self, place: Path) -> None:
        self._city = City(place)
        self._home = place / "home"
        (place / "content" / "feeds.opml").write_text("<opml version='2.0'><body/></opml>", encoding="utf-8")
        self._log = place / "ingest.log"
        self._variables = {"CITYDESK_HOME": str(self._home), "CITYDESK_CONTENT_DIR": str(place / "content")}
        self.files = [place / f"feed{number}.xml" for number in range(FEEDS)]
        self.version = 0

    def write(self) -> None:
        """The next version. Every third feed has the news of the one before it."""
        self.version += 1
        for number, file in enumerate(self.files):
            told = number - 1 if number % 3 == 2 else number
            items = "".join(self._item(told, item) for item in range(ITEMS + self.version))
            channel = f"<title>Feed {number}</title><language>en</language>{items}"
            file.write_text(f"<rss version='2.0'><channel>{channel}</channel></rss>", encoding="utf-8")

    def _item(self, number: int, item: int) -> str:
        version = self.version if item == 0 else 0
        notice = 10_000 + 100 * number + item
        return (
            f"<item><guid>{item}</guid><title>Notice {notice} of works, version {version}</title>"
            f"<link>https://city.example/{notice}</link><pubDate>{1 + item % 27} May 2018 10:00:00 GMT</pubDate>"
            "<description>Workers repair the pipes below the street; please take another way.</description></item>"
        )

    def killed(self, feeds: int, after: float) -> bool:
        """Take in until so many feeds are told of, and some seconds more; False where it ended before that."""
        with self._log.open("w") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "citydesk", *self._arguments()],
                cwd=ROOT,
                env={name: value for name, value in os.environ.items() if not name.startswith("CITYDESK_")}
                | self._variables,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        try:
            deadline = time.monotonic() + PATIENCE
            while f"[{feeds}/{FEEDS}]" not in self._log.read_text() and process.poll() is None:
                assert time.monotonic() < deadline, self._log.read_text()
                time.sleep(0.002)
            time.sleep(after)
            process.kill()
            return process.wait() == -signal.SIGKILL
        finally:
            _end(process.pid)

    def finish(self) -> None:
        """One more run, to its end."""
        result = self._city.process(*self._arguments())
        assert 0 == result.returncode, result.stderr

    def store(self) -> ArticleStore:
        return open_store(f"sqlite:///{self._home}/citydesk.db")

    def _arguments(self) -> Iterator[str]:
        yield from ("ingest", "--no-index")
        for file in self.files:
            yield from ("--feed", str(file))


def test_killed_at_any_moment(tmp_path: Path) -> None:
    """Every article is there exactly once, in its newest version, sorted, and waits for the index."""
    town = Town(tmp_path)
    chance = random.Random(5)
    killed = 0
    for _ in range(KILLS):
        town.write()
        killed += town.killed(chance.randint(1, FEEDS), chance.uniform(0, LONGEST))
        check_whole_feeds(town)
    town.finish()
    check_all_is_there(town)
    assert killed > KILLS / 2


def test_everything_is_placed_in_the_end(tmp_path: Path) -> None:
    """A run killed while it sorts leaves the rest to the next."""
    town = Town(tmp_path)
    town.write()
    town.killed(FEEDS, 0.1)
    town.finish()
    store = town.store()
    assert [] == store.unplaced()
    store.close()


def check_whole_feeds(town: Town) -> None:
    """No feed is half-stored: all of it is of one version."""
    store = town.store()
    found = {health.url: store.state(health.url).known for health in store.feeds()}
    store.close()
    for known in found.values():
        version = int(known["0"].title.rsplit(" ", 1)[1])
        assert {str(item) for item in range(ITEMS + version)} == set(known)


def check_all_is_there(town: Town) -> None:
    store = town.store()
    articles = store.articles()
    places = Counter((article.feed_url, article.guid) for article in articles)
    expected = {(str(file), str(item)) for file in town.files for item in range(ITEMS + town.version)}
    assert (expected, {1}) == (set(places), set(places.values()))
    assert {town.version} == {int(one.title.rsplit(" ", 1)[1]) for one in articles if one.guid == "0"}
    # What repeats another feed's is to be dropped, the rest to be taken in.
    repeated = {article.id for article in articles if town.files.index(Path(article.feed_url)) % 3 == 2}
    waiting = store.pending()
    shown = {article.id for article in store.iter_articles(duplicates=False)}
    store.close()
    assert shown == set(waiting.put) and {one.id for one in articles} - shown == set(waiting.drop)
    by_story = Counter(article.story for article in articles)
    assert len(expected) * 2 // 3 == len(by_story) == len(shown)
    assert len(repeated) == len(waiting.drop)


def _end(group: int) -> None:
    """What the killed process had started."""
    try:
        os.killpg(group, signal.SIGKILL)
    except ProcessLookupError:
        return
