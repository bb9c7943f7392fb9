"""Trained models and their encoder: what was trained with one is not used with another, nor taken from Rasa's cache."""

import asyncio
import os
import tempfile
import unittest
from pathlib import Path

from rasa.core.agent import Agent
from rasa.engine.caching import CACHE_LOCATION_ENV
from rasa.engine.training.fingerprinting import calculate_fingerprint_key
from rasa.model_training import train_nlu
from rasa.shared.exceptions import InvalidConfigException

from nlu.components.sentence_featurizer import StaticSentenceFeaturizer
from tests.unit.knowledge.static_models import MAPPING, quantised, write_model

CONFIG = """
recipe: default.v1
assistant_id: trial
language: en
pipeline:
  - name: nlu.components.spacy_tokenizer.MultilingualSpacyTokenizer
  - name: CountVectorsFeaturizer
  - name: nlu.components.sentence_featurizer.StaticSentenceFeaturizer
    model: {model}
    weight: 4
  - name: nlu.components.margin_classifier.MarginIntentClassifier
    max_iter: {iterations}
"""
DATA = """
version: "3.1"
nlu:
  - intent: insects
    examples: |
      - bees
      - bees bees
  - intent: transport
    examples: |
      - trams
      - trams trams
"""


class ModelTest(unittest.TestCase):
    """Rasa's own training on four examples, with its cache, in a folder that is gone afterwards."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        former = os.environ.get(CACHE_LOCATION_ENV)
        os.environ[CACHE_LOCATION_ENV] = str(self.folder / "cache")
        self.addCleanup(
            lambda: os.environ.update({CACHE_LOCATION_ENV: former}) if former else os.environ.pop(CACHE_LOCATION_ENV)
        )
        self.encoder = write_model(self.folder / "encoder")
        (self.folder / "nlu.yml").write_text(DATA, encoding="utf-8")

    def train(self, iterations: int = 100) -> str:
        """Trains as `rasa train nlu` does, and gives back the model's path."""
        config = self.folder / "config.yml"
        config.write_text(CONFIG.format(model=self.encoder, iterations=iterations), encoding="utf-8")
        model = train_nlu(str(config), str(self.folder / "nlu.yml"), str(self.folder / "models"))
        self.assertIsNotNone(model)
        return str(model)

    def change_encoder(self) -> None:
        """From now on "honey" is near to "trams", and "rails" to "bees"."""
        self.encoder.rename(self.folder / "former")
        write_model(self.encoder, {**quantised(), "mapping": MAPPING[[0, 1, 4, 3, 2]]})

    def intent(self, model: str, text: str) -> str:
        """What the model, loaded afresh, takes a text for."""
        return str(asyncio.run(Agent.load(model).parse_message(text))["intent"]["name"])

    def fingerprint(self, **options: object) -> str:
        """The key under which Rasa looks for the component's output in its cache."""
        config = {**StaticSentenceFeaturizer.get_default_config(), "model": str(self.encoder), **options}
        return calculate_fingerprint_key(StaticSentenceFeaturizer, config, {})

    def test_a_word_without_examples_is_understood_by_its_meaning(self) -> None:
        """Trained, packed, loaded: the classifier does use the features, for no count knows these words."""
        model = self.train()
        self.assertEqual(["insects", "transport"], [self.intent(model, text) for text in ("honey", "rails")])

    def test_training_goes_on_from_the_cache(self) -> None:
        """Where only the classifier has changed, its features are as they were."""
        self.train()
        model = self.train(iterations=200)
        self.assertEqual(["insects", "transport"], [self.intent(model, text) for text in ("honey", "rails")])

    def test_another_encoder_is_refused(self) -> None:
        """By name, and with the command that mends it."""
        model = self.train()
        self.change_encoder()
        with self.assertRaisesRegex(InvalidConfigException, f"{self.encoder} .*citydesk train"):
            Agent.load(model)

    def test_training_anew_mends_it(self) -> None:
        """Nothing of what the cache holds from the former encoder is used, the classifier included."""
        self.train()
        self.change_encoder()
        model = self.train()
        self.assertEqual(["transport", "insects"], [self.intent(model, text) for text in ("honey", "rails")])

    def test_the_cache_tells_encoders_and_weights_apart(self) -> None:
        """And only those: what has not changed is not computed again."""
        first = self.fingerprint()
        self.assertEqual(first, self.fingerprint())
        self.assertNotEqual(first, self.fingerprint(weight=2.0))
        self.change_encoder()
        self.assertNotEqual(first, self.fingerprint())


if __name__ == "__main__":
    unittest.main()
