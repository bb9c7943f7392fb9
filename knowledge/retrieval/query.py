"""A question, read once: its vector, its terms, and how much each of them tells."""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from knowledge.content.glossary import Glossary
from knowledge.encoder import Encoder, Vectors
from knowledge.retrieval.scoring import QueryTerms
from knowledge.segments.forward import keys
from knowledge.segments.lexical import LexicalIndex
from knowledge.text.analyser import hashes, is_piece, terms

PIECES_WEIGH = 0.5
"""Power of a term's share in its word: at 0 each of a long word's pieces weighs as much as a short word, at 1 all of
them together do."""
RAREST = 24
"""Terms that candidates are looked for by. The more frequent ones of a long question stand in so many passages that
they cost most of the time and hardly change which passages are the first hundred."""


@dataclass(frozen=True, slots=True)
class Query:
    """`vector` (dimension,), of length 1 or 0; `keys`, its rarest terms as the lexical index knows them, by which
    candidates are found (all of `terms` count when these are scored); and
    `information`, how much they say together: the rarity of a word that no passage holds is 1.

    `bridges` are the terms of what the question names, by names of other languages, a set of terms for each language;
    `bridge_keys` the keys of all of them.
    """

    text: str
    vector: Vectors
    terms: QueryTerms
    keys: tuple[str, ...]
    information: float
    bridges: tuple[QueryTerms, ...] = ()
    bridge_keys: tuple[str, ...] = ()


class QueryReader:
    """Reads questions for one state of the index, by which rarity is counted."""

    def __init__(
        self,
        encoder: Encoder,
        lexical: LexicalIndex,
        glossary: Glossary | None = None,
        languages: Collection[str] = (),
        pieces_weigh: float = PIECES_WEIGH,
    ) -> None:
        """`languages` are those that documents are in: names of other languages need not be looked for."""
        self._encoder, self._lexical = encoder, lexical
        self._glossary, self._languages = glossary, sorted(languages)
        self._pieces_weigh = pieces_weigh
        self._idf = lru_cache(maxsize=65_536)(self._rarity)
        self._unheard_of = self._rarity(None)

    def read(self, text: str) -> Query:
        """A question as typed; nothing that can be typed is refused."""
        own = self._weighed(terms(text))
        vector = self._encoder.encode([text], "query")[0]
        bridges = tuple(self._weighed(names) for names in self._names(text))
        bridge_keys = dict.fromkeys(key for bridge in bridges for key in keys(bridge.hashes))
        information = own.total / self._unheard_of
        return Query(text, vector, own, tuple(self._rarest(own)), information, bridges, tuple(bridge_keys))

    def _rarest(self, own: QueryTerms) -> list[str]:
        """Keys of the terms to look for candidates by: the rarest that stand in any passage."""
        ordered = keys(own.hashes[np.argsort(-own.weights, kind="stable")])
        return [key for key in ordered if self._idf(key) < self._unheard_of][:RAREST]

    def _names(self, text: str) -> list[Sequence[str]]:
        """The terms of names in other languages of what the text names; none where it names nothing."""
        if self._glossary is None or not self._glossary.concepts(text):
            return []
        by_language = [self._glossary.expand(text, (language,)) for language in self._languages]
        return [terms(" ".join(names)) for names in by_language if names]

    def _weighed(self, found: Sequence[str]) -> QueryTerms:
        distinct, first = np.unique(hashes(found), return_index=True)
        rarity = np.array([self._idf(key) for key in keys(distinct)], dtype=np.float32)
        pieces = np.fromiter(map(is_piece, found), dtype=bool, count=len(found))[first]
        return QueryTerms(distinct, rarity * shares_of_words(found)[first] ** self._pieces_weigh, pieces)

    def _rarity(self, key: str | None) -> float:
        """Inverse document frequency over passages, as BM25 counts it; None is a term that stands nowhere."""
        found = self._lexical.document_frequency(key) if key else 0
        total = max(len(self._lexical), found, 1)
        return math.log(1 + (total - found + 0.5) / (found + 0.5))


def shares_of_words(found: Sequence[str]) -> Vectors:
    """How much of its word each term is, shape (terms,): a word's pieces stand behind it, and together count as one.

    Else "register" would say eight times what "dog" does.
    """
    words = np.cumsum([not is_piece(term) for term in found]) if found else np.zeros(0, np.int64)
    shares: Vectors = (1.0 / np.bincount(words)[words]).astype(np.float32)
    return shares


def words_in(text: str) -> float:
    """How many terms a question has, the pieces of a word counting as what they weigh."""
    found = tuple(dict.fromkeys(terms(text)))
    return float((shares_of_words(found) ** PIECES_WEIGH).sum()) if found else 0.0
