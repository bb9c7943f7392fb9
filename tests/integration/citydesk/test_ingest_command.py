"""`citydesk ingest`, once in a process of its own: what comes of the articles when the index does not take them."""

import json
from pathlib import Path

import pytest

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
