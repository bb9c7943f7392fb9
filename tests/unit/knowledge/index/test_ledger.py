"""By what changes are told."""

from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.documents import Document, Event, Source, from_record
from knowledge.errors import KnowledgeError
from knowledge.index.contents import Contents
from knowledge.index.ledger import Entry, content_revision, document_checksum, read_ledger, write_ledger

SOURCE = Source("The page", "https://www.gov.taipei/", "en", date(2018, 4, 3))
BEES = Document("faq:bees", "faq", "en", "Who keeps the bees?", "The bees are kept by the school.", SOURCE)
OTHERS: dict[str, Any] = {
    "id": "faq:bee",
    "kind": "news",
    "language": "ja",
    "title": "Whose bees?",
    "text": "The council.",
    "source": replace(SOURCE, published=None),
    "topic": "tours",
    "questions": ("Whose?",),
    "contrasts": ("How many?",),
    "sample": True,
    "valid_until": date(2026, 1, 1),
    "event": Event(date(2026, 1, 1), date(2026, 1, 2)),
}


@pytest.mark.parametrize("name", [field.name for field in fields(Document)])
def test_every_field_counts(name: str) -> None:
    """Else a correction would not reach readers."""
    assert document_checksum(BEES) != document_checksum(replace(BEES, **{name: OTHERS[name]}))


@pytest.mark.parametrize(
    "change", [{"title": ""}, {"url": ""}, {"language": "ja"}, {"published": None}, {"url_is_home_page": True}]
)
def test_every_field_of_the_source_counts(change: dict[str, Any]) -> None:
    assert document_checksum(BEES) != document_checksum(replace(BEES, source=replace(SOURCE, **change)))


@given(st.text(), st.text(), st.integers(0, 20))
def test_nothing_moves_from_title_to_text_unseen(title: str, text: str, at: int) -> None:
    """Wherever the border between two fields lies, it counts."""
    whole, cut = title + text, min(at, len(title + text))
    moved = replace(BEES, title=whole[:cut], text=whole[cut:])
    same = (moved.title, moved.text) == (title, text)
    assert same == (document_checksum(replace(BEES, title=title, text=text)) == document_checksum(moved))


def test_a_ledger_is_read_as_it_was_written(tmp_path: Path) -> None:
    entries = (Entry("faq:bees", "en", document_checksum(BEES), 3), Entry("faq:蜂", "zh-Hant", "0f", 1))
    write_ledger(tmp_path, entries)
    ledger = read_ledger(tmp_path)
    assert (entries, [entries[1]]) == (tuple(ledger), ledger[1:])
    assert [entry.key for entry in entries] == ledger.keys


def test_a_ledger_of_nothing_is_empty(tmp_path: Path) -> None:
    write_ledger(tmp_path, [])
    assert [] == list(read_ledger(tmp_path))


def test_the_revision_does_not_depend_on_order() -> None:
    """Documents come as files and databases give them."""
    assert content_revision({("a", "en"): "1", ("b", "en"): "2"}) == content_revision(
        {("b", "en"): "2", ("a", "en"): "1"}
    )


def test_there_must_be_something() -> None:
    with pytest.raises(KnowledgeError, match="content/faq"):
        Contents.of([])


def test_a_document_read_back_is_the_same() -> None:
    """Else every start would take it for changed."""
    record = {"id": "faq:a", "kind": "faq", "language": "en", "title": "?", "text": "!", "questions": ["1", "2"]}
    source = {"title": "t", "url": "u", "language": "en", "published": "2018-04-03"}
    read = from_record({**record, "source": source})
    written = Document("faq:a", "faq", "en", "?", "!", Source("t", "u", "en", date(2018, 4, 3)), questions=("1", "2"))
    assert document_checksum(written) == document_checksum(read)
