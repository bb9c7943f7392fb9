"""From systems to figures to table, page and picture, on data small enough to see through."""

import json
from collections.abc import Sequence
from io import StringIO
from pathlib import Path

import numpy as np
import pytest
from rich.console import Console

from bench.encoder.__main__ import main, write
from bench.encoder.datasets import RetrievalSet, Translations, split_passages
from bench.encoder.quality import MEASURES, QualityData, measure
from bench.encoder.results import Machine, Measured, Results, as_dict
from bench.encoder.speed import SpeedFigure, sample_sentences
from bench.encoder.systems import Bm25, Dense, Remembered, Vectors
from bench.encoder.table import _cell, as_markdown, as_rich, speed_rows

SPEED = [
    SpeedFigure("ratio", "Shipped ÷ teacher", 612.3, "×", target=50),
    SpeedFigure("loading_seconds", "Loading", 0.71, "s", target=0.5, below=True),
    SpeedFigure("import_seconds", "Imports", 0.2, "s"),
]


class Lengths:
    """An encoder that only knows how long a text is: a unit vector of 2 dimensions. Counts its calls."""

    def __init__(self) -> None:
        self.calls = 0

    def __call__(self, texts: Sequence[str]) -> Vectors:
        self.calls += 1
        angles = np.array([len(text) for text in texts]) / 20
        return np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)


def results() -> Results:
    """Two systems: one right in every second row, and BM25, which finds nothing."""
    half = {item.key: {"zh-Hant": 1.0, "xquad-zh-zh": 0.25} for item in MEASURES}
    none = {item.key: {"zh-Hant": 0.5, "xquad-zh-zh": 0.5} for item in MEASURES}
    systems = [Measured("shipped", half, "abc", 64), Measured("BM25", none)]
    return Results(Machine(2, 0.5, "3.11.7"), systems, SPEED)


def test_every_measure_is_taken_of_every_set() -> None:
    """The length of a sentence tells these translations and passages apart; its words do not."""
    texts = tuple("a" * length for length in range(1, 13))
    translations = Translations("xx", tuple("b" * len(text) for text in texts), texts)
    found = RetrievalSet("yy", split_passages(translations.english, "en"), texts, np.stack([np.arange(12)] * 2, axis=1))
    data = QualityData([translations], [found], [found])
    dense, lexical = measure(Dense("lengths", Lengths()), data), measure(Bm25(), data)
    assert {item.key for item in MEASURES} == set(dense) == set(lexical)
    assert {1.0} == {value for figures in dense.values() for value in figures.values()}
    assert {0.0} == {value for figures in lexical.values() for value in figures.values()}


def test_texts_are_encoded_once(tmp_path: Path) -> None:
    """In one run by memory, in the next from disk; other texts are not taken for them."""
    encode = Lengths()
    remembered = Remembered(encode, tmp_path / "vectors")
    first = remembered(["one", "three"])
    np.testing.assert_array_equal(first, remembered(["one", "three"]))
    np.testing.assert_array_equal(first, Remembered(encode, tmp_path / "vectors")(["one", "three"]))
    assert 1 == encode.calls
    remembered(["onethree", ""])
    assert 2 == encode.calls


def test_the_table_has_means_and_distances_from_bm25() -> None:
    page = as_markdown(results())
    assert "| zh-Hant | 100.0 (+50.0) | 50.0 |" in page
    assert "| xquad-zh-zh | 25.0 (−25.0) | 50.0 |" in page
    assert "| **mean** | **62.5 (+12.5)** | **50.0** |" in page


def test_a_distance_too_small_to_show_has_no_minus() -> None:
    assert "93.0 (+0.0)" == _cell(0.93, -0.04)


def test_distances_are_left_out_where_words_cannot_match() -> None:
    """Across languages BM25 is shown, but it is no peer."""
    section = as_markdown(results()).split("## ")[1]
    assert "| zh-Hant | 100.0 | 50.0 |" in section


def test_speed_is_shown_beside_its_target() -> None:
    expected = [
        ["Shipped ÷ teacher", "612 ×", "at least 50", "met"],
        ["Loading", "0.71 s", "below 0.5", "not met"],
        ["Imports", "0.20 s", "", ""],
    ]
    assert expected == speed_rows(SPEED)


def test_the_terminal_shows_what_the_page_shows() -> None:
    console = Console(width=120, file=StringIO())
    with console.capture() as captured:
        console.print(as_rich(results()))
    shown = captured.get()
    assert "62.5 (+12.5)" in shown
    assert "not met" in shown
    assert "2 cores, load 0.5 before the run" in shown


def test_json_has_shares_points_and_verdicts() -> None:
    found = json.loads(json.dumps(as_dict(results())))
    expected = {"zh-Hant": 1.0, "xquad-zh-zh": 0.25, "mean": 0.625}
    assert expected == found["quality"]["same_recall@5"]["shipped"]
    assert {"shipped": {"zh-Hant": 50.0, "xquad-zh-zh": -25.0, "mean": 12.5}} == found["points_above_bm25"][
        "same_mrr@10"
    ]
    assert {"name": "BM25", "checksum": None, "dimension": None} == found["systems"][1]
    assert [True, False, None] == [figure["met"] for figure in found["speed"]]


def test_three_files_are_written(tmp_path: Path) -> None:
    """JSON, a page that shows the picture, and the picture."""
    write(results(), tmp_path / "new")
    assert ["encoder.json", "encoder.md", "encoder.png"] == sorted(path.name for path in (tmp_path / "new").iterdir())
    assert "![plot](encoder.png)" in (tmp_path / "new" / "encoder.md").read_text(encoding="utf-8")
    assert b"\x89PNG" == (tmp_path / "new" / "encoder.png").read_bytes()[:4]


def test_sentences_for_timing_are_of_all_languages() -> None:
    rows = tuple(str(number) for number in range(600))
    translations = [Translations(name, rows, tuple(f"{name}{row}" for row in rows)) for name in ("x", "y")]
    sample = sample_sentences(translations)
    assert 1_000 == len(sample)
    assert ["0", "499", "x0", "y1", "y499"] == [sample[at] for at in (0, 499, 500, 501, 999)]


def test_missing_data_end_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit status 1, nothing on standard output, and where what is expected."""
    assert 1 == main(["--data", str(tmp_path), "--json"])
    printed = capsys.readouterr()
    assert "" == printed.out
    assert f"in {tmp_path} there is no" in printed.err


@pytest.mark.parametrize("given", [["name"], ["shipped=."], ["a=nowhere"], ["a=.", "a=."]])
def test_a_model_that_is_not_a_named_folder_is_misuse(given: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main([argument for text in given for argument in ("--model", text)])
    assert 2 == caught.value.code
