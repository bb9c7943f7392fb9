"""`citydesk ingest`, once in a process of its own: what comes of the articles when the index does not take them."""

import json
from pathlib import Path

import pytest
from rich.cells import cell_len

from news_ingest.storing.store import open_store
from tests.integration.citydesk.test_index_command import ANOTHER, TOPIC, City

QUESTION = "Which council of the city keeps the bees?"
RIVAL = "The council of the city keeps the bees"
GOLDEN = f"""en:
  - question: {QUESTION}
    entry: tours.bees
"""


def feed(place: Path, *titles: str) -> str:
    """A feed's file, and an article for each title."""
    items = "".join(
        f"<item><guid>{number}</guid><title>{title}</title><link>https://www.gov.taipei/{number}</link>"
        "<description>It is told in the town hall, on the second floor.</description></item>"
        for number, title in enumerate(titles)
    )
    path = place / "feed.xml"
    text = f"<rss version='2.0'><channel><title>T</title><language>en</language>{items}</channel></rss>"
    path.write_text(text, encoding="utf-8")
    return str(path)


@pytest.fixture
def city(tmp_path: Path) -> City:
    city = City(tmp_path)
    city.topic.write_text(TOPIC + ANOTHER, encoding="utf-8")
    content = city.topic.parents[2]
    (content / "golden.yml").write_text(GOLDEN, encoding="utf-8")
    (content / "feeds.opml").write_text("<opml version='2.0'><body/></opml>", encoding="utf-8")
    city.read("reindex")
    return city


def test_an_article_that_breaks_a_golden_question(city: City, tmp_path: Path) -> None:
    """It is stored, the index stays, exit status 1; hidden, it lets the others in."""
    before = city.read("index", "status")
    result = city.process("ingest", "--feed", feed(tmp_path, "Maples planted", RIVAL))
    assert (1, "2 new, 0 changed, 0 unchanged articles.\n") == (result.returncode, result.stdout)
    assert "The articles are stored, but not indexed." in result.stderr
    assert f"“{QUESTION}” [en]: expected faq:tours.bees, got news:" in result.stderr
    assert before == city.read("index", "status")
    hide = next(line for line in result.stderr.splitlines() if "citydesk index hide" in line)
    assert 0 == city.run("index", "hide", hide.rsplit(" ", 1)[1]).returncode
    again = city.read("ingest", "--feed", feed(tmp_path, "Maples planted", RIVAL))
    assert (True, 4, None) == (again["ok"], again["index"]["documents"], again["index_error"])


def test_machines_are_told_as_well(city: City, tmp_path: Path) -> None:
    result = city.run("ingest", "--json", "--feed", feed(tmp_path, RIVAL))
    report = json.loads(result.stdout)
    assert (1, False, 1, None) == (result.returncode, report["ok"], report["new"], report["index"])
    assert QUESTION in report["index_error"]


def test_a_broken_faq_file_keeps_no_article_from_the_store(city: City, tmp_path: Path) -> None:
    city.topic.write_text("topic: [", encoding="utf-8")
    result = city.run("ingest", "--feed", feed(tmp_path, "Maples planted"))
    assert (1, "1 new, 0 changed, 0 unchanged articles.\n") == (result.returncode, result.stdout)
    assert "The articles are stored, but not indexed." in result.stderr and "tours.yml" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_file_needs_no_list_of_feeds(city: City, tmp_path: Path) -> None:
    """Where none is named, the list is needed, and the message says which file it is."""
    (tmp_path / "content" / "feeds.opml").unlink()
    assert 1 == city.read("ingest", "--no-index", "--feed", feed(tmp_path, "Maples planted"))["new"]
    all_of_them = city.run("ingest", "--no-index")
    assert 1 == all_of_them.returncode
    assert "feeds.opml: there is no such file" in all_of_them.stderr


@pytest.mark.parametrize("named", ["feed.xml", "content/feed.xml"])
def test_a_feed_of_the_list_stays_what_the_list_says(city: City, tmp_path: Path, named: str) -> None:
    """Named as the list has it, or by its path: its articles are the same, with the list's title and language."""
    content = tmp_path / "content"
    (content / "feeds.opml").write_text(
        "<opml version='2.0'><body><outline title='Gardens' language='fr' category='sample' xmlUrl='feed.xml'/></body>"
        "</opml>",
        encoding="utf-8",
    )
    path = Path(feed(content, "Maples planted"))
    path.write_text(path.read_text(encoding="utf-8").replace("<language>en</language>", ""), encoding="utf-8")
    name = named if named == "feed.xml" else str(tmp_path / named)
    report = city.read("ingest", "--no-index", "--feed", name)
    assert [("feed.xml", 1)] == [(one["url"], one["new"]) for one in report["feeds"]]
    assert 1 == city.read("ingest", "--no-index")["unchanged"]
    store = open_store(f"sqlite:///{tmp_path}/home/citydesk.db")
    [article] = store.articles()
    store.close()
    assert ("Gardens", "fr", True) == (article.feed_title, article.language, article.sample)


def test_the_table_says_why_within_100_columns(city: City, tmp_path: Path) -> None:
    """Each feed that failed in a few words; all of them are in `citydesk feeds list`."""
    long = "https://127.0.0.1/a-long-way/to-a-feed/that-nobody/has-ever/read.xml"
    page = tmp_path / "page.xml"
    page.write_text("<html></html>", encoding="utf-8")
    named = ["--feed", long, "--feed", str(page), "--feed", feed(tmp_path, "Maples planted")]
    result = city.run("ingest", "--no-index", *named)
    table = [line for line in result.stdout.splitlines() if line.startswith(("┃", "│"))]
    assert {True} == {cell_len(line) <= 100 for line in table}
    reasons = " ".join(line.split("│")[2].strip() for line in table if line.startswith("│"))
    assert "failed: feeds are not read from there" in reasons
    assert "failed: this is a web page, not a feed" in reasons
    assert "`citydesk feeds list` says more" in result.stdout
