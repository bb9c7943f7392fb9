"""What the encoder's training must hold: clean hold-out sets, both scripts, one row for both spellings."""

import gzip
from pathlib import Path

import numpy as np
import torch

from knowledge.training.data import Pair, load_corpus, to_simplified
from knowledge.training.distil import Material, Ragged, train_table
from knowledge.training.teacher import reduce
from knowledge.training.tokenizer import fold, train_tokenizer

DOMAINS = ["醫院", "電話", "圖書館", "公車", "學校", "垃圾車", "飲用水", "電費"]


def write(folder: Path, language: str, rows: list[tuple[str, str, str]]) -> None:
    with gzip.open(folder / f"en-{language}.tsv.gz", "wt", encoding="utf-8") as lines:
        lines.writelines("\t".join(row) + "\n" for row in rows)


def sample(folder: Path) -> None:
    numbered = range(1_200)
    write(folder, "zh-Hant", [(f"Call number {n}", f"電話號碼 {n}", "cldr") for n in numbered])
    write(
        folder,
        "zh-Hans",
        [(f"Hospital {n}", f"医院 {n}", "civiform" if n % 10 else "cldr") for n in numbered],
    )
    write(folder, "ja", [(f"Call number {n}", f"電話番号 {n}", "cldr") for n in numbered])


def test_no_sentence_of_a_measuring_set_is_trained_on(tmp_path: Path) -> None:
    sample(tmp_path)
    corpus = load_corpus(tmp_path)
    held = [pair for pairs in corpus.held_out.values() for pair in pairs]
    assert not {pair.english for pair in held} & {pair.english for pair in corpus.train}
    assert not {to_simplified(p.target) for p in held} & {to_simplified(p.target) for p in corpus.train}


def test_sources_without_a_licence_are_left_out(tmp_path: Path) -> None:
    sample(tmp_path)
    corpus = load_corpus(tmp_path)
    everything = [*corpus.train, *(pair for pairs in corpus.held_out.values() for pair in pairs)]
    assert {"cldr"} == {pair.source for pair in everything}


def test_chinese_pairs_are_there_in_both_scripts(tmp_path: Path) -> None:
    sample(tmp_path)
    train = load_corpus(tmp_path).train
    written = {pair for pair in train if pair.language == "zh-Hant" and pair.english.startswith("Call")}
    assert written
    assert all(Pair(p.english, to_simplified(p.target), p.source, "zh-Hans") in train for p in written)


def test_folding_keeps_the_length() -> None:
    assert "电话 abc かな" == fold("電話 abc かな")


def test_both_spellings_of_a_piece_share_a_row() -> None:
    texts = [f"{word} {to_simplified(word)} number {word}" for word in DOMAINS] * 5
    pieces = train_tokenizer(texts, 120)
    rows = Ragged(pieces, ["電話 圖書館", "电话 图书馆"])
    first, second = np.split(rows.rows, [rows.lengths[0]])
    np.testing.assert_array_equal(first, second)
    assert 0 not in first


def test_batches_are_cut_out_of_the_flat_array() -> None:
    texts = ["電話 電話", "", "圖書館"]
    ragged = Ragged(train_tokenizer([" ".join(DOMAINS)] * 5, 120), texts)
    rows, offsets = ragged.batch(np.array([2, 1, 0]))
    expected = np.concatenate([ragged.rows[ragged.starts[i] :][: ragged.lengths[i]] for i in (2, 1, 0)])
    np.testing.assert_array_equal(expected, rows.numpy())
    assert [0, ragged.lengths[2], ragged.lengths[2]] == offsets.tolist()


def test_reduced_vectors_are_unit_vectors() -> None:
    vectors = np.random.default_rng(0).normal(size=(50, 16)).astype(np.float32)
    reduced = reduce(vectors, 4)
    assert (50, 4) == reduced.shape
    np.testing.assert_allclose(np.linalg.norm(reduced, axis=1), 1.0, atol=1e-5)


def test_training_brings_targets_to_their_teacher_vectors() -> None:
    pieces = train_tokenizer([" ".join(DOMAINS)] * 5, 120)
    vectors = np.eye(len(DOMAINS), dtype=np.float32)
    english_of = np.arange(1_024) % len(DOMAINS)
    targets = Ragged(pieces, [DOMAINS[i] for i in english_of])
    table = train_table(Material(targets, Ragged(pieces, DOMAINS), english_of, vectors), pieces.rows, passes=3)
    rows, offsets = targets.batch(np.arange(len(DOMAINS)))
    student = torch.nn.functional.embedding_bag(rows, table, offsets, mode="mean").numpy()
    np.testing.assert_array_equal(np.arange(len(DOMAINS)), (student @ vectors.T).argmax(axis=1))
