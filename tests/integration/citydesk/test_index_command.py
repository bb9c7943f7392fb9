"""`citydesk index` and `citydesk reindex` on a small city of its own: each at least once in a process of its own."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.integration.citydesk.command_line import ROOT, Result, in_a_process, in_this_process

TOPIC = """topic: tours
title: Tours
entries:
  - id: tours.bees
    question: Who keeps the bees?
    variants: [Whose bees are these?]
    answer: The bees are kept by the school.
    source: page
    updated: 2026-11-24
"""
ANOTHER = """  - id: tours.bikes
    question: Where are the bikes?
    variants: [Where can I find a bike?]
    answer: The bikes stand at the station.
    source: page
    updated: 2026-11-24
"""
SOURCES = """page:
  url: https://www.gov.taipei/
  url_is_home_page: true
  published: 2018-04-03
  language: en
  title: {en: The page}
"""


class City:
    """A home and a content folder; the command line works on them."""

    def __init__(self, place: Path) -> None:
        self.index = place / "home" / "index"
        content = place / "content"
        (content / "faq" / "en").mkdir(parents=True)
        (content / "sources.yml").write_text(SOURCES, encoding="utf-8")
        self.topic = content / "faq" / "en" / "tours.yml"
        self.topic.write_text(TOPIC, encoding="utf-8")
        shutil.copytree(ROOT / "content" / "locales", content / "locales")
        self._variables = {"CITYDESK_HOME": str(place / "home"), "CITYDESK_CONTENT_DIR": str(content)}

    def process(self, *arguments: str) -> Result:
        """A command in a process of its own."""
        return in_a_process(*arguments, **self._variables)

    def run(self, *arguments: str) -> Result:
        """A command in this process."""
        return in_this_process(*arguments, **self._variables)

    def read(self, *arguments: str, apart: bool = False) -> Any:
        """What a command that must succeed says to machines; `apart` in a process of its own."""
        result = (self.process if apart else self.run)(*arguments, "--json")
        assert 0 == result.returncode, result.stderr
        return json.loads(result.stdout)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A city with two generations: one entry, then two."""
    place = tmp_path_factory.mktemp("city")
    city = City(place)
    city.read("reindex", apart=True)
    city.topic.write_text(TOPIC + ANOTHER, encoding="utf-8")
    city.read("reindex")
    return place


@pytest.fixture
def city(built: Path, tmp_path: Path) -> Iterator[City]:
    city = City(tmp_path)
    shutil.copytree(built / "home", tmp_path / "home")
    city.topic.write_text(TOPIC + ANOTHER, encoding="utf-8")
    yield city


def test_status_tells_what_there_is(city: City) -> None:
    """For machines every figure, for people a table; both name the generation in force."""
    found = city.read("index", "status")
    assert (2, 2, 0.0) == (found["documents"], found["segments"], found["removed_share"])
    assert [False, True] == [kept["in_force"] for kept in found["kept"]]
    assert found["parent"] == found["kept"][0]["generation"]
    assert found["generation"] in city.process("index", "status").stdout


def test_back_and_kept_there(city: City) -> None:
    """A reindex after a rollback publishes nothing, says why, and how it is taken in after all."""
    parent = city.read("index", "status")["parent"]
    assert parent == city.read("index", "rollback", apart=True)["generation"]
    reindexed = city.run("reindex")
    assert "1 documents stay as they are since a rollback" in reindexed.stdout
    assert [{"id": "faq:tours.bikes", "language": "en"}] == city.read("index", "status")["held"]
    assert city.read("reindex", "--release")["changed"]
    assert [] == city.read("index", "status")["held"]


def test_a_generation_that_is_not_there_is_a_failure(city: City) -> None:
    result = city.process("index", "rollback", "20200101T000000-000")
    assert (1, "") == (result.returncode, result.stdout)
    assert "citydesk index status" in result.stderr


def test_verify_finds_damage(city: City) -> None:
    """Exit status 1, and the file's name; 0 before."""
    assert city.read("index", "verify")["ok"]
    [file] = sorted(city.index.glob("*/lexical/meta.json"))[-1:]
    file.write_text("{}", encoding="utf-8")
    result = city.process("index", "verify")
    assert 1 == result.returncode
    assert "lexical/meta.json" in result.stdout


def test_hiding_and_showing(city: City) -> None:
    """Gone from search at once; hiding twice is no failure."""
    question = ("search", "Who keeps the bees?")
    assert "faq:tours.bees" in [hit["id"] for hit in city.read(*question)["hits"]]
    assert city.read("index", "hide", "faq:tours.bees", apart=True)["changed"]
    assert not city.read("index", "hide", "faq:tours.bees")["changed"]
    assert "faq:tours.bees" not in [hit["id"] for hit in city.read(*question)["hits"]]
    assert ["faq:tours.bees"] == list(city.read("index", "status")["hidden"])
    assert city.read("index", "unhide", "faq:tours.bees", apart=True)["changed"]
    assert "faq:tours.bees" in [hit["id"] for hit in city.read(*question, apart=True)["hits"]]


def test_a_dry_run_shows_documents_and_answers(city: City) -> None:
    """Machines get the diff, people tables; the index stays as it is."""
    before = city.read("index", "status")
    city.topic.write_text(TOPIC.replace("the school", "the council"), encoding="utf-8")
    found = city.read("reindex", "--dry-run")
    assert ["faq:tours.bees"] == [item["id"] for item in found["updated"]]
    assert ["Where are the bikes?"] == [item["title"] for item in found["removed"]]
    shown = city.process("reindex", "--dry-run").stdout
    assert "Where are the bikes?" in shown and "the index would change" in shown
    assert before == city.read("index", "status")


@pytest.mark.parametrize("command", ["status", "rollback", "verify"])
def test_without_an_index(tmp_path: Path, command: str) -> None:
    """One sentence with the command that builds one."""
    result = City(tmp_path).run("index", command)
    assert (1, "") == (result.returncode, result.stdout)
    assert "citydesk reindex" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("arguments", [["fly"], ["hide"], ["rollback", "a", "b"]])
def test_misuse_ends_with_2(tmp_path: Path, arguments: list[str]) -> None:
    assert 2 == City(tmp_path).process("index", *arguments).returncode
