"""The list of feeds: what it gives, and what is said when it is faulty."""

from pathlib import Path

import pytest

from news_ingest.errors import OpmlError
from news_ingest.opml import read_opml, select_feeds
from news_ingest.values import FeedSpec


def write(folder: Path, outlines: str) -> Path:
    path = folder / "feeds.opml"
    path.write_text(f'<?xml version="1.0"?>\n<opml version="2.0"><head/><body>\n{outlines}\n</body></opml>\n', "utf-8")
    return path


def test_outlines_become_feeds(tmp_path: Path) -> None:
    """Title, language, category; paths count from the file's folder, and their names do not hang on it."""
    path = write(
        tmp_path,
        """<outline text="Group">
             <outline type="rss" text="Samples" xmlUrl="sample/a.xml" language="zh-TW" category="sample"/>
             <outline type="rss" title="City" text="ignored" xmlUrl="https://city.example/rss?a=1&amp;b=2"/>
           </outline>
           <outline text="Top" xmlUrl="https://city.example/top" category="/city,other"/>""",
    )
    assert [
        FeedSpec("sample/a.xml", str(tmp_path / "sample" / "a.xml"), "Samples", "zh-Hant", "sample", True),
        FeedSpec("https://city.example/rss?a=1&b=2", "https://city.example/rss?a=1&b=2", "City", None, "Group"),
        FeedSpec("https://city.example/top", "https://city.example/top", "Top", None, "city"),
    ] == read_opml(path)


def test_the_projects_own_list_is_read() -> None:
    """The sample feeds are there and stand before what needs the network."""
    specs = read_opml(Path(__file__).parents[3] / "content" / "feeds.opml")
    samples = [spec for spec in specs if spec.sample]
    assert samples
    assert all(Path(spec.location).is_file() for spec in samples)


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        ('<opml version="2.0">\n<body>\n<outline>\n</body></opml>', 4, "mismatched tag"),
        ('<opml><body><outline xmlUrl="a&b"/></body></opml>', 1, "not well-formed"),
        ("", 1, "no element found"),
        ("<html><body/></html>", None, "<html>"),
        ("<opml><head/></opml>", None, "<body> is missing"),
        ('<opml><body><outline type="rss" text="Lost"/></body></opml>', None, "'Lost' has no xmlUrl"),
        ('<!DOCTYPE x [<!ENTITY a "b">]><opml><body/></opml>', None, "entities"),
        ('<?xml version="1.0" encoding="klingon"?><opml><body/></opml>', None, "encoding"),
    ],
)
def test_fault_is_told_with_its_place(tmp_path: Path, content: str, line: int | None, words: str) -> None:
    """The file, the line where there is one, and what to do."""
    path = tmp_path / "feeds.opml"
    path.write_text(content, "utf-8")
    with pytest.raises(OpmlError) as caught:
        read_opml(path)
    assert line == caught.value.line
    assert words in str(caught.value)
    assert str(path) in str(caught.value)
    assert caught.value.advice


def test_same_feed_twice_is_refused(tmp_path: Path) -> None:
    """Also when it is written in two ways."""
    path = write(tmp_path, '<outline xmlUrl="a.xml"/><outline xmlUrl="./a.xml"/>')
    with pytest.raises(OpmlError, match="twice"):
        read_opml(path)


def test_hosts_do_not_heed_capitals(tmp_path: Path) -> None:
    """Paths do: these may be two feeds."""
    write(tmp_path, '<outline xmlUrl="https://a.example/x"/><outline xmlUrl="https://a.example/X"/>')
    assert 2 == len(read_opml(tmp_path / "feeds.opml"))
    write(tmp_path, '<outline xmlUrl="https://a.example/x"/><outline xmlUrl="HTTPS://A.example/x"/>')
    with pytest.raises(OpmlError, match=r"'HTTPS://A\.example/x' stands in it twice"):
        read_opml(tmp_path / "feeds.opml")


def test_a_title_holds_no_password(tmp_path: Path) -> None:
    """Where the address stands for one: a title is shown to everyone."""
    address = "https://user:secret@a.example/x"
    [spec] = read_opml(write(tmp_path, f'<outline text="{address}" xmlUrl="{address}"/>'))
    assert ("https://user:***@a.example/x", address) == (spec.title, spec.location)


def test_missing_list_and_folder(tmp_path: Path) -> None:
    """Neither is an accident of the program's."""
    with pytest.raises(OpmlError, match="no such file"):
        read_opml(tmp_path / "none.opml")
    with pytest.raises(OpmlError, match="can't be read"):
        read_opml(tmp_path)


def test_feeds_are_selected_as_the_list_has_them(tmp_path: Path) -> None:
    """By name or by place; others by their address; none twice."""
    listed = read_opml(write(tmp_path, '<outline text="A" xmlUrl="a.xml" category="sample"/>'))
    place = str(tmp_path / "a.xml")
    other = str(tmp_path / "b.xml")
    assert [listed[0], FeedSpec(other, other)] == select_feeds(listed, ["a.xml", place, f"file://{place}", other])
    web = "https://city.example/x"
    assert [FeedSpec(web, web)] == select_feeds(listed, [web])


@pytest.mark.parametrize("asked", ["HTTPS://user:secret@City.example/x", "https://user:***@city.example/x"])
def test_a_feed_may_be_named_as_it_is_shown(asked: str) -> None:
    """Its password hidden, or its host in capitals: it is the listed one, and its articles are not stored anew."""
    address = "https://user:secret@city.example/x"
    assert [FeedSpec(address, address, "A")] == select_feeds([FeedSpec(address, address, "A")], [asked])


@pytest.mark.parametrize(("written", "whole"), [('fullText="yes"', True), ('fullText="no"', False), ("", False)])
def test_full_text_is_read_where_the_editors_allow_it(tmp_path: Path, written: str, whole: bool) -> None:
    [spec] = read_opml(write(tmp_path, f'<outline xmlUrl="https://city.example/" {written}/>'))
    assert whole == spec.full_text
