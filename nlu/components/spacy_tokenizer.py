"""Rasa's tokenizer for messages in any language: blank spaCy pipelines, chosen by the message's script.

Token texts are what the reader wrote; lemmas are folded (see folding.py), and the featurizers read lemmas.
What reaches the classifier is capped, since its cost in time and memory grows steeply with its length.
"""

import logging
from typing import Any, Dict, List, Text

import spacy
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.training_data.message import Message

from nlu.components.folding import fold
from nlu.components.script import HAN, SPACE, Run, pipeline_language, runs, split_japanese

logger = logging.getLogger(__name__)

# Rasa's featurizer reads every number as the same word, but 119, 110, 1999 and 5 mean different things: circled
# digits are not numbers to it.
_KEPT_APART = str.maketrans("0123456789", "⓪①②③④⑤⑥⑦⑧⑨")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class MultilingualSpacyTokenizer(Tokenizer):
    """Tokens for English, Chinese and Japanese, also mixed in one message; no model files needed.

    Rasa knows components by the bare name of their class: this must not be `SpacyTokenizer`, which is Rasa's own.
    """

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """Rasa's own tokenizer options, and the caps: characters read and tokens kept per message."""
        return {
            "intent_tokenization_flag": False,
            "intent_split_symbol": "_",
            "token_pattern": None,
            "prefix_separator_symbol": None,
            "max_characters": 500,
            "max_tokens": 256,
        }

    @staticmethod
    def required_packages() -> List[Text]:
        """Packages that must be importable before Rasa builds this component."""
        return ["spacy", "opencc"]

    def __init__(self, config: Dict[Text, Any]) -> None:
        """Builds the two pipelines; blank ones take a few milliseconds."""
        super().__init__(config)
        self._english = spacy.blank("en")
        self._chinese = spacy.blank("zh")  # segments by character unless told otherwise

    def tokenize(self, message: Message, attribute: Text) -> List[Token]:
        """Tokens of one attribute in order; none for an empty or blank text."""
        text: Text = message.get(attribute) or ""
        max_characters, max_tokens = self._config["max_characters"], self._config["max_tokens"]
        folded = fold(text[:max_characters])
        lemmas = folded.translate(_KEPT_APART)
        pieces = self._split(folded)
        if len(text) > max_characters or len(pieces) > max_tokens:
            logger.warning(
                "MultilingualSpacyTokenizer: a message of %d characters goes over the limits; "
                "only its first %d characters and %d tokens are read.",
                len(text),
                max_characters,
                max_tokens,
            )
        return [
            Token(text[start:end], start, end, lemma=lemmas[start:end]) for start, end, _script in pieces[:max_tokens]
        ]

    def _split(self, folded: Text) -> List[Run]:
        language = pipeline_language(folded)
        if language == "ja":
            return split_japanese(folded)
        if language == "en":
            return self._spacy_pieces(self._english, folded, Run(0, len(folded), language))
        # spaCy's Chinese pipeline would cut Latin words and numbers into characters too: it gets only Han.
        pieces: List[Run] = []
        for run in runs(folded):
            if run.script != SPACE:
                pipeline = self._chinese if run.script == HAN else self._english
                pieces.extend(self._spacy_pieces(pipeline, folded, run))
        return pieces

    @staticmethod
    def _spacy_pieces(pipeline: "spacy.language.Language", folded: Text, run: Run) -> List[Run]:
        tokens = pipeline.make_doc(folded[run.start : run.end])
        return [
            Run(run.start + token.idx, run.start + token.idx + len(token.text), run.script)
            for token in tokens
            if not token.is_space
        ]
