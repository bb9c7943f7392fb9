"""Pieces of articles: their length, their order, and that none comes twice."""

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.retrieval.errors import DataMissing
from bench.retrieval.news import LENGTH, STARTS, pieces, read_news


def numbered(length: int) -> str:
    """A text in which every place is another character."""
    return "".join(chr(0x4E00 + place) for place in range(length))


def write(folder: Path, *articles: tuple[str, str]) -> Path:
    with gzip.open(folder / "a.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps({"title": title, "content": content}) + "\n" for title, content in articles)
    return folder


@given(st.lists(st.integers(0, 2_500), max_size=4))
def test_pieces_have_one_length_and_never_come_twice(lengths: list[int]) -> None:
    """Each is named by the article and by the place where it begins."""
    found = list(pieces([numbered(length) for length in lengths]))
    assert all(len(piece) == LENGTH for piece in found)
    assert len(found) == sum((length - start) // LENGTH for length in lengths for start in STARTS if length >= start)
    by_start = {length: {piece for piece in pieces([numbered(length)])} for length in lengths}
    assert all(len(list(pieces([numbered(length)]))) == len(unique) for length, unique in by_start.items())


def test_whole_rounds_come_one_after_the_other() -> None:
    """Pieces that overlap come only once the articles give nothing fresh."""
    first, second = numbered(2 * LENGTH), "x" * LENGTH
    fresh = [first[:LENGTH], first[LENGTH:], second]
    assert [*fresh, first[200 : 200 + LENGTH]] == list(pieces([first, second]))[:4]


def test_headlines_come_from_everywhere_and_only_once(tmp_path: Path) -> None:
    articles = [(f"Title {number // 2}", "x" * LENGTH) for number in range(8)]
    news = read_news(write(tmp_path, *articles), 3, 2)
    assert ("Title 0", "Title 2") == news.headlines
    assert 3 == len(news.passages)


@pytest.mark.parametrize(("passages", "headlines", "told"), [(3, 1, "2 passages"), (2, 3, "2 different headlines")])
def test_too_little_is_told(tmp_path: Path, passages: int, headlines: int, told: str) -> None:
    write(tmp_path, ("One", "x" * LENGTH), ("Two", "y" * LENGTH))
    with pytest.raises(DataMissing, match=told):
        read_news(tmp_path, passages, headlines)


def test_a_folder_without_news_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataMissing) as caught:
        read_news(tmp_path / "news", 1, 1)
    assert str(tmp_path / "news") in str(caught.value)
    assert "make bench-retrieval DATA=FOLDER" in str(caught.value)
