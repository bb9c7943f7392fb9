"""The torch-free encoder: the form of its vectors, every layout of a static model, prompts, checksum."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from knowledge.encoder import EncoderChoice, SentenceTransformerEncoder, load_encoder
from knowledge.static import SHIPPED_MODEL, StaticEncoder, is_static_model, model_checksum
from tests.unit.knowledge.static_models import MAPPING, ROWS, STATIC, WEIGHTS, quantised, write_model

FOLDED = (ROWS[MAPPING] * WEIGHTS[:, None]).astype(np.float32)


def unit(vector: NDArray[Any]) -> NDArray[np.float32]:
    return np.asarray(vector / np.linalg.norm(vector), dtype=np.float32)


def test_a_text_is_the_mean_of_its_pieces(tmp_path: Path) -> None:
    """Row times factor, averaged, of length 1; what is not known adds nothing."""
    encoder = StaticEncoder(write_model(tmp_path / "m"))
    expected = unit(FOLDED[1] + FOLDED[2] + FOLDED[2])
    for text in ("bees honey honey", "honey bees unheard honey"):
        np.testing.assert_allclose(expected, encoder.encode([text])[0], atol=1e-6)


@pytest.mark.parametrize("text", ["", " ", "unheard of", "🙂", "\x00"])
def test_a_text_without_known_pieces_is_the_zero_vector(tmp_path: Path, text: str) -> None:
    encoder = StaticEncoder(write_model(tmp_path / "m"))
    np.testing.assert_array_equal(np.zeros((1, 3), dtype=np.float32), encoder.encode([text]))


def test_no_texts_give_no_vectors(tmp_path: Path) -> None:
    vectors = StaticEncoder(write_model(tmp_path / "m")).encode([])
    assert (0, 3) == vectors.shape
    assert np.float32 == vectors.dtype


@pytest.mark.parametrize(
    "tensors",
    [
        quantised(),
        {"embeddings": FOLDED},
        {"embeddings": FOLDED[:4], "mapping": np.array([0, 1, 2, 3, 3], dtype=np.int64)},
        {"embeddings": FOLDED.astype(np.float16)},
        {"embeddings": ROWS[MAPPING], "weights": WEIGHTS.astype(np.float16)},
        {"embedding.weight": FOLDED},
        {"embedding.weight": np.vstack([FOLDED, FOLDED])},
    ],
    ids=["int8", "float32", "mapping", "float16", "weights", "torch", "torch padded"],
)
def test_every_layout_is_read_as_sentence_transformers_reads_it(
    tmp_path: Path, tensors: dict[str, NDArray[Any]]
) -> None:
    """Types of the table, mapping and weights there or not, the name that torch gives."""
    folder = write_model(tmp_path / "m", tensors)
    texts = ["bees", "honey trams", "rails rails bees", "", "unheard"]
    expected = SentenceTransformerEncoder(folder).encode(texts, "passage")
    np.testing.assert_allclose(expected, StaticEncoder(folder).encode(texts), atol=1e-3)


@pytest.mark.parametrize("modules", [STATIC, ({**STATIC[0], "path": "0_StaticEmbedding"},)], ids=["alone", "subfolder"])
def test_the_parts_may_lie_elsewhere(tmp_path: Path, modules: tuple[dict[str, str], ...]) -> None:
    """Without a module that normalises, and with the table in a folder of its own."""
    folder = write_model(tmp_path / "m", modules=modules)
    np.testing.assert_allclose(unit(FOLDED[1]), StaticEncoder(folder).encode(["bees"])[0], atol=1e-6)


def test_a_model_s_own_prompts_are_put_before_texts(tmp_path: Path) -> None:
    """By role; a prompt named "passage" counts as well as one named "document", with either class."""
    config = {"prompts": {"query": "honey ", "passage": "trams "}}
    folder = write_model(tmp_path / "m", config=config)
    for encoder in (StaticEncoder(folder), SentenceTransformerEncoder(folder)):
        np.testing.assert_allclose(unit(FOLDED[2] + FOLDED[1]), encoder.encode(["bees"], "query")[0], atol=1e-5)
        np.testing.assert_allclose(unit(FOLDED[3] + FOLDED[1]), encoder.encode(["bees"], "passage")[0], atol=1e-5)


def test_prompts_of_the_setting_take_the_place_of_the_model_s_own(tmp_path: Path) -> None:
    """Each for itself; the checksum tells, since the vectors differ."""
    folder = write_model(tmp_path / "m", config={"prompts": {"query": "honey ", "document": "trams "}})
    encoder = load_encoder(EncoderChoice(str(folder), query=""))
    np.testing.assert_allclose(unit(FOLDED[1]), encoder.encode(["bees"], "query")[0], atol=1e-6)
    np.testing.assert_allclose(unit(FOLDED[3] + FOLDED[1]), encoder.encode(["bees"], "passage")[0], atol=1e-6)
    assert encoder.checksum != StaticEncoder(folder).checksum


def test_a_static_folder_needs_no_torch_and_all_else_does(tmp_path: Path) -> None:
    assert isinstance(load_encoder(), StaticEncoder)
    assert isinstance(load_encoder(EncoderChoice(str(write_model(tmp_path / "m")))), StaticEncoder)
    assert not is_static_model(write_model(tmp_path / "cut", config={"truncate_dim": 2}))
    assert not is_static_model(tmp_path)


def test_the_checksum_is_that_of_the_files(tmp_path: Path) -> None:
    """The same for both classes and both copies; a changed table changes it, the model card does not."""
    folder = write_model(tmp_path / "m")
    before = StaticEncoder(folder).checksum
    assert before == SentenceTransformerEncoder(folder).checksum == model_checksum(write_model(tmp_path / "copy"))
    (folder / "README.md").write_text("A card.", encoding="utf-8")
    assert before == model_checksum(folder)
    assert before != model_checksum(write_model(tmp_path / "other", {"embeddings": FOLDED}))


def test_encoders_have_names(tmp_path: Path) -> None:
    folder = write_model(tmp_path / "m")
    assert ("shipped with CityDesk", str(folder)) == (StaticEncoder(SHIPPED_MODEL).name, StaticEncoder(folder).name)


def test_a_big_batch_is_shared_out_and_stays_in_order(tmp_path: Path) -> None:
    """More texts than one thread takes, and one that is longer than all a thread takes at once."""
    encoder = StaticEncoder(write_model(tmp_path / "m"))
    texts = ["bees", "trams honey", "", "rails"] * 300 + ["honey " * 20_000] + ["trams"] * 300
    expected = np.vstack([encoder.encode([text]) for text in texts])
    np.testing.assert_array_equal(expected, encoder.encode(texts))
