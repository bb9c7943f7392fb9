"""What is trained on: nothing that is measured with, nothing without a licence, no source that drowns the others."""

import gzip
from collections import Counter
from pathlib import Path

import pytest

from knowledge.errors import KnowledgeError
from knowledge.training.data import faq_pairs, load_corpus, read_pairs
from knowledge.training.recipe import LANGUAGES, Recipe

CONTENT = Path(__file__).parents[4] / "content"


def write(folder: Path, language: str, rows: list[tuple[str, str, str]]) -> Path:
    path = folder / f"en-{language}.tsv.gz"
    with gzip.open(path, "wt", encoding="utf-8") as lines:
        lines.writelines("\t".join(row) + "\n" for row in rows)
    return path


@pytest.fixture
def parallel(tmp_path: Path) -> Path:
    """1,000 NTREX rows, 50 of another source, and rows that must not be taken, for every language."""
    for language in LANGUAGES:
        rows = [(f"News {n}", f"{language} news {n}", "ntrex") for n in range(1_000)]
        rows += [(f"Place {n}", f"{language} place {n}", "cldr") for n in range(50)]
        rows += [("Place 1", f"{language} place 1", "cldr")]  # a double
        rows += [("News 900", f"{language} other words for news 900", "tatoeba")]
        rows += [("Form", f"{language} form", "civiform"), ("many " * 81, "long", "cldr")]
        write(tmp_path, language, rows)
    return tmp_path


def test_no_sentence_of_the_measuring_set_is_trained_on(parallel: Path) -> None:
    """Not even when another source has it too."""
    corpus = load_corpus(parallel, Recipe())
    held_out = {f"News {n}" for n in range(800, 1_000)}
    assert set() == held_out & {pair.english for pair in corpus.train}
    assert [1_000] * 14 == [len(pairs) for pairs in corpus.ntrex.values()]


def test_each_language_gives_what_it_has_once(parallel: Path) -> None:
    """800 of NTREX, 50 places; no double, no long sentence, nothing of a source without a licence."""
    corpus = load_corpus(parallel, Recipe())
    assert dict.fromkeys(LANGUAGES, 850) == Counter(pair.language for pair in corpus.train)
    assert {"ntrex", "cldr"} == {pair.source for pair in corpus.train}


def test_a_cap_holds_in_each_language(parallel: Path) -> None:
    """It says how many pairs of a source one language may have, and the seed which."""
    first, again, other = (load_corpus(parallel, Recipe(caps={"cldr": 7}, seed=seed)) for seed in (0, 0, 1))
    assert {(language, "cldr"): 7 for language in LANGUAGES} == {
        key: n for key, n in Counter((p.language, p.source) for p in first.train).items() if key[1] == "cldr"
    }
    assert first == again
    assert first != other


def test_a_source_that_is_left_out_is_not_trained_on(parallel: Path) -> None:
    """NTREX too: it is measured with all the same."""
    corpus = load_corpus(parallel, Recipe(left_out=("ntrex", "civiform")))
    assert {"cldr", "tatoeba"} >= {pair.source for pair in corpus.train}
    assert [1_000] * 14 == [len(pairs) for pairs in corpus.ntrex.values()]


def test_a_line_with_a_missing_column_is_named(tmp_path: Path) -> None:
    """File and line, and what a line should have."""
    path = write(tmp_path, "ja", [("One", "一", "cldr"), ("Two", "二")])  # type: ignore[list-item]
    with pytest.raises(KnowledgeError, match=r"en-ja\.tsv\.gz, line 2: 2 columns instead of 3"):
        list(read_pairs(path, "ja"))


def test_the_faq_gives_pairs_in_its_languages() -> None:
    """Each is a question of one entry in English and in another language."""
    pairs = faq_pairs(CONTENT)
    assert {"ja", "zh-Hant"} == {pair.language for pair in pairs}
    assert ("What are the three smart meters?", "zh-Hant") in {(p.english, p.language) for p in pairs}
