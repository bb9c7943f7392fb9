"""`citydesk articles`: what has come in, picked and whole, with what has changed; and what feeds worry about then."""

import json
from pathlib import Path
from typing import Any

import pytest

from citydesk.settings import Settings
from citydesk.wiring import open_articles
from news_ingest.storing.store import ArticleStore
from tests.integration.citydesk.command_line import Result, in_a_process, in_this_process

LIST = """<opml version="2.0"><head/><body>
<outline title="City" xmlUrl="city.xml" language="en"/>
<outline title="市府新聞" xmlUrl="news.xml" language="zh-TW" category="sample"/>
</body></opml>
"""
TALL = "The pier by the old market stays open longer from this weekend on, until ten in the evening, every day."
ITEM = "<item><guid>{guid}</guid><title>{title}</title><link>https://city.example/{guid}</link>{date}"
FEED = (
    '<rss version="2.0"><channel><title>T</title><link>https://city.example/</link>'
    "<description>D</description>{items}</channel></rss>"
)


def item(guid: str, title: str, text: str, day: int | None = None) -> str:
    """One of a feed, on a day of April 2018."""
    date = f"<pubDate>{day:02} Apr 2018 08:00:00 GMT</pubDate>" if day else ""
    return ITEM.format(guid=guid, title=title, date=date) + f"<description>{text}</description></item>"


class Desk:
    """A home and a content folder with a list of two feeds."""

    def __init__(self, place: Path) -> None:
        self.content, self.home = place / "content", place / "home"
        self.content.mkdir()
        (self.content / "feeds.opml").write_text(LIST, encoding="utf-8")
        self._variables = {"CITYDESK_HOME": str(self.home), "CITYDESK_CONTENT_DIR": str(self.content)}
        self.publish("city.xml", item("1", "Pier opens longer", TALL, 3), item("2", "Bus map", "A new map.", 2))
        self.publish("news.xml", item("3", "河濱步道重新開放", "河濱步道經過三週整修，本週六上午重新開放。"))
        self.ingest()

    def publish(self, name: str, *items: str) -> None:
        """What a feed has from now on."""
        (self.content / name).write_text(FEED.format(items="".join(items)), encoding="utf-8")

    def ingest(self) -> None:
        """Read both."""
        assert 0 == self.run("ingest", "--no-index").returncode

    def store(self) -> ArticleStore:
        """The database of both."""
        return open_articles(Settings(home=self.home))

    def run(self, *arguments: str, apart: bool = False) -> Result:
        """A command, `apart` in a process of its own."""
        return (in_a_process if apart else in_this_process)(*arguments, **self._variables)

    def read(self, *arguments: str) -> Any:
        """What a command that must succeed says to machines."""
        result = self.run(*arguments, "--json")
        assert 0 == result.returncode, result.stderr
        return json.loads(result.stdout)

    def id_of(self, title: str) -> str:
        """Of the article with this title."""
        [found] = [one["id"] for one in self.read("articles", "list")["articles"] if one["title"] == title]
        assert isinstance(found, str)
        return found


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """One that has read its feeds once."""
    return Desk(tmp_path)


def test_the_newest_come_first(desk: Desk) -> None:
    """What has no date counts by when it came in; a limit is kept."""
    everything = [one["title"] for one in desk.read("articles", "list")["articles"]]
    assert ["河濱步道重新開放", "Pier opens longer", "Bus map"] == everything
    assert everything[:2] == [one["title"] for one in desk.read("articles", "list", "--limit", "2")["articles"]]
    shown = desk.run("articles", "list", apart=True).stdout
    assert "2018-04-03 08:00" in shown and "undated, came in 20" in shown and desk.id_of("Bus map") in shown


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (("--feed", "city.xml"), ["Pier opens longer", "Bus map"]),
        (("--language", "zh-TW"), ["河濱步道重新開放"]),
        (("--language", "en", "--feed", "news.xml"), []),
        (("--tag", "harbour"), ["Bus map"]),
        (("--tag", "harbour", "--language", "ja"), []),
        (("--corrected",), []),
    ],
)
def test_only_some(desk: Desk, options: tuple[str, ...], expected: list[str]) -> None:
    """All options must hold; where nothing fits, that is said."""
    store = desk.store()
    store.set_tags(desk.id_of("Bus map"), ["harbour", "night-market"])
    store.close()
    assert expected == [one["title"] for one in desk.read("articles", "list", *options)["articles"]]
    assert (not expected) == ("No article is like that." in desk.run("articles", "list", *options).stdout)


def test_before_anything_has_come_in(tmp_path: Path) -> None:
    result = in_this_process("articles", "list", CITYDESK_HOME=str(tmp_path))
    assert (0, "No article has come in yet. This reads the feeds: citydesk ingest\n") == (
        result.returncode,
        result.stdout,
    )


