"""The encoder's tokenizer: Unigram pieces, learned on the training text and weighted by its frequencies.

Pieces keep the mark of a word's start ("▁"), except those of Han and kana, where words have no start that can be seen:
there the mark is a piece of its own, without meaning. Scripts are parted before pieces are cut, so a Latin name
within Chinese is the same pieces as in English.
"""

import io
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import sentencepiece
from tokenizers import Regex, Tokenizer
from tokenizers.models import Unigram
from tokenizers.normalizers import NFKC, Lowercase, Normalizer, Precompiled, Replace
from tokenizers.normalizers import Sequence as Normalizers
from tokenizers.pre_tokenizers import Metaspace, PreTokenizer, Split, UnicodeScripts
from tokenizers.pre_tokenizers import Sequence as PreTokenizers
from tokenizers.trainers import UnigramTrainer

from knowledge.training.folding import ARTICLES, character_map, parsed
from knowledge.training.recipe import Recipe

UNKNOWN, START = "<unk>", "▁"
RARE = 3
LONGEST_PIECE = 16
LONGEST_TEXT = 4_000  # bytes
NEVER = -1_000.0  # a score that any way around it beats
SPARE = 1.015  # pieces that fall together when Han and kana lose their mark
_UNSPACED = re.compile("▁?[\u3040-\u30ff\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Pieces:
    """A tokenizer, and the tokens of it that carry no meaning."""

    tokenizer: Tokenizer
    ignored: frozenset[int]

    @property
    def count(self) -> int:
        """How many tokens there are, and so rows of a table for them."""
        return int(self.tokenizer.get_vocab_size())

    def unspaced(self) -> list[int]:
        """The tokens of Han and kana, scripts that put no spaces between words."""
        return [token for piece, token in self.tokenizer.get_vocab().items() if _UNSPACED.match(piece)]


def learn_pieces(texts: Mapping[str, int], recipe: Recipe) -> Pieces:
    """Learn about `recipe.pieces` pieces on `texts`, each of which counts as often as its number says."""
    normalizer = _normalizer(recipe.folded)
    folded = [(normalizer.normalize_str(text).strip(), times) for text, times in texts.items()]
    known = _frequent_characters(text for text, _ in folded)

    def lines() -> Iterator[str]:
        for text, times in folded:
            line = re.sub(" +", " ", "".join(c if c in known else " " for c in text)).strip()
            for _ in range(times if line else 0):
                yield line

    learn = _by_sentencepiece if recipe.learner == "sentencepiece" else _by_tokenizers
    scores: dict[str, float] = {}
    for piece, score in learn(lines(), round(recipe.pieces * SPARE)):
        piece = piece.removeprefix(START) if _UNSPACED.match(piece) else piece
        scores[piece] = max(score, scores.get(piece, score))
    scores[START] = -2.0
    vocabulary = [(UNKNOWN, min(scores.values()) - 10.0), *((p, round(s, 3)) for p, s in scores.items())]
    tokenizer = Tokenizer(Unigram(vocabulary, unk_id=0))
    tokenizer.normalizer = normalizer
    tokenizer.pre_tokenizer = _pre_tokenizer(recipe.folded)
    ids = tokenizer.get_vocab()
    return Pieces(tokenizer, frozenset({ids[UNKNOWN], ids[START]}))


def weakened(pieces: Pieces, share: float, chance: np.random.Generator) -> Pieces:
    """The same tokens, but a random `share` of the longer ones is never cut: their texts fall into shorter ones.

    Learned from now and then, it makes short pieces good for words that were never seen (subword regularisation).
    """
    model = json.loads(pieces.tokenizer.to_str())["model"]
    vocabulary = [
        (piece, NEVER if len(piece.lstrip(START)) > 1 and chance.random() < share and piece != UNKNOWN else score)
        for piece, score in model["vocab"]
    ]
    tokenizer = Tokenizer(Unigram(vocabulary, unk_id=model["unk_id"]))
    tokenizer.normalizer = pieces.tokenizer.normalizer
    tokenizer.pre_tokenizer = pieces.tokenizer.pre_tokenizer
    return Pieces(tokenizer, pieces.ignored)


def _normalizer(folded: bool) -> Normalizer:
    if not folded:
        return Normalizers([NFKC(), Lowercase()])
    # The map looks at one character at a time, so letters and their marks have to be joined before.
    return Normalizers([NFKC(), Precompiled(character_map()), *(Replace(Regex(article), "") for article in ARTICLES)])


def _pre_tokenizer(folded: bool) -> PreTokenizer:
    """Folding has already made punctuation to spaces; else it is cut off here."""
    signs = [] if folded else [Split(Regex(r"[^\p{L}\p{M}\p{N}ー々]+"), "removed")]
    return PreTokenizers([*signs, UnicodeScripts(), Metaspace(prepend_scheme="always", split=True)])


def _frequent_characters(texts: Iterator[str]) -> set[str]:
    """Characters seen often enough to learn something about them; all others would each cost a row."""
    counts = Counter[str]()
    for text in texts:
        counts.update(text)
    return {character for character, count in counts.items() if count >= RARE}


def _by_sentencepiece(lines: Iterator[str], size: int) -> list[tuple[str, float]]:
    written = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=lines,
        model_writer=written,
        vocab_size=size,
        hard_vocab_limit=False,
        normalization_rule_name="identity",
        character_coverage=1.0,
        max_sentencepiece_length=LONGEST_PIECE,
        max_sentence_length=LONGEST_TEXT,
        seed_sentencepiece_size=1_500_000,
        num_threads=2,
        bos_id=-1,
        eos_id=-1,
        minloglevel=2,
    )
    return [(piece.piece, piece.score) for piece in parsed(written.getvalue()).pieces if piece.type == piece.NORMAL]


def _by_tokenizers(lines: Iterator[str], size: int) -> list[tuple[str, float]]:
    """The other learner looks at distinct words alone, so a word that is in no other word never becomes a piece."""
    learner = Tokenizer(Unigram())
    learner.pre_tokenizer = _pre_tokenizer(folded=False)
    trainer = UnigramTrainer(
        vocab_size=size,
        unk_token=UNKNOWN,
        special_tokens=[UNKNOWN],
        max_piece_length=LONGEST_PIECE,
        show_progress=False,
    )
    learner.train_from_iterator(lines, trainer=trainer)
    return [(p, s) for p, s in json.loads(learner.to_str())["model"]["vocab"] if p != UNKNOWN]
