"""`citydesk publish`: from what was ingested to feeds that others read."""

import json
from pathlib import Path
from typing import Any

import feedparser
import pytest

from citydesk.commands.publish import titles
from citydesk.settings import load_settings
from news_ingest.storing.store import open_store
from tests.integration.citydesk.command_line import ROOT, Result, in_a_process, in_this_process

BASE = "https://city.example/feeds"


class Press:
    """A home with the project's sample feeds taken in; the command line works on it."""

    def __init__(self, place: Path) -> None:
        self.folder = place / "public"
        self.database = f"sqlite:///{place / 'home' / 'citydesk.db'}"
        self._variables = {"CITYDESK_HOME": str(place / "home")}

    def run(self, *arguments: str, apart: bool = False) -> Result:
        """A command, `apart` in a process of its own."""
        return (in_a_process if apart else in_this_process)(*arguments, **self._variables)

    def publish(self, *arguments: str) -> Any:
        """What publishing, which must succeed, says to machines."""
        result = self.run("publish", str(self.folder), "--base-url", BASE, *arguments, "--json")
        assert 0 == result.returncode, result.stderr
        return json.loads(result.stdout)


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> Press:
    return with_samples(tmp_path_factory.mktemp("press"))


def with_samples(place: Path) -> Press:
    press = Press(place)
    samples = sorted((ROOT / "content" / "sample").glob("*.xml"))
    feeds = [argument for path in samples for argument in ("--feed", str(path))]
    assert 0 == press.run("ingest", "--no-index", *feeds).returncode
    return press


def test_what_was_ingested_is_published(press: Press) -> None:
    """In each language that came in; in words of that language; nothing is written twice."""
    found = press.publish()
    news = {channel["language"]: channel for channel in found["channels"] if channel["topic"] is None}
    assert {"en", "zh-Hant"} == news.keys()
    for language, channel in news.items():
        assert [f"{language}/news.rss.xml", f"{language}/news.atom.xml", f"{language}/news.json"] == channel["files"]
        for name in channel["files"][:2]:
            feed = feedparser.parse((press.folder / name).read_bytes())
            assert (0, channel["articles"]) == (feed["bozo"], len(feed["entries"]))
            assert channel["title"] == feed["feed"]["title"]
        assert channel["articles"] == len(json.loads((press.folder / channel["files"][2]).read_bytes())["items"])
    assert 0 == press.publish()["written"]


def test_what_repeats_another_is_not_given_back(tmp_path: Path) -> None:
    """Nor is it asked for by a topic of its own."""
    press = with_samples(tmp_path)
    before = press.publish()
    assert "sample" not in {channel["topic"] for channel in before["channels"]}
    store = open_store(press.database)
    first, second = [one.id for one in store.iter_articles() if one.language == "en"][:2]
    store.set_canonical({second: first})
    store.close()
    after = press.publish()
    news = {name: channel["articles"] for name, channel in zip("ba", map(_english, (before, after)), strict=True)}
    assert 1 == news["b"] - news["a"]
    assert after["removed"] == 3 * (len(before["channels"]) - len(after["channels"]))


def _english(found: Any) -> Any:
    return next(one for one in found["channels"] if ("en", None) == (one["language"], one["topic"]))


def test_people_are_told_what_was_published(press: Press) -> None:
    result = press.run("publish", str(press.folder), "--base-url", BASE, "--lang", "zh-TW", apart=True)
    assert (0, "") == (result.returncode, result.stderr)
    assert "zh-Hant" in result.stdout and "feeds.opml lists the feeds" in result.stdout


def test_languages_and_topics_that_are_asked_for(press: Press) -> None:
    """The topic in the reader's words, out of the glossary."""
    found = press.publish("--lang", "zh-TW", "--lang", "ja", "--topic", "xinyi-district")
    assert [("ja", None), ("ja", "xinyi-district"), ("zh-Hant", None), ("zh-Hant", "xinyi-district")] == [
        (channel["language"], channel["topic"]) for channel in found["channels"]
    ]
    assert found["channels"][3]["title"].endswith("信義區")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--base-url", "feeds"], "is no address such as"),
        (["--base-url", f"{BASE}?a=1"], "is no address such as"),
        (["--base-url", BASE, "--home", "home"], "is no address such as"),
        (["--base-url", BASE, "--lang", "../en"], "is no language tag"),
        (["--base-url", BASE, "--topic", "a/b"], "is no topic's id"),
        ([], "Missing option"),
    ],
)
def test_misuse_ends_with_2(press: Press, tmp_path: Path, arguments: list[str], words: str) -> None:
    """Before anything is written."""
    result = press.run("publish", str(tmp_path / "public"), *arguments)
    assert (2, "") == (result.returncode, result.stdout)
    assert words in " ".join(result.stderr.replace("│", " ").split())
    assert not (tmp_path / "public").exists()


def test_a_folder_that_cannot_be_written(press: Press, tmp_path: Path) -> None:
    (tmp_path / "public").write_text("", encoding="utf-8")
    result = press.run("publish", str(tmp_path / "public"), "--base-url", BASE, apart=True)
    assert (1, "") == (result.returncode, result.stdout)
    assert "the feeds can't be written" in result.stderr and "Traceback" not in result.stderr


@pytest.mark.parametrize(
    ("language", "topic", "title"),
    [
        ("en", None, "News from the city"),
        ("en", "xinyi-district", "News from the city: Xinyi District"),
        ("en", "unheard-of", "News from the city: unheard-of"),
        ("ko", None, "시청 소식"),
        ("de", None, "News from the city (German)"),
        ("und", None, "News from the city (und)"),
    ],
)
def test_titles(language: str, topic: str | None, title: str) -> None:
    """Where the catalogue has no words in a language, in English, and which language it is."""
    assert title == titles(load_settings())(language, topic)
