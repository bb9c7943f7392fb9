"""The sentence features: the encoder's own vectors, of one shape for whatever is written, and a no to a bad config."""

import tempfile
import unittest
from pathlib import Path

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from knowledge.static import SHIPPED_MODEL, StaticEncoder
from nlu.components.sentence_featurizer import StaticSentenceFeaturizer, shared_encoder
from nlu.components.spacy_tokenizer import MultilingualSpacyTokenizer
from tests.unit.knowledge.static_models import write_model

EMPTY = ("", "  ", "\x00\u200b")
ODD = ("😀😀😀", "\ud800", "a\ud800b", "?!", "ሰላም", "a" * 10_000, "三" * 10_000)


def featurizer(folder: str, **options: object) -> StaticSentenceFeaturizer:
    """The component as Rasa makes it; what it keeps goes into `folder`."""
    config = {**StaticSentenceFeaturizer.get_default_config(), **options}
    context = ExecutionContext(GraphSchema({}), node_name="sentences")
    return StaticSentenceFeaturizer.create(config, LocalModelStorage(Path(folder)), Resource("sentences"), context)


def message(text: str) -> Message:
    """A message as the tokenizer leaves it."""
    tokenizer = MultilingualSpacyTokenizer(MultilingualSpacyTokenizer.get_default_config())
    return tokenizer.process([Message(data={TEXT: text})])[0]


def vectors(component: StaticSentenceFeaturizer, *texts: str) -> list[np.ndarray]:
    """The dense sentence features of `texts`, processed together."""
    messages = component.process([message(text) for text in texts])
    return [one.get_dense_features(TEXT)[1].features for one in messages]


class FolderTest(unittest.TestCase):
    """A folder for each test, gone afterwards."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name


class FeaturesTest(FolderTest):
    """What a message carries afterwards."""

    def test_each_message_has_one_row_of_float32(self) -> None:
        """For the sentence, under the component's name, and nothing for single words."""
        [one] = featurizer(self.folder).process([message("smart meters")])
        sequence, sentence = one.get_dense_features(TEXT)
        self.assertIsNone(sequence)
        self.assertEqual((1, StaticEncoder().dimension), sentence.features.shape)
        self.assertEqual(np.float32, sentence.features.dtype)
        self.assertEqual(["sentences"], [features.origin for features in one.features])

    def test_vectors_are_the_encoders_own(self) -> None:
        """Search and understanding see one meaning: the shipped encoder's unless another is named."""
        texts = ["What are the three smart meters?", "三表是什麼", "火事です、助けて！"]
        other = write_model(Path(self.folder, "other"))
        for options, encoder, asked in (
            ({}, StaticEncoder(SHIPPED_MODEL), texts),
            ({"model": str(other)}, StaticEncoder(other), ["bees honey", "trams"]),
        ):
            with self.subTest(options=options):
                expected = encoder.encode(asked, "query")
                np.testing.assert_array_equal(expected, np.vstack(vectors(featurizer(self.folder, **options), *asked)))

    def test_weight_is_a_factor(self) -> None:
        """And the type stays what it was, also for a whole number."""
        [plain] = vectors(featurizer(self.folder), "smart meters")
        for weight in (2, 0.5):
            [weighted] = vectors(featurizer(self.folder, weight=weight), "smart meters")
            self.assertEqual(np.float32, weighted.dtype)
            np.testing.assert_allclose(weight * plain, weighted, rtol=1e-6)

    def test_both_chinese_scripts_mean_the_same(self) -> None:
        """Nearer to each other than to a text about something else."""
        traditional, simplified, other = (
            vector[0]
            for vector in vectors(featurizer(self.folder), "請幫我叫救護車", "请帮我叫救护车", "今天有什麼新聞")
        )
        self.assertGreater(traditional @ simplified, 0.9)
        self.assertGreater(traditional @ simplified, traditional @ other)

    def test_whatever_is_written_has_the_same_shape(self) -> None:
        """Emoji, halves of characters, pages of text: a vector of length 1 or 0, never "not a number"."""
        for text, vector in zip(ODD, vectors(featurizer(self.folder), *ODD), strict=True):
            with self.subTest(text=ascii(text[:10])):
                self.assertEqual((1, StaticEncoder().dimension), vector.shape)
                self.assertAlmostEqual(float(vector.any()), float(np.linalg.norm(vector)), places=4)

    def test_what_the_encoder_does_not_know_has_the_zero_vector(self) -> None:
        """A feature all the same: classifiers count on one shape for all that can be read."""
        component = featurizer(self.folder, model=str(write_model(Path(self.folder, "other"))))
        self.assertEqual([[0, 0, 0]], vectors(component, "smart")[0].tolist())

    def test_what_cannot_be_read_gets_none(self) -> None:
        """Empty, blank, invisible, or an example that is an intent and no text: no classifier looks at it."""
        component = featurizer(self.folder)
        for one in (*map(message, EMPTY), Message(data={INTENT: "greet"})):
            with self.subTest(data=ascii(one.data)):
                self.assertEqual([], component.process([one])[0].features)
        self.assertEqual([], component.process([]))

    def test_training_examples_have_what_messages_have(self) -> None:
        """One batch for all of them gives each the vector that it has alone."""
        examples = [message(f"question {number} about trams") for number in range(300)]
        component = featurizer(self.folder)
        component.process_training_data(TrainingData(examples))
        for example in examples[::50]:
            [alone] = vectors(component, example.get(TEXT))
            np.testing.assert_array_equal(alone, example.get_dense_features(TEXT)[1].features)


class ConfigTest(FolderTest):
    """What config.yml may say."""

    def test_options_that_make_no_sense_are_refused(self) -> None:
        """Naming the file, the component, the option and what to write."""
        for options in (
            *({"weight": weight} for weight in (0, -1, float("nan"), float("inf"), "4", None, True)),
            {"model": 5},
            {"model": ["knowledge/model"]},
        ):
            [option] = options
            with (
                self.subTest(options=options),
                self.assertRaisesRegex(
                    InvalidConfigException, f"config.yml, StaticSentenceFeaturizer: {option} is .*Write "
                ),
            ):
                featurizer(self.folder, **options)

    def test_a_model_that_cannot_be_loaded_is_named(self) -> None:
        """With the file that is missing and the option that named it."""
        with self.assertRaisesRegex(InvalidConfigException, r"config.yml.*'model'.*nowhere/modules.json"):
            featurizer(self.folder, model=str(Path(self.folder, "nowhere")))

    def test_a_model_is_looked_for_in_the_project(self) -> None:
        """Not in the folder that a command happens to be started from."""
        [shipped] = vectors(featurizer(self.folder), "smart meters")
        [named] = vectors(featurizer(self.folder, model="knowledge/model"), "smart meters")
        np.testing.assert_array_equal(shipped, named)


class SharingTest(FolderTest):
    """Loading costs time and memory: once is enough, and once too rarely is wrong."""

    def test_the_encoder_is_loaded_once(self) -> None:
        """For all components of a process."""
        self.assertIs(shared_encoder(SHIPPED_MODEL), shared_encoder(SHIPPED_MODEL))

    def test_a_changed_encoder_is_loaded_anew(self) -> None:
        """A server takes newly trained models while it runs."""
        model = Path(self.folder, "model")
        write_model(model)
        former = shared_encoder(model)
        model.rename(Path(self.folder, "former"))
        write_model(model, config={"prompts": {"query": "honey "}})
        self.assertNotEqual(former.checksum, shared_encoder(model).checksum)


if __name__ == "__main__":
    unittest.main()
