"""The table of `citydesk eval`."""

from citydesk.commands.eval import as_table
from knowledge.evaluation.run import Row

FIGURES = {"recall@1": 0.75, "p50_ms": 1.234}


def test_one_set_is_one_line() -> None:
    columns, lines = as_table([Row("parks", "hybrid", FIGURES, 1200, 34, 5.0)])
    assert ["set", "mode", "recall@1", "p50_ms", "queries", "documents"] == columns
    assert [["parks", "hybrid", "0.750", "1.23", "1,200", "34"]] == lines


def test_several_sets_end_with_their_mean_for_each_mode() -> None:
    """Two folders of the same name are two sets."""
    better = {"recall@1": 1.0, "p50_ms": 3.234}
    rows = [Row("a", "dense", FIGURES, 1, 1, 0.0), Row("a", "lexical", better, 1, 1, 0.0)]
    _, lines = as_table([*rows, Row("a", "dense", better, 1, 1, 0.0), Row("a", "lexical", better, 1, 1, 0.0)])
    assert [["mean", "dense", "0.875", "2.23", "", ""], ["mean", "lexical", "1.000", "3.23", "", ""]] == lines[4:]


def test_one_set_in_several_modes_has_no_mean() -> None:
    _, lines = as_table([Row("a", "dense", FIGURES, 1, 1, 0.0), Row("a", "lexical", FIGURES, 1, 1, 0.0)])
    assert ["a", "a"] == [line[0] for line in lines]
