"""Rasa's linear intent classifier, made safe for messages in which there is nothing to read."""

from typing import List

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.classifiers.logistic_regression_classifier import LogisticRegressionClassifier
from rasa.nlu.constants import TOKENS_NAMES
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class CountsIntentClassifier(LogisticRegressionClassifier):
    """Logistic regression on sentence features; the parent fails on a message without any."""

    def process(self, messages: List[Message]) -> List[Message]:
        """Sets intent and ranking; a message without tokens gets no intent, which the fallback then takes."""
        readable = [message for message in messages if message.get(TOKENS_NAMES[TEXT])]
        for message in messages:
            message.set(INTENT, {"name": None, "confidence": 0.0}, add_to_output=True)
            message.set(INTENT_RANKING_KEY, [], add_to_output=True)
        if readable:
            super().process(readable)
        return messages
