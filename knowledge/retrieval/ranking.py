"""Scores to an order: pure arithmetic, no index."""

from dataclasses import dataclass
from typing import Literal

from knowledge.documents import Kind

Mode = Literal["hybrid", "dense", "lexical"]

DENSE_WEIGHT, BM25_WEIGHT, COVERAGE_WEIGHT = 0.3, 0.5, 0.2
"""What each score counts for. Words weigh more than meaning where there are words in common; across languages, where
there are none, meaning decides alone, for each score stands on a scale of its own. Figures: docs/decisions.md."""
BRIDGE_WEIGHT = 0.4
"""How much of the words counts as covered by a passage that names all that the question names, in another language."""
FOREIGN_WORDS = 1 / 3
"""What words count for in news in another language than the reader's. They may be names; but where few passages are
in his language, its commonest words are rare in the index, and a notice in Chinese with a paragraph in Vietnamese would
come first for whatever is asked in Vietnamese. An FAQ entry has been written to be asked in any language."""
FAQ_BEFORE_NEWS = 0.03
"""What an FAQ entry is ahead of a news item that fits as well: an editor wrote it to answer just this."""
NEWER_BEFORE_OLDER = 0.08
"""What today's news is ahead of old news, for a question about what is current."""


@dataclass(frozen=True, slots=True)
class Scores:
    """Why a hit ranks where it does; all but `information` lie between 0 and 1.

    `dense`: cosine of the question with the best sentence, and half as much with the whole of the passage.
    `bm25`: as a share of what a passage could have at most. `coverage`: the share of the question's terms,
    weighted by rarity, in one sentence. Both are less (`FOREIGN_WORDS`) for news in another language than the reader's;
    names that the glossary leads to are not. `recency`: how new it is, 0 where the question does not ask for that.
    `information` is how much the question says at all: the rarity of its terms together, 1 being that of a single
    word that no passage holds. `mode` says which of the scores count.
    """

    dense: float
    bm25: float
    coverage: float
    information: float = 1.0
    recency: float = 0.0
    mode: Mode = "hybrid"

    @property
    def fused(self) -> float:
        """The scores in one number between 0 and 1. They fail differently: a passage that merely sounds alike lacks
        the question's rare words, one that merely shares a word is far from its meaning."""
        if self.mode == "dense":
            return self.dense
        if self.mode == "lexical":
            return self.bm25
        return DENSE_WEIGHT * self.dense + BM25_WEIGHT * self.bm25 + COVERAGE_WEIGHT * self.coverage


def same_language(one: str, other: str) -> bool:
    """Whether two tags are of one language; its scripts and countries are not told apart.

    >>> same_language("zh-Hans", "zh-Hant")
    True
    """
    return one.partition("-")[0] == other.partition("-")[0]


def rank_key(kind: Kind, scores: Scores, document_id: str) -> tuple[float, str]:
    """Sort key, best first; equal scores are ordered by id so that results never flicker."""
    ahead = FAQ_BEFORE_NEWS * (kind == "faq") + NEWER_BEFORE_OLDER * scores.recency
    return (-(scores.fused + ahead), document_id)
