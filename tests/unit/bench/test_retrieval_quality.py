"""From numbers of passages to recall, and from sets to means."""

from pathlib import Path

import pytest

from bench.retrieval.errors import DataMissing
from bench.retrieval.quality import figures, group_means, job, read_sets
from knowledge.evaluation.beir import EvaluationSet, as_document

NAMES = ("xquad-de-de", "xquad-th-th", "drcd-zh-Hant", "jsquad-ja", "xquad-de-en")


def judged() -> EvaluationSet:
    """Two queries, each with the passage of its own number."""
    documents = tuple(as_document(f"p{number}", "", f"Text {number}") for number in range(3))
    return EvaluationSet("xquad-de-de", documents, {"q0": "Zero?", "q1": "One?"}, {"q0": {"p0": 1}, "q1": {"p1": 1}})


def test_a_process_is_told_texts_and_nothing_of_what_is_right() -> None:
    [item] = job("faiss", [judged()]).sets
    assert (("Text 0", "Text 1", "Text 2"), ("Zero?", "One?")) == (item.passages, item.queries)


def test_recall_counts_the_place_of_the_right_passage() -> None:
    found = figures([judged()], {"xquad-de-de": [[0, 1], [2, 1]]})
    assert {"xquad-de-de": {"recall@1": 0.5, "recall@5": 1.0}} == found


def test_a_query_that_finds_nothing_counts() -> None:
    found = figures([judged()], {"xquad-de-de": [[], [1]]})
    assert 0.5 == found["xquad-de-de"]["recall@5"]


def test_a_query_without_its_ranking_is_an_error() -> None:
    with pytest.raises(ValueError):
        figures([judged()], {"xquad-de-de": [[0]]})


def test_each_set_belongs_to_one_mean() -> None:
    """Sets of one language, and those that are asked in another, are never mixed."""
    measured = {name: {"recall@1": float(place)} for place, name in enumerate(NAMES)}
    assert [0.5, 2.0, 3.0, 4.0] == list(group_means(measured, "recall@1").values())


def test_a_group_without_sets_has_no_mean() -> None:
    assert ["JSQuAD (Japanese)"] == list(group_means({"jsquad-ja": {"recall@1": 1.0}}, "recall@1"))


def test_sets_are_chosen_by_name_and_their_queries_thinned(tmp_path: Path) -> None:
    for name in ("jsquad-ja", "drcd-zh-Hant"):
        folder = tmp_path / name
        (folder / "qrels").mkdir(parents=True)
        (folder / "corpus.jsonl").write_text('{"_id": "p", "text": "Text"}\n', encoding="utf-8")
        queries = "".join(f'{{"_id": "q{number}", "text": "Q{number}?"}}\n' for number in range(6))
        (folder / "queries.jsonl").write_text(queries, encoding="utf-8")
        rows = "".join(f"q{number}\tp\t1\n" for number in range(6))
        (folder / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\n" + rows, encoding="utf-8")
    [found] = read_sets(tmp_path, {"jsquad-ja"}, 3)
    assert ["q0", "q2", "q4"] == list(found.queries) == list(found.judgements)
    assert 6 == len(read_sets(tmp_path)[0].queries)


def test_missing_sets_are_told_with_the_folder(tmp_path: Path) -> None:
    with pytest.raises(DataMissing) as caught:
        read_sets(tmp_path / "retrieval")
    assert str(tmp_path / "retrieval") in str(caught.value)
