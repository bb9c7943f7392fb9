"""What a message means, as a vector of the project's own sentence encoder: a dense featurizer of Rasa, without torch.

Counts of words say nothing about a language that has no examples; sentences of one meaning have near vectors in all
languages that the encoder knows.
"""

import hashlib
import inspect
import math
from functools import lru_cache
from pathlib import Path
from typing import Any, Dict, List, Text, Type

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import TOKENS_NAMES
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from knowledge import static
from knowledge.errors import EncoderError

PROJECT_ROOT = Path(__file__).resolve().parents[2]

_CHECKSUM_FILE = "encoder"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class StaticSentenceFeaturizer(DenseFeaturizer, GraphComponent):
    """One dense sentence feature of shape (1, dimension), float32, of length `weight`, for each message with tokens.

    A text without any piece that the encoder knows has the zero vector, so that all messages have the same shape; one
    without tokens has no features at all, as with Rasa's own featurizers, for classifiers tell it by that. There are
    no sequence features: a static encoder's vector of one word depends on nothing around it. Nothing is
    learned; the component counts as trainable because the model keeps the checksum of its encoder.
    """

    @classmethod
    def required_components(cls) -> List[Type]:
        """Components that should be included in the pipeline before this component."""
        return [Tokenizer]

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """`model`: folder of a static model, from the project's root on (none: the shipped one); `weight`: a factor.

        Classifiers that punish large coefficients, as linear ones do, listen more to features of greater weight.
        """
        return {**DenseFeaturizer.get_default_config(), "model": None, "weight": 1.0}

    @staticmethod
    def required_packages() -> List[Text]:
        """Packages that must be importable before Rasa builds this component."""
        return ["numpy", "tokenizers", "safetensors"]

    @classmethod
    def validate_config(cls, config: Dict[Text, Any]) -> None:
        """Raises InvalidConfigException for a model that is no folder's name, or a weight that is no weight."""
        model, weight = config["model"], config["weight"]
        if model is not None and not isinstance(model, str):
            raise _misconfigured("model", model, "the folder of a static model, or leave it out for the shipped one")
        if type(weight) not in (int, float) or not 0 < weight < math.inf:
            raise _misconfigured("weight", weight, "a number above 0")

    @classmethod
    def fingerprint_addon(cls, config: Dict[Text, Any]) -> Text:
        """What Rasa's cache of features depends on beside the config: the encoder's files, and how they are read.

        Rasa also asks with the config of a stand-in, where it has taken a part of the training from its cache.
        """
        runtime = hashlib.sha256(inspect.getsource(static).encode()).hexdigest()
        return f"{static.model_checksum(_folder(config))} {runtime}"

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "StaticSentenceFeaturizer":
        """A component for training (see parent class)."""
        return cls(config, execution_context.node_name, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "StaticSentenceFeaturizer":
        """The component of a trained model; raises InvalidConfigException where the encoder is another by now."""
        component = cls.create(config, model_storage, resource, execution_context)
        with model_storage.read_from(resource) as folder:
            component._check(trained_with=(folder / _CHECKSUM_FILE).read_text(encoding="utf-8"))
        return component

    def __init__(self, config: Dict[Text, Any], name: Text, model_storage: ModelStorage, resource: Resource) -> None:
        """Loads the encoder, or takes the one that is loaded already; raises InvalidConfigException if it cannot."""
        super().__init__(name, config)
        self._model_storage, self._resource = model_storage, resource
        self._encoder = shared_encoder(_folder(config))

    def train(self, training_data: TrainingData) -> Resource:
        """Writes down which encoder the features are from."""
        with self._model_storage.write_to(self._resource) as folder:
            (folder / _CHECKSUM_FILE).write_text(self._encoder.checksum, encoding="utf-8")
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Adds the features to all examples, encoded in one batch."""
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        """Adds the features to the messages that have tokens; what is encoded is the whole text."""
        readable = [message for message in messages if message.get(TOKENS_NAMES[TEXT])]
        vectors = self._encoder.encode([message.get(TEXT) for message in readable], "query") * self._config["weight"]
        for message, vector in zip(readable, vectors, strict=True):
            message.add_features(Features(vector[None], FEATURE_TYPE_SENTENCE, TEXT, self._identifier))
        return messages

    def _check(self, trained_with: Text) -> None:
        if trained_with != self._encoder.checksum:
            raise InvalidConfigException(
                f"The dialogue model was trained with another sentence encoder (checksum {trained_with}) than the one "
                f"in {_folder(self._config)} (checksum {self._encoder.checksum}), so it would misunderstand what it "
                "reads. What to do: train it anew with 'citydesk train --force', or put the former encoder back."
            )


def _folder(config: Dict[Text, Any]) -> Path:
    model = config.get("model")
    return PROJECT_ROOT / Path(str(model)).expanduser() if model else static.SHIPPED_MODEL


def shared_encoder(folder: Path) -> static.StaticEncoder:
    """The encoder in `folder`, loaded once for all components of a process, and anew when its files have changed.

    A server that is given a newly trained model while it runs must not meet the former encoder again. Raises
    InvalidConfigException when it cannot be loaded.
    """
    try:
        return _loaded(folder, static.model_checksum(folder))
    except EncoderError as error:
        raise InvalidConfigException(f"config.yml, StaticSentenceFeaturizer, option 'model': {error}") from error


@lru_cache(maxsize=1)
def _loaded(folder: Path, checksum: Text) -> static.StaticEncoder:
    return static.StaticEncoder(folder)


def _misconfigured(option: Text, value: Any, wanted: Text) -> InvalidConfigException:
    return InvalidConfigException(f"config.yml, StaticSentenceFeaturizer: {option} is {value!r}. Write {wanted}.")
