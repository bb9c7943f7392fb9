"""Editors change what things are called: what came in before gets the tags that it would get now."""

from pathlib import Path

import pytest

from news_ingest.storing.store import open_store
from news_ingest.subjects.districts import LANGUAGES
from news_ingest.values import StoredArticle
from tests.integration.citydesk.test_index_command import City
from tests.integration.citydesk.test_ingest_command import feed

CHANGED = "with other tags now: 1."


def named(name: str, kind: str = "") -> str:
    """A file that has one thing, called the same in all languages."""
    names = "".join(f"    {language}: [{name}]\n" for language in LANGUAGES)
    return f"- id: maples\n{kind}  names:\n{names}"


GLOSSARY = ("glossary.yml", "  kind: concept\n")
DISTRICTS = ("districts.yml", "")


class Desk:
    """A city with one article."""

    def __init__(self, place: Path) -> None:
        self.content = place / "content"
        self.city = City(place)
        (self.content / "feeds.opml").write_text("<opml version='2.0'><body/></opml>", encoding="utf-8")
        self._feed = feed(place, "Maples planted", "Oaks planted")
        self._database = f"sqlite:///{place}/home/citydesk.db"

    def ingest(self) -> str:
        """What a run tells that finds nothing new but the first time."""
        return self.city.run("ingest", "--no-index", "--feed", self._feed).stderr

    def articles(self) -> dict[str, StoredArticle]:
        store = open_store(self._database)
        articles = {article.title: article for article in store.articles()}
        store.close()
        return articles


@pytest.mark.parametrize(("file", "kind"), [GLOSSARY, DISTRICTS])
def test_older_articles_get_the_new_names(tmp_path: Path, file: str, kind: str) -> None:
    """With nothing new in the feed; the story stays, and the next run has nothing to do."""
    desk = Desk(tmp_path)
    (desk.content / file).write_text(named("Beeches", kind), encoding="utf-8")
    desk.ingest()
    before = desk.articles()
    assert {()} == {article.tags for article in before.values()}
    (desk.content / file).write_text(named("Maples", kind), encoding="utf-8")
    told = desk.ingest()
    after = desk.articles()
    assert CHANGED in told and "1/2" not in told
    assert (("maples",), ()) == (after["Maples planted"].tags, after["Oaks planted"].tags)
    assert before["Maples planted"].story == after["Maples planted"].story
    assert "other tags" not in desk.ingest()
    (desk.content / file).unlink()
    assert CHANGED in desk.ingest()
    assert {()} == {article.tags for article in desk.articles().values()}


def test_a_slip_keeps_the_old_tags_until_it_is_mended(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    (desk.content / "districts.yml").write_text(named("Maples"), encoding="utf-8")
    desk.ingest()
    (desk.content / "districts.yml").write_text("- [", encoding="utf-8")
    assert "districts.yml" in desk.ingest()
    assert ("maples",) == desk.articles()["Maples planted"].tags
    (desk.content / "districts.yml").write_text(named("Oaks"), encoding="utf-8")
    assert "with other tags now: 2." in desk.ingest()
    assert {"Maples planted": (), "Oaks planted": ("maples",)} == {
        title: article.tags for title, article in desk.articles().items()
    }