def test_a_correction_is_found_and_shown(desk: Desk) -> None:
    """With every change before it, its lines, and the story's other articles."""
    pier, river = desk.id_of("Pier opens longer"), desk.id_of("河濱步道重新開放")
    longer = TALL.replace("ten", "eleven")
    desk.publish("city.xml", item("1", "Pier opens longer", longer, 3), item("2", "Bus map", "A new map.", 2))
    desk.ingest()
    assert [] == desk.read("articles", "list", "--corrected")["articles"]
    desk.publish("city.xml", item("1", "Correction: Pier opens longer", longer, 3))
    desk.ingest()
    store = desk.store()
    store.set_stories({pier: pier, river: pier})
    store.set_tags(pier, ["harbour"])
    store.close()
    [found] = desk.read("articles", "list", "--corrected")["articles"]
    assert (pier, 2) == (found["id"], found["revisions"])
    whole = desk.read("articles", "show", pier)
    assert found == {name: whole[name] for name in found}
    assert [False, True] == [change["correction"] for change in whole["changes"]]
    assert [river] == [other["id"] for other in whole["others"]]
    shown = desk.run("articles", "show", f"news:{pier}").stdout.splitlines()
    assert ["Correction: Pier opens longer", "", f"Id: {pier}", "Source: City (city.xml)"] == shown[:4]
    for line in (
        "Address: https://city.example/1",
        "Published: 2018-04-03 08:00 UTC",
        "Language: en",
        "Tags: harbour",
        "Story: told in zh-Hant, too",
        f"  zh-Hant  {river}  河濱步道重新開放 (市府新聞)",
        longer,
        f"-{TALL}",
        f"+{longer}",
        "-Pier opens longer",
        "+Correction: Pier opens longer",
    ):
        assert line in shown
    assert ["Change noticed", "Correction noticed"] == [line[:-21] for line in shown if " noticed 20" in line]


def test_an_article_that_is_alone(desk: Desk) -> None:
    """What is not there is said; a change of the date alone has no lines."""
    desk.publish("city.xml", item("2", "Bus map", "A new map.", 4))
    desk.ingest()
    shown = desk.run("articles", "show", desk.id_of("Bus map")).stdout
    assert "Story: no other article tells it" in shown and "Tags: –" in shown and "Corrected" not in shown
    assert "Title and words stayed; its date, address or language is another." in shown
    assert "Sample: yes" in desk.run("articles", "show", desk.id_of("河濱步道重新開放")).stdout


@pytest.mark.parametrize(
    ("arguments", "status", "expected"),
    [
        (
            ("show", "0123456789abcdef"),
            1,
            "No article '0123456789abcdef' has come in. This shows what has: citydesk art",
        ),
        (
            ("list", "--feed", "other.xml"),
            1,
            "No feed 'other.xml' has come in. This shows what has: citydesk feeds list",
        ),
        (("list", "--feed", "https://a:b@c.example/"), 1, "No feed 'https://a:***@c.example/'"),
        (("list", "--language", "???"), 2, "'???' is no language tag such as en or zh-TW."),
        (("list", "--limit", "0"), 2, "--limit"),
    ],
)
def test_what_is_not_there(desk: Desk, arguments: tuple[str, ...], status: int, expected: str) -> None:
    """Told with what shows the right ones; no password is repeated."""
    result = desk.run("articles", *arguments)
    assert status == result.returncode
    assert expected in " ".join(result.stderr.split())


def test_a_feed_that_is_no_longer_listed(desk: Desk) -> None:
    """Its articles are found by the address that it had."""
    assert 0 == desk.run("feeds", "remove", "news.xml").returncode
    assert 1 == len(desk.read("articles", "list", "--feed", "news.xml")["articles"])


def test_feeds_that_are_empty_or_in_another_language(desk: Desk) -> None:
    """`feeds list` says so, and no longer once it is well again, or the list is put right."""
    chinese = (
        "市政府表示，河濱步道經過三週整修，本週六上午重新開放，歡迎民眾帶著家人前往散步，並請遵守步道的使用規則。" * 3
    )
    desk.publish("city.xml", item("4", "河濱步道", chinese, 4), item("5", "步道開放", chinese, 5))
    desk.publish("news.xml")
    desk.ingest()
    assert [["language"], ["emptied"]] == worries(desk)
    shown = desk.run("feeds", "list").stdout
    assert "Most of its items were in zh-Hant" in shown and "without a single item since" in shown
    corrected = LIST.replace('language="en"', 'language="zh-TW"')
    for written, expected in ((corrected, []), (LIST, ["language"])):
        (desk.content / "feeds.opml").write_text(written, encoding="utf-8")
        assert expected == worries(desk)[0]
    desk.publish("city.xml", item("1", "Pier opens longer", TALL, 3))
    desk.publish("news.xml", item("3", "河濱步道重新開放", "河濱步道經過三週整修，本週六上午重新開放。"))
    desk.ingest()
    assert [[], []] == worries(desk)


def worries(desk: Desk) -> list[list[str]]:
    """The kinds of each feed's, in the order of the list."""
    return [[worry["kind"] for worry in row["worries"]] for row in desk.read("feeds", "list")["feeds"]]
