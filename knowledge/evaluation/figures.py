"""Rankings and judgements to figures: quality by ir-measures (trec_eval's arithmetic), times by percentiles."""

from collections.abc import Mapping, Sequence

import ir_measures
import numpy as np

Scored = dict[str, dict[str, int]]

DEPTH = 10
"""How many documents of a ranking are looked at."""

_MEASURES = {
    "recall@1": ir_measures.R @ 1,
    "recall@5": ir_measures.R @ 5,
    "recall@10": ir_measures.R @ 10,
    "mrr@10": ir_measures.RR @ 10,
    "ndcg@10": ir_measures.nDCG @ 10,
}


def quality(rankings: Mapping[str, Sequence[str]], judgements: Mapping[str, Mapping[str, int]]) -> dict[str, float]:
    """Means over the judged queries, each between 0 and 1; a judged query without a ranking counts as nothing found.

    Recall is the share of a query's right documents (grade above 0) that stand among the first k, so recall@1 of a
    query with two right ones is 0.5 at most. nDCG takes the grade itself as gain and 1 / log2(rank + 1) as discount.

    Args:
        rankings: query id → document ids, best first, none twice.
        judgements: query id → document id → grade; at least one query with a right document.

    Raises ValueError where a ranking names a document twice, or nothing is judged as right.
    """
    right = {query: {name: g for name, g in grades.items() if g > 0} for query, grades in judgements.items()}
    right = {query: grades for query, grades in right.items() if grades}
    if not right:
        raise ValueError("no document is judged as right for any query")
    measured = ir_measures.calc_aggregate(_MEASURES.values(), *_numbered(rankings, right))
    return {name: float(measured[measure]) for name, measure in _MEASURES.items()}


def _numbered(rankings: Mapping[str, Sequence[str]], right: Mapping[str, Mapping[str, int]]) -> tuple[Scored, Scored]:
    """Judgements and scores as the library takes them, falling by one from rank to rank, so that nothing ties.

    Numbers stand for the ids: the library hands them to C, which takes not every text.
    """
    numbers: dict[str, str] = {}
    qrels: Scored = {}
    run: Scored = {}
    for position, (query, grades) in enumerate(right.items()):
        ranking = rankings.get(query, ())
        if len(set(ranking)) < len(ranking):
            raise ValueError(f"the ranking for {query!r} names a document twice")
        for name in (*grades, *ranking):
            numbers.setdefault(name, str(len(numbers)))
        qrels[str(position)] = {numbers[name]: grade for name, grade in grades.items()}
        run[str(position)] = {numbers[name]: len(ranking) - rank for rank, name in enumerate(ranking)}
    return qrels, run


def percentiles(seconds: Sequence[float]) -> tuple[float, float]:
    """Median and 95th percentile of `seconds` (at least one) in milliseconds, between neighbours where need be."""
    p50, p95 = np.percentile(np.asarray(seconds) * 1000.0, [50, 95])
    return float(p50), float(p95)
