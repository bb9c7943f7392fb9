"""Intents by a linear support-vector machine on weighed counts: quick to train on tens of thousands of examples."""

import json
from typing import Any, Dict, List, Text, Tuple

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.constants import TOKENS_NAMES
from rasa.nlu.featurizers.featurizer import Featurizer
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix, hstack, vstack
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.svm import LinearSVC

_ARRAYS, _INTENTS = "classifier.npz", "intents.json"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class MarginIntentClassifier(GraphComponent, IntentClassifier):
    """A linear classifier over what featurizers give for a message as a whole.

    Counts (sparse features) are weighed by how rare they are, each message's at length 1; dense features stay as they
    are. Margins become confidences by a softmax whose `sharpness` says how sure a wide margin is. What a model keeps
    are arrays and names: nothing in it is run when it is read.
    """

    @classmethod
    def required_components(cls) -> List[Any]:
        """Components that should be included in the pipeline before this component."""
        return [Featurizer]

    @staticmethod
    def required_packages() -> List[Text]:
        """Packages that must be importable before Rasa builds this component."""
        return ["sklearn", "scipy"]

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """`strength` (C) lets weights grow, `sharpness` makes confidences extreme; the rest as in scikit-learn."""
        return {"strength": 1.0, "sharpness": 3.0, "max_iter": 2000, "random_state": 119}

    def __init__(self, config: Dict[Text, Any], storage: ModelStorage, resource: Resource) -> None:
        """A classifier that knows nothing yet."""
        self._config, self._storage, self._resource = config, storage, resource
        self._intents: List[Text] = []
        self._rarity = np.zeros(0, np.float32)
        self._weights = np.zeros((0, 0), np.float32)  # (intents, counts and dense features)
        self._offsets = np.zeros(0, np.float32)

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "MarginIntentClassifier":
        """An untrained component."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "MarginIntentClassifier":
        """What `train` has kept; an untrained component where it had nothing to learn from."""
        component = cls(config, model_storage, resource)
        try:
            with model_storage.read_from(resource) as folder:
                component._intents = json.loads((folder / _INTENTS).read_text(encoding="utf-8"))
                with np.load(folder / _ARRAYS) as arrays:
                    component._rarity, component._weights = arrays["rarity"], arrays["weights"]
                    component._offsets = arrays["offsets"]
        except ValueError:  # Rasa's word for a resource that is not there
            pass
        return component

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from all examples that have an intent and features."""
        examples = [one for one in training_data.intent_examples if one.get(INTENT) and one.get(TOKENS_NAMES[TEXT])]
        intents = [one.get(INTENT) for one in examples]
        if len(set(intents)) < 2:
            return self._resource
        counts, dense = _features(examples)
        weighing = TfidfTransformer(sublinear_tf=True)
        features = hstack([weighing.fit_transform(counts), csr_matrix(dense)], format="csr")
        machine = LinearSVC(
            C=self._config["strength"],
            max_iter=self._config["max_iter"],
            random_state=self._config["random_state"],
            class_weight="balanced",
        ).fit(features, intents)
        self._intents = [str(intent) for intent in machine.classes_]
        weights, offsets = machine.coef_, machine.intercept_
        if len(self._intents) == 2:  # scikit-learn tells two classes apart by one margin
            weights, offsets = np.vstack([-weights, weights]), np.concatenate([-offsets, offsets])
        self._rarity = weighing.idf_.astype(np.float32)
        self._weights, self._offsets = weights.astype(np.float32), offsets.astype(np.float32)
        with self._storage.write_to(self._resource) as folder:
            (folder / _INTENTS).write_text(json.dumps(self._intents), encoding="utf-8")
            np.savez(folder / _ARRAYS, rarity=self._rarity, weights=self._weights, offsets=self._offsets)
        return self._resource

    def process(self, messages: List[Message]) -> List[Message]:
        """Sets intent and ranking; a message without tokens gets no intent, which the fallback then takes."""
        readable = [message for message in messages if message.get(TOKENS_NAMES[TEXT])] if self._intents else []
        for message in messages:
            message.set(INTENT, {INTENT_NAME_KEY: None, PREDICTED_CONFIDENCE_KEY: 0.0}, add_to_output=True)
            message.set(INTENT_RANKING_KEY, [], add_to_output=True)
        if readable:
            for message, confidences in zip(readable, self._confidences(readable), strict=True):
                ranking = [
                    {INTENT_NAME_KEY: self._intents[at], PREDICTED_CONFIDENCE_KEY: float(confidences[at])}
                    for at in np.argsort(-confidences, kind="stable")
                ]
                message.set(INTENT, ranking[0], add_to_output=True)
                message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        return messages

    def _confidences(self, messages: List[Message]) -> Any:
        """Shape (messages, intents), each row adding up to 1."""
        counts, dense = _features(messages)
        margins = _weighed(counts, self._rarity) @ self._weights[:, : counts.shape[1]].T
        margins = margins + dense @ self._weights[:, counts.shape[1] :].T + self._offsets
        exponents = np.exp(self._config["sharpness"] * (margins - margins.max(axis=1, keepdims=True)))
        return exponents / exponents.sum(axis=1, keepdims=True)


def _features(messages: List[Message]) -> Tuple[csr_matrix, Any]:
    """What featurizers gave for each message as a whole: counts (messages, counts), dense (messages, dimension)."""
    counts, dense = [], []
    for message in messages:
        _, sparse_of_all = message.get_sparse_features(TEXT)
        _, dense_of_all = message.get_dense_features(TEXT)
        counts.append(csr_matrix(sparse_of_all.features) if sparse_of_all else csr_matrix((1, 0)))
        dense.append(dense_of_all.features if dense_of_all else np.zeros((1, 0), np.float32))
    return vstack(counts, format="csr"), np.vstack(dense)


def _weighed(counts: csr_matrix, rarity: Any) -> csr_matrix:
    """As scikit-learn's TfidfTransformer does it, which would check everything anew for each message."""
    weighed = csr_matrix(counts, dtype=np.float32, copy=True)
    weighed.data = (1 + np.log(weighed.data)) * rarity[weighed.indices]
    lengths = np.sqrt(weighed.multiply(weighed).sum(axis=1)).A1
    weighed.data /= np.repeat(np.maximum(lengths, 1e-12), np.diff(weighed.indptr))
    return weighed
