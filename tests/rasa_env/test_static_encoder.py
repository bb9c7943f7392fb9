"""The sentence encoder beside Rasa: Python 3.10, its own numpy, nothing heavy."""

import sys
import unittest

import numpy as np

from knowledge.static import SHIPPED_MODEL, StaticEncoder


class StaticEncoderTest(unittest.TestCase):
    """The shipped model as a component of the understanding loads it."""

    @classmethod
    def setUpClass(cls) -> None:
        cls.encoder = StaticEncoder(SHIPPED_MODEL)

    def test_vectors_are_unit_vectors_or_zeros(self) -> None:
        """Any text, of any script or none."""
        vectors = self.encoder.encode(["smart meters", "三表是什麼", "火事です", "", "\ud800", "🙂"], "query")
        self.assertEqual((6, self.encoder.dimension), vectors.shape)
        self.assertEqual(np.float32, vectors.dtype)
        np.testing.assert_allclose([1, 1, 1, 0, 0, 0], np.linalg.norm(vectors, axis=1), atol=1e-4)

    def test_one_meaning_is_nearer_than_another(self) -> None:
        """The table was read in its right order."""
        asked, same, other = self.encoder.encode(
            ["Where is the nearest hospital?", "最近的醫院在哪裡", "我想在網路上繳電費"], "query"
        )
        self.assertGreater(asked @ same, asked @ other)

    def test_nothing_of_the_other_environment_is_needed(self) -> None:
        """Neither torch nor the index: they are not installed here."""
        self.assertEqual(set(), {"torch", "sentence_transformers", "faiss", "pydantic_settings"} & sys.modules.keys())


if __name__ == "__main__":
    unittest.main()
