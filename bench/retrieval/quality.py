"""How well each system finds what is right: sets in BEIR layout, every system the same passages and queries."""

from collections.abc import Callable, Container, Mapping, Sequence
from pathlib import Path

from bench.retrieval.errors import DataMissing
from bench.retrieval.jobs import QualityJob, QualitySet
from knowledge.evaluation.beir import EvaluationSet, read_set
from knowledge.evaluation.errors import EvaluationError
from knowledge.evaluation.figures import quality
from knowledge.evaluation.layout import find_sets

MEASURES = ("recall@1", "recall@5")
Figures = dict[str, dict[str, float]]
"""Set → measure → share between 0 and 1."""


def read_sets(folder: Path, names: Container[str] | None = None, at_most: int | None = None) -> list[EvaluationSet]:
    """The sets of `folder` (of these `names` only), with at most so many queries each; raises `DataMissing`."""
    try:
        sets = [read_set(files) for files in find_sets([folder]) if names is None or files.name in names]
    except (EvaluationError, FileNotFoundError) as error:
        raise DataMissing(folder, f"cannot be used ({error})") from error
    return [_cut(item, at_most) for item in sets]


def _cut(judged: EvaluationSet, at_most: int | None) -> EvaluationSet:
    """The same with queries from all over it, as many as are wanted."""
    step = max(len(judged.queries) // at_most, 1) if at_most else 1
    kept = list(judged.queries)[::step][:at_most]
    queries = {name: judged.queries[name] for name in kept}
    judgements = {name: judged.judgements[name] for name in kept}
    return EvaluationSet(judged.name, judged.documents, queries, judgements)


def job(system: str, sets: Sequence[EvaluationSet]) -> QualityJob:
    """What the process of `system` is told: texts alone, no judgements."""
    return QualityJob(
        system,
        tuple(
            QualitySet(item.name, tuple(text_of(d.title, d.text) for d in item.documents), tuple(item.queries.values()))
            for item in sets
        ),
    )


def text_of(title: str, text: str) -> str:
    """A passage as one text, its title first."""
    return f"{title}\n{text}".strip()


def figures(sets: Sequence[EvaluationSet], rankings: Mapping[str, Sequence[Sequence[int]]]) -> Figures:
    """Figures from `rankings`: by set, for each query in order, the numbers of documents found."""
    found: Figures = {}
    for item in sets:
        ids = [document.id for document in item.documents]
        ranked = zip(item.queries, rankings[item.name], strict=True)
        named = {query: [ids[number] for number in numbers] for query, numbers in ranked}
        measured = quality(named, item.judgements)
        found[item.name] = {name: measured[name] for name in MEASURES}
    return found


GROUPS: Mapping[str, Callable[[str], bool]] = {
    "XQuAD, one language": lambda name: _is_xquad(name) and _asked_in(name) == _answered_in(name),
    "DRCD (Chinese)": lambda name: name.startswith("drcd"),
    "JSQuAD (Japanese)": lambda name: name.startswith("jsquad"),
    "XQuAD, others to English": lambda name: _is_xquad(name) and _asked_in(name) != _answered_in(name),
}
"""Which sets make one mean, by their names."""


def group_means(measured: Figures, measure: str) -> dict[str, float]:
    """The mean of `measure` over the sets of each group that has any."""
    means = {}
    for title, belongs in GROUPS.items():
        values = [row[measure] for name, row in measured.items() if belongs(name)]
        if values:
            means[title] = sum(values) / len(values)
    return means


def _is_xquad(name: str) -> bool:
    return name.startswith("xquad-")


def _asked_in(name: str) -> str:
    return name.split("-")[1]


def _answered_in(name: str) -> str:
    return name.split("-")[-1]
