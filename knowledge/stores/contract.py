"""What every adapter of the port must do, as tests that it inherits (they need pytest).

    class TestMyStore(PassageStoreContract):
        @pytest.fixture
        def open_store(self, tmp_path): return lambda: MyStore(tmp_path, DIMENSION)

`open_store` opens the same place each time, empty at first. Stores are compared with `knowledge.stores.reference` by
ranks, not by scores.
"""

from collections.abc import Callable, Iterator

import numpy as np
import pytest

from knowledge.stores.errors import DuplicatePassage, UnknownPassage, WrongDimension
from knowledge.stores.port import PassageStore, Scored
from knowledge.stores.reference import (
    DIMENSION,
    FIRST_ID,
    Passages,
    dense_scores,
    lexical_scores,
    make_passages,
    same_ranks,
)

OpenStore = Callable[[], PassageStore]
ALL = make_passages(240)
QUERIES = make_passages(12, seed=2)
UNKNOWN = np.array([FIRST_ID - 1], dtype=np.int64)


class PassageStoreContract:
    """Inherit, and give the fixture `open_store`."""

    @pytest.fixture
    def store(self, open_store: OpenStore) -> Iterator[PassageStore]:
        store = open_store()
        yield store
        store.close()

    @pytest.fixture
    def filled(self, store: PassageStore) -> PassageStore:
        """All passages, added in two parts."""
        for rows in (slice(0, 200), slice(200, None)):
            add(store, ALL.take(rows))
        return store

    def test_meaning_ranks_as_comparing_all_does(self, filled: PassageStore) -> None:
        """Cosines of unit vectors, the nearest first."""
        for query in QUERIES.vectors:
            assert same_ranks(dense_scores(ALL, query), ids_of(filled.dense(query, 20)))

    def test_words_rank_as_bm25_by_hand(self, filled: PassageStore) -> None:
        """In Chinese, Thai, Arabic and English, with marks and signs."""
        for terms in QUERIES.terms:
            expected = lexical_scores(ALL, terms)
            found = ids_of(filled.lexical(terms, 20))
            assert min(20, len(expected)) == len(found)
            assert same_ranks(expected, found)

    def test_every_term_is_found_where_it_stands(self, filled: PassageStore) -> None:
        """No tokenizer of the store's own loses, cuts or joins terms."""
        for term in sorted({term for terms in ALL.terms for term in terms}):
            holding = {i for i, terms in zip(ALL.ids.tolist(), ALL.terms, strict=True) if term in terms}
            assert holding == set(ids_of(filled.lexical([term], len(ALL.ids)))), term

    def test_terms_are_compared_as_they_are(self, store: PassageStore) -> None:
        """The analyser has folded what is to be folded."""
        add(store, Passages(ALL.ids[:3], ALL.vectors[:3], [("Tram",), ("tram",), ("trams",)]))
        assert [FIRST_ID + 1] == ids_of(store.lexical(["tram"], 10))

    def test_a_repeated_term_counts_once(self, filled: PassageStore) -> None:
        """A question that says a word twice asks for nothing more."""
        once, twice = (filled.lexical(terms, 10) for terms in (["tram", "tax"], ["tram", "tax", "tram"]))
        assert ids_of(once) == ids_of(twice)

    def test_scores_fall_and_cosines_are_cosines(self, filled: PassageStore) -> None:
        """Best first; a passage is as near to itself as can be."""
        found = filled.dense(ALL.vectors[7], 10)
        assert FIRST_ID + 7 == found[0][0]
        assert abs(1 - found[0][1]) < 1e-4
        for hits in (found, filled.lexical(["tram", "tax"], 10)):
            scores = [score for _, score in hits]
            assert scores == sorted(scores, reverse=True)
            assert scores[-1] > -1

    def test_ids_and_vectors_come_back_as_given(self, filled: PassageStore) -> None:
        """In the order asked for, over 32 bits."""
        rows = np.array([210, 3, 120])
        np.testing.assert_allclose(ALL.vectors[rows], filled.vectors(ALL.ids[rows]), atol=1e-6)
        assert (0, DIMENSION) == filled.vectors(ALL.ids[:0]).shape

    def test_what_was_removed_never_comes_back(self, filled: PassageStore, open_store: OpenStore) -> None:
        """Not by meaning, not by words, not after opening the store again, not when more is added."""
        gone = set(ALL.ids[::3].tolist())
        filled.remove(ALL.ids[::3])
        more = make_passages(5, seed=3)
        add(filled, Passages(more.ids + 10_000, more.vectors, more.terms))
        filled.close()
        again = open_store()
        assert len(ALL.ids) - len(gone) + 5 == len(again)
        everything = {term for terms in ALL.terms for term in terms}
        for hits in (again.dense(ALL.vectors[0], 1_000), again.lexical(everything, 1_000)):
            assert len(ALL.ids) - len(gone) + 5 == len(hits)
            assert set() == gone & set(ids_of(hits))
        with pytest.raises(UnknownPassage):
            again.vectors(ALL.ids[:1])
        again.close()

    def test_what_is_left_keeps_its_ranks(self, filled: PassageStore) -> None:
        """Removed passages leave no holes among the first k."""
        filled.remove(ALL.ids[:100])
        left = ALL.take(slice(100, None))
        for query in QUERIES.vectors:
            found = ids_of(filled.dense(query, 20))
            assert 20 == len(found)
            assert same_ranks(dense_scores(left, query), found)
        assert set(lexical_scores(left, ["tram"])) == set(ids_of(filled.lexical(["tram"], 1_000)))

    def test_a_removed_passage_can_be_added_anew(self, filled: PassageStore) -> None:
        """With other content under the same id, found once and by the new content only."""
        filled.remove(ALL.ids[:2])
        add(filled, Passages(ALL.ids[:2], ALL.vectors[[1, 0]], [("新站",), ("ใหม่",)]))
        assert len(ALL.ids) == len(filled)
        assert [FIRST_ID + 1] == ids_of(filled.dense(ALL.vectors[0], 1))
        assert [FIRST_ID] == ids_of(filled.lexical(["新站"], 10))
        assert len(ALL.ids) == len(filled.dense(ALL.vectors[0], 1_000))
        np.testing.assert_allclose(ALL.vectors[[1]], filled.vectors(ALL.ids[:1]), atol=1e-6)

    def test_removing_again_or_what_was_never_there_does_nothing(self, filled: PassageStore) -> None:
        """A removal that was interrupted can be repeated."""
        filled.remove(np.concatenate([ALL.ids[:2], UNKNOWN]))
        filled.remove(np.concatenate([ALL.ids[:2], UNKNOWN]))
        filled.remove(ALL.ids[:0])
        assert len(ALL.ids) - 2 == len(filled)

    def test_many_small_changes_add_up(self, store: PassageStore) -> None:
        """Added one by one with removals between, as feeds do."""
        for row in range(30):
            add(store, ALL.take(slice(row, row + 1)))
            if row % 5 == 4:
                store.remove(ALL.ids[row - 1 : row])
        left = set(ALL.ids[:30].tolist()) - set(ALL.ids[3:30:5].tolist())
        assert left == set(ids_of(store.dense(QUERIES.vectors[0], 100)))
        assert len(left) == len(store)

    def test_only_those_asked_for_are_looked_at(self, filled: PassageStore) -> None:
        """However far down the list they are; unknown and removed ones count for nothing."""
        filled.remove(ALL.ids[9:10])
        among = np.concatenate([ALL.ids[9:200:9], UNKNOWN])
        chosen = Passages(ALL.ids[18:200:9], ALL.vectors[18:200:9], ALL.terms[18:200:9])
        found = ids_of(filled.dense(QUERIES.vectors[0], 500, among))
        assert len(chosen.ids) == len(found)
        assert same_ranks(dense_scores(chosen, QUERIES.vectors[0]), found)
        assert [] == filled.dense(QUERIES.vectors[0], 5, UNKNOWN)
        assert [] == filled.dense(QUERIES.vectors[0], 5, ALL.ids[:0])

    def test_an_empty_store_finds_nothing(self, store: PassageStore) -> None:
        """And says so without an error."""
        assert 0 == len(store)
        assert [] == store.dense(QUERIES.vectors[0], 5)
        assert [] == store.lexical(["tram"], 5)
        add(store, ALL.take(slice(0, 0)))
        assert 0 == len(store)

    def test_a_store_emptied_by_removing_takes_passages_again(self, store: PassageStore) -> None:
        """Nothing is left to stand in the way."""
        add(store, ALL.take(slice(0, 4)))
        store.remove(ALL.ids[:4])
        assert (0, [], []) == (len(store), store.dense(ALL.vectors[0], 5), store.lexical(ALL.terms[0], 5))
        add(store, ALL.take(slice(0, 4)))
        assert [FIRST_ID] == ids_of(store.dense(ALL.vectors[0], 1))

    def test_more_than_there_is_gives_what_there_is(self, filled: PassageStore) -> None:
        """Each once; none for k = 0."""
        assert set(ALL.ids.tolist()) == set(ids_of(filled.dense(QUERIES.vectors[0], 10_000)))
        assert [] == filled.dense(QUERIES.vectors[0], 0)
        assert [] == filled.lexical(["tram"], 0)

    def test_no_terms_and_unheard_of_terms_find_nothing(self, filled: PassageStore) -> None:
        """As a question in another script may have."""
        assert [] == filled.lexical([], 5)
        assert [] == filled.lexical(["unheard-of"], 5)

    def test_a_passage_without_terms_is_found_by_meaning(self, store: PassageStore) -> None:
        """And one without meaning by its terms: its vector is zero."""
        vectors = np.stack([ALL.vectors[0], np.zeros(DIMENSION, dtype=np.float32)])
        add(store, Passages(ALL.ids[:2], vectors, [(), ("🚋",)]))
        assert [FIRST_ID, FIRST_ID + 1] == ids_of(store.dense(ALL.vectors[0], 5))
        assert [FIRST_ID + 1] == ids_of(store.lexical(["🚋"], 5))

    def test_an_endless_word_is_no_obstacle(self, store: PassageStore) -> None:
        """Nobody reads it, but somebody sends it."""
        endless = "ก" * 3_000
        add(store, Passages(ALL.ids[:2], ALL.vectors[:2], [(endless, "tram"), ("tram", "tax")]))
        assert [FIRST_ID] == ids_of(store.lexical([endless], 5))

    def test_an_endless_passage_is_no_obstacle(self, store: PassageStore) -> None:
        """A table without a full stop: found by what it begins with."""
        endless = tuple(f"column{number}" for number in range(20_000))
        add(store, Passages(ALL.ids[:2], ALL.vectors[:2], [endless, ("tram",)]))
        assert [FIRST_ID] == ids_of(store.lexical(["column999"], 5))

    def test_ids_that_are_there_are_refused(self, filled: PassageStore) -> None:
        """So are ids given twice; nothing is added then."""
        for ids in (np.array([FIRST_ID + 900, FIRST_ID + 5]), np.array([FIRST_ID + 900, FIRST_ID + 900])):
            with pytest.raises(DuplicatePassage, match=str(ids[1])):
                add(filled, Passages(ids, ALL.vectors[:2], ALL.terms[:2]))
        assert len(ALL.ids) == len(filled)

    def test_vectors_of_another_encoder_are_refused(self, filled: PassageStore) -> None:
        """When adding and when asking."""
        with pytest.raises(WrongDimension, match=f"{DIMENSION + 1} columns"):
            filled.add(UNKNOWN, np.ones((1, DIMENSION + 1), dtype=np.float32), [("tram",)])
        with pytest.raises(WrongDimension, match="reindex"):
            filled.dense(np.ones(DIMENSION - 1, dtype=np.float32), 5)

    def test_what_does_not_fit_together_is_refused(self, store: PassageStore) -> None:
        """Before anything is written."""
        with pytest.raises(ValueError, match="2 ids"):
            store.add(ALL.ids[:2], ALL.vectors[:2], [("tram",)])
        assert 0 == len(store)

    def test_an_unknown_id_is_told(self, filled: PassageStore) -> None:
        """By name, not by a vector of something else."""
        with pytest.raises(UnknownPassage, match=str(UNKNOWN[0])):
            filled.vectors(np.concatenate([ALL.ids[:1], UNKNOWN]))

    def test_closing_twice_does_no_harm(self, filled: PassageStore, open_store: OpenStore) -> None:
        """And what was there is there."""
        filled.close()
        filled.close()
        again = open_store()
        assert len(ALL.ids) == len(again)
        again.close()


def add(store: PassageStore, passages: Passages) -> None:
    """Add them all."""
    store.add(passages.ids, passages.vectors, passages.terms)


def ids_of(hits: list[Scored]) -> list[int]:
    """Without the scores."""
    return [passage for passage, _ in hits]
