"""The intent classifier: what it learns, keeps, and says of messages in which there is nothing to read."""

import tempfile
import unittest
from pathlib import Path

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.nlu.constants import TOKENS_NAMES
from rasa.nlu.tokenizers.tokenizer import Token
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix, random
from sklearn.feature_extraction.text import TfidfTransformer

from nlu.components.margin_classifier import MarginIntentClassifier, _weighed

WORDS = ("bees", "trams", "news", "help")
CONTEXT = ExecutionContext(GraphSchema({}))


def message(text: str, intent: str = "", dense: bool = True) -> Message:
    """A message as featurizers leave it: counts of `WORDS`, and a dense vector of two numbers."""
    found = Message({TEXT: text, **({INTENT: intent} if intent else {})})
    words = text.split()
    found.set(TOKENS_NAMES[TEXT], [Token(word, 0) for word in words])
    if words:
        counts = csr_matrix([[words.count(word) for word in WORDS]])
        found.add_features(Features(counts, "sentence", TEXT, "counts"))
        if dense:
            vector = np.array([[len(words), "bees" in words]], np.float32)
            found.add_features(Features(vector, "sentence", TEXT, "meaning"))
    return found


EXAMPLES = [
    message("bees bees", "insects"),
    message("bees", "insects"),
    message("trams", "transport"),
    message("trams trams", "transport"),
    message("news", "latest_news"),
    message("news news", "latest_news"),
]


class MarginIntentClassifierTest(unittest.TestCase):
    """Trained on a handful of examples, in a folder that is gone afterwards."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.storage, self.resource = LocalModelStorage(Path(folder.name)), Resource("classifier")

    def trained(self, examples: list) -> MarginIntentClassifier:
        config = MarginIntentClassifier.get_default_config()
        MarginIntentClassifier.create(config, self.storage, self.resource, CONTEXT).train(TrainingData(examples))
        return MarginIntentClassifier.load(config, self.storage, self.resource, CONTEXT)

    def test_what_was_learned_is_kept(self) -> None:
        classifier = self.trained(EXAMPLES)
        for example in EXAMPLES:
            asked = message(example.get(TEXT))
            classifier.process([asked])
            self.assertEqual(example.get(INTENT), asked.get(INTENT)["name"])

    def test_confidences_are_ranked_and_add_up_to_one(self) -> None:
        asked = message("trams")
        self.trained(EXAMPLES).process([asked])
        confidences = [one["confidence"] for one in asked.get(INTENT_RANKING_KEY)]
        self.assertEqual(sorted(confidences, reverse=True), confidences)
        self.assertAlmostEqual(1.0, sum(confidences), places=5)
        self.assertEqual(3, len(confidences))

    def test_two_intents_are_told_apart_too(self) -> None:
        classifier = self.trained(EXAMPLES[:4])
        for text, intent in (("bees", "insects"), ("trams", "transport")):
            asked = message(text)
            classifier.process([asked])
            self.assertEqual(intent, asked.get(INTENT)["name"])

    def test_a_message_without_tokens_gets_no_intent(self) -> None:
        empty, asked = message(""), message("bees")
        self.trained(EXAMPLES).process([empty, asked])
        self.assertEqual(({"name": None, "confidence": 0.0}, []), (empty.get(INTENT), empty.get(INTENT_RANKING_KEY)))
        self.assertEqual("insects", asked.get(INTENT)["name"])

    def test_a_message_of_unknown_words_gets_some_intent(self) -> None:
        """No count to weigh by: it must not fail."""
        asked = message("zebra")
        self.trained(EXAMPLES).process([asked])
        self.assertIn(asked.get(INTENT)["name"], {"insects", "transport", "latest_news"})

    def test_counts_alone_will_do(self) -> None:
        examples = [message(one.get(TEXT), one.get(INTENT), dense=False) for one in EXAMPLES]
        asked = message("news", dense=False)
        self.trained(examples).process([asked])
        self.assertEqual("latest_news", asked.get(INTENT)["name"])

    def test_without_anything_to_learn_nothing_is_claimed(self) -> None:
        asked = message("bees")
        self.trained(EXAMPLES[:2]).process([asked])
        self.assertEqual({"name": None, "confidence": 0.0}, asked.get(INTENT))

    def test_counts_are_weighed_as_scikit_learn_does(self) -> None:
        counts = random(20, 30, 0.2, format="csr", random_state=3)
        counts.data = np.ceil(counts.data * 5)
        weighing = TfidfTransformer(sublinear_tf=True).fit(counts)
        expected = weighing.transform(counts).toarray()
        np.testing.assert_allclose(expected, _weighed(counts, weighing.idf_).toarray(), rtol=1e-5, atol=1e-6)
