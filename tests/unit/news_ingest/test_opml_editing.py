"""Lists of feeds written, changed in one place, and merged; all the rest of the file stays."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from news_ingest.errors import OpmlError
from news_ingest.opml import parse_opml
from news_ingest.opml_editing import EMPTY, add_feed, export_opml, import_feeds, remove_feed, write_opml
from news_ingest.values import FeedSpec

FOLDER = Path("/lists")
OURS = """<?xml version="1.0" encoding="UTF-8"?>
<!-- kept by the editors' office -->
<opml version="2.0">
  <head>
    <title>本市消息來源</title>
  </head>
  <body>
    <!-- what the city itself says -->
    <outline text="City">
      <outline type="rss" text="Mayor &amp; council" xmlUrl="https://city.example/rss?a=1&amp;b=2" category="city"/>
      <!-- read in winter only -->
      <outline type="rss" text="Snow" xmlUrl="snow.xml" x="own"/>
    </outline>
    <outline text="Neighbours">
      <outline text="North">
        <outline type="rss" text="Hills" xmlUrl="https://hills.example/feed"/>
      </outline>
    </outline>
  </body>
</opml>
""".encode()


def add(opml: bytes, address: str, **more: object) -> bytes:
    spec = FeedSpec(address, address if "://" in address else str(FOLDER / address), **more)  # type: ignore[arg-type]
    return add_feed(opml, spec, FOLDER, "ours")


def remove(opml: bytes, address: str) -> bytes:
    return remove_feed(opml, address, FOLDER, "ours")


def merge(other: str) -> tuple[list[str], list[str]]:
    """The lines that importing this into OURS adds, and the addresses that are said to be new."""
    merged, added = import_feeds(OURS, other.encode(), FOLDER, Path("/lists/theirs"), "ours", "theirs")
    return [line for line in merged.decode().splitlines() if line not in OURS.decode().splitlines()], [
        spec.url for spec in added
    ]


def addresses(opml: bytes) -> list[str]:
    return [spec.url for spec in parse_opml(opml, FOLDER, "ours")]


@pytest.mark.parametrize(
    ("category", "line_before"),
    [
        ("city", 'xmlUrl="snow.xml"'),
        ("City", 'xmlUrl="snow.xml"'),
        ("North", "https://hills.example/feed"),
        ("Neighbours", "</outline>"),
        ("", "</outline>"),
        ("unheard of", "</outline>"),
    ],
)
def test_a_feed_joins_its_group(category: str, line_before: str) -> None:
    """One line is added, at the end of the group of that category or name, else of the list; nothing else changes."""
    added = add(OURS, "https://new.example/feed", title="New", category=category)
    lines = added.decode().splitlines()
    [place] = [number for number, line in enumerate(lines) if "new.example" in line]
    assert line_before in lines[place - 1]
    assert OURS.decode().splitlines() == lines[:place] + lines[place + 1 :]


def test_an_added_feed_is_read_as_it_was_given() -> None:
    spec = FeedSpec(
        "https://new.example/?a=1&b=<2>", "https://new.example/?a=1&b=<2>", '河濱 "步道"', "zh-Hant", "city"
    )
    assert spec in parse_opml(add_feed(OURS, spec, FOLDER, "ours"), FOLDER, "ours")


def test_an_added_feed_stands_in_line_with_the_others() -> None:
    attributes = 'text="New" title="New" xmlUrl="new.xml" language="ja" category="City" fullText="yes"'
    line = f'      <outline type="rss" {attributes}/>'
    added = add(OURS, "new.xml", title="New", language="ja", category="City", full_text=True)
    assert line in added.decode().splitlines()


@pytest.mark.parametrize("opml", [OURS, EMPTY, b"<opml><body/></opml>", b"<opml><head/><body>\n</body>\n</opml>"])
@pytest.mark.parametrize("category", ["", "City", "North"])
def test_removing_undoes_adding(opml: bytes, category: str) -> None:
    """To the byte, but for white space where the list was empty."""
    undone = remove(add(opml, "https://new.example/feed", category=category), "https://new.example/feed")
    assert addresses(opml) == addresses(undone)
    if opml == OURS:
        assert OURS == undone


@pytest.mark.parametrize("address", ["snow.xml", "/lists/snow.xml", "https://city.example/rss?a=1&b=2"])
def test_removing_takes_one_line(address: str) -> None:
    """Whether named as in the list or by its place; comments beside it stay."""
    before, after = OURS.decode().splitlines(), remove(OURS, address).decode().splitlines()
    assert 1 == len(before) - len(after)
    assert set(after) < set(before)


def test_a_group_stays_when_its_last_feed_goes() -> None:
    assert '<outline text="North">' in remove(OURS, "https://hills.example/feed").decode()


@pytest.mark.parametrize(
    "address",
    [
        "https://city.example/rss?a=1&b=2",
        "HTTPS://City.Example/rss?a=1&b=2",
        "https://city.example:443/rss?a=1&b=2",
        "snow.xml",
        "./snow.xml",
    ],
)
def test_a_feed_is_not_added_twice(address: str) -> None:
    """Nor imported, nor found missing when it is to go."""
    with pytest.raises(
        OpmlError, match=r"the feed '(https://city\.example/rss\?a=1&b=2|snow\.xml)' stands in it already"
    ):
        add(OURS, address)
    other = write_opml([FeedSpec(address, address)], "theirs")
    assert (OURS, []) == import_feeds(OURS, other, FOLDER, FOLDER, "ours", "theirs")
    assert 1 == len(OURS.splitlines()) - len(
        remove(OURS, str(FOLDER / address) if address[0] == "." else address).splitlines()
    )


def test_a_path_in_other_letters_is_another_feed() -> None:
    added = add(OURS, "https://city.example/RSS?a=1&b=2")
    assert "https://city.example/RSS?a=1&b=2" in addresses(added)
    with pytest.raises(OpmlError, match="has no feed"):
        remove(OURS, "https://city.example/RSS?a=1&b=2")


def test_passwords_stay_in_the_list_alone() -> None:
    """In the one place from where the feed is fetched; not in its title, not in what is said of it."""
    address, shown = "https://user:secret@new.example/rss", "https://user:***@new.example/rss"
    added = add(OURS, address)
    assert 1 == added.decode().count("secret") == added.decode().count(f'text="{shown}"')
    assert [(shown, address)] == [
        (spec.title, spec.url) for spec in parse_opml(added, FOLDER, "x") if "new." in spec.url
    ]
    with pytest.raises(OpmlError, match="stands in it already") as already:
        add(added, address)
    with pytest.raises(OpmlError, match="has no feed") as missing:
        remove(OURS, address)
    with pytest.raises(OpmlError, match="twice") as twice:
        parse_opml(f'<opml><body>{f"""<outline xmlUrl="{address}"/>""" * 2}</body></opml>'.encode(), FOLDER, "x")
    assert all(shown in str(found.value) for found in (already, missing, twice))
    assert OURS == remove(added, shown)


def test_a_feed_that_is_not_there_is_not_removed() -> None:
    with pytest.raises(OpmlError, match=r"has no feed 'https://new\.example/'.*citydesk feeds list"):
        remove(OURS, "https://new.example/")


@pytest.mark.parametrize("broken", [b"", b"<opml>", b"<html/>", b'<!DOCTYPE x [<!ENTITY a "b">]><opml><body/></opml>'])
def test_a_broken_list_is_left_alone(broken: bytes) -> None:
    with pytest.raises(OpmlError):
        add(broken, "https://new.example/")
    with pytest.raises(OpmlError):
        remove(broken, "x")


def test_import_takes_what_is_new_into_groups_of_the_same_names() -> None:
    """A known feed is left where it is; a new group is made once; attributes come along; none comes twice."""
    other = """<opml version="1.0"><body>
        <outline title="Neighbours"><outline text="North">
          <outline type="rss" text="Lake" xmlUrl="https://lake.example/feed" htmlUrl="https://lake.example/"/>
          <outline type="rss" text="Hills again" xmlUrl="https://hills.example/feed"/>
        </outline></outline>
        <outline text="Sport"><outline text="Ball" xmlUrl="https://ball.example/"/></outline>
        <outline text="Sport"><outline text="Run" xmlUrl="https://run.example/"/></outline>
        <outline text="Ball, once more" xmlUrl="https://ball.example/"/>
        <outline text="Top" xmlUrl="https://top.example/"/>
      </body></opml>"""
    lake = '<outline type="rss" text="Lake" xmlUrl="https://lake.example/feed" htmlUrl="https://lake.example/"/>'
    lines, added = merge(other)
    assert [
        f"        {lake}",
        '    <outline text="Sport">',
        '      <outline text="Ball" xmlUrl="https://ball.example/"/>',
        '      <outline text="Run" xmlUrl="https://run.example/"/>',
        '    <outline text="Top" xmlUrl="https://top.example/"/>',
    ] == lines
    assert [
        "https://lake.example/feed",
        "https://ball.example/",
        "https://run.example/",
        "https://top.example/",
    ] == added


def test_import_writes_paths_from_our_folder() -> None:
    outlines = "".join(f'<outline xmlUrl="{path}"/>' for path in ("a.xml", "/else/b.xml", "../snow.xml"))
    assert ["theirs/a.xml", "/else/b.xml"] == merge(f"<opml><body>{outlines}</body></opml>")[1]


def test_importing_the_same_again_changes_nothing() -> None:
    assert (OURS, []) == import_feeds(OURS, OURS, FOLDER, FOLDER, "ours", "theirs")


def test_what_is_exported_is_known_when_it_comes_back() -> None:
    """From any folder; comments and hierarchy are in it."""
    exported = export_opml(OURS, FOLDER, "ours")
    assert 'xmlUrl="/lists/snow.xml"' in exported.decode() and "<!-- read in winter only -->" in exported.decode()
    assert (OURS, []) == import_feeds(OURS, exported, FOLDER, Path("/elsewhere"), "ours", "theirs")


_words = st.text(st.characters(codec="utf-8"), max_size=20)
_categories = st.sampled_from(["", "city", "臺北", "sample", "a & b"])
_specs = st.lists(
    st.builds(
        lambda number, title, language, category, full: FeedSpec(
            f"https://city.example/{number}?a&b",
            f"https://city.example/{number}?a&b",
            title,
            language,
            category,
            category == "sample",
            full,
        ),
        st.integers(0, 10**6),
        _words,
        st.sampled_from([None, "en", "zh-Hant", "zh-Hans", "ja"]),
        _categories,
        st.booleans(),
    ),
    max_size=8,
    unique_by=lambda spec: spec.url,
)


@settings(max_examples=100, deadline=None)
@given(specs=_specs, title=_words)
def test_what_is_written_is_read(specs: list[FeedSpec], title: str) -> None:
    """Addresses, languages, categories; titles tidied, or the address where there is none. Order within a category."""
    read = parse_opml(write_opml(specs, title), FOLDER, "written")
    assert sorted(map(_known, specs)) == sorted(map(_known, read))
    for category in {spec.category for spec in specs}:
        assert [s.url for s in specs if s.category == category] == [s.url for s in read if s.category == category]
    assert all(spec.title for spec in read)


def _known(spec: FeedSpec) -> tuple[str, str, str, bool, bool]:
    return spec.url, spec.language or "", spec.category, spec.sample, spec.full_text


@settings(max_examples=100, deadline=None)
@given(specs=_specs)
def test_adding_one_by_one_and_removing_them_again(specs: list[FeedSpec]) -> None:
    """In any order of categories, the list ends as it began."""
    opml = OURS
    for spec in specs:
        opml = add_feed(opml, spec, FOLDER, "ours")
    assert {spec.url for spec in specs} | set(addresses(OURS)) == set(addresses(opml))
    for spec in reversed(specs):
        opml = remove(opml, spec.url)
    assert OURS == opml
