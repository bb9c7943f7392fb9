"""What is written is what was trained, small, and readable by both runtimes."""

from pathlib import Path

import numpy as np
import pytest
import torch

from knowledge.static import StaticEncoder
from knowledge.training.card import SOURCES, Facts, model_card
from knowledge.training.export import export, quantise
from knowledge.training.recipe import Recipe
from knowledge.training.tokenizer import Pieces, learn_pieces
from knowledge.training.train_encoder import changed, main

TEXTS = ["The library is near the hospital", "圖書館在醫院附近", "請撥打119電話"]


@pytest.fixture(scope="module")
def pieces() -> Pieces:
    return learn_pieces(dict.fromkeys(TEXTS, 10), Recipe(pieces=120))


def test_an_exported_table_gives_its_vectors(pieces: Pieces, tmp_path: Path) -> None:
    """Within what eight bits can tell; tokens without meaning count nothing."""
    table = torch.randn(pieces.count, 16, generator=torch.Generator().manual_seed(0))
    export(tmp_path, pieces, table)
    encoding = pieces.tokenizer.encode("library 圖書館")
    mean = table[[i for i in encoding.ids if i not in pieces.ignored]].sum(dim=0).numpy()
    expected = mean / np.linalg.norm(mean)
    np.testing.assert_allclose(expected, StaticEncoder(tmp_path).encode(["library 圖書館"])[0], atol=0.02)
    np.testing.assert_array_equal(np.zeros((3, 16)), StaticEncoder(tmp_path).encode(["", "🚒!", "▁"]))


def test_quantised_rows_come_back_within_half_a_step() -> None:
    """The step is a row's largest number over 127."""
    table = torch.randn(20, 8, generator=torch.Generator().manual_seed(1)) * torch.logspace(-3, 3, 20)[:, None]
    rows, scales = quantise(table)
    error = (rows.float() * scales[:, None] - table).abs().amax(dim=1)
    assert bool((error <= table.abs().amax(dim=1) / 127 * 0.501).all())


def test_a_row_of_zeros_stays_zero() -> None:
    """And makes no number that is none."""
    rows, scales = quantise(torch.zeros(2, 4))
    assert [0.0] * 8 == (rows.float() * scales[:, None]).flatten().tolist()


def test_a_model_too_large_to_carry_is_refused(pieces: Pieces, tmp_path: Path) -> None:
    """With what to change."""
    with pytest.raises(ValueError, match="use fewer pieces or dimensions"):
        export(tmp_path, pieces, torch.zeros(pieces.count, 25_000_000 // pieces.count))


def test_the_card_names_every_source_with_its_licence() -> None:
    """Nobody should have to look for where the weights come from."""
    facts = Facts(
        {"dims": 8, "identity": 2, "passes": 1}, {"ja": 5}, sorted(SOURCES), 3, 2, 7, 1_000, {"ja": 0.5}, 60, "2 cores"
    )
    card = model_card(facts)
    assert "not known" not in card
    assert "| ja | 5 | 50.0 % |" in card
    assert [] == [name for name in SOURCES if f"| {name} |" not in card]


def test_a_trial_changes_fields_of_a_recipe() -> None:
    """Values are JSON."""
    assert Recipe(dims=256, learner="tokenizers") == changed(Recipe(), ["dims=256", 'learner="tokenizers"'])


@pytest.mark.parametrize("setting", ["colour=1", "dims=", "learner=tokenizers"])
def test_a_setting_that_is_none_is_named(setting: str) -> None:
    """Before anything has been read."""
    with pytest.raises(ValueError, match=f"--set {setting}"):
        changed(Recipe(), [setting])


def test_missing_data_end_in_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit status 1, the file's name, no traceback."""
    assert 1 == main(["--parallel", str(tmp_path), "--out", str(tmp_path / "model")])
    assert "en-zh-Hant.tsv.gz" in capsys.readouterr().err
