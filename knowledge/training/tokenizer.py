"""The encoder's tokenizer: Unigram pieces for three writing systems, where the scripts of Chinese share rows.

The pieces are learned on text whose Han characters are folded one by one to their Simplified form. Afterwards
each folded piece is joined by all its unfolded spellings in the training text ("電話" beside "电话"), with
the same score, and `mapping` sends them all to one row of the table. So a text is cut the same way in
either script and has the same vector, the runtime needs no conversion, and no row is spent twice.
"""

import json
import string
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product

from tokenizers import Regex, Tokenizer
from tokenizers.models import Unigram
from tokenizers.normalizers import NFKC, Lowercase
from tokenizers.normalizers import Sequence as Normalizers
from tokenizers.pre_tokenizers import Metaspace, Split
from tokenizers.pre_tokenizers import Sequence as PreTokenizers
from tokenizers.trainers import UnigramTrainer

from knowledge.training.data import to_simplified

UNKNOWN = "<unk>"
CJK = r"\p{Han}\p{Hiragana}\p{Katakana}ー々"
RARE = 3
MAX_SPELLINGS = 6


@dataclass(frozen=True, slots=True)
class Pieces:
    """A tokenizer and, for each of its token ids, the row of the table that holds the token's vector."""

    tokenizer: Tokenizer
    mapping: list[int]
    rows: int


def train_tokenizer(texts: Sequence[str], rows: int) -> Pieces:
    """Learn about `rows` pieces on `texts`; row 0 stands for everything unknown."""
    normalise = _normalizer().normalize_str
    counts = Counter(normalise(text) for text in texts)
    folded = Counter[str]()
    for text, count in counts.items():
        folded[fold(text)] += count
    known = _frequent_characters(folded)
    learner = _tokenizer(Unigram())
    trainer = UnigramTrainer(
        vocab_size=rows, unk_token=UNKNOWN, special_tokens=[UNKNOWN], max_piece_length=16, show_progress=False
    )
    cleaned = ("".join(c if c in known else " " for c in text) for text in folded)
    learner.train_from_iterator(cleaned, trainer=trainer)
    scores = {piece: learner_score for piece, learner_score in _scores(learner) if piece != UNKNOWN}
    return _with_spellings(scores, _spellings(learner, counts))


@cache
def fold_character(character: str) -> str:
    """The Simplified form of one Han character; anything else as it is."""
    simplified = to_simplified(character)
    return simplified if len(simplified) == 1 else character


def fold(text: str) -> str:
    """`text` folded character by character, so its length stays."""
    return "".join(map(fold_character, text))


def _normalizer() -> Normalizers:
    return Normalizers([NFKC(), Lowercase()])


def _tokenizer(model: Unigram) -> Tokenizer:
    """Punctuation is dropped; words and digits get the word-start mark, runs of Han and kana do not."""
    tokenizer = Tokenizer(model)
    tokenizer.normalizer = _normalizer()
    tokenizer.pre_tokenizer = PreTokenizers(
        [
            Split(Regex(r"[^\p{L}\p{M}\p{N}ー々]+"), "removed"),
            Split(Regex(rf"[{CJK}]+"), "isolated"),
            Metaspace(prepend_scheme="always", split=False),
            Split(Regex(rf"▁(?=[{CJK}])"), "removed"),
        ]
    )
    return tokenizer


def _frequent_characters(texts: Counter[str]) -> set[str]:
    """Characters seen often enough to learn something about them; all others would each cost a row."""
    seen = Counter[str]()
    for text, count in texts.items():
        for character in text:
            seen[character] += count
    return {character for character, count in seen.items() if count >= RARE} | set(string.printable)


def _scores(tokenizer: Tokenizer) -> list[tuple[str, float]]:
    return [(piece, score) for piece, score in json.loads(tokenizer.to_str())["model"]["vocab"]]


def _spellings(learner: Tokenizer, texts: Iterable[str]) -> dict[str, Counter[str]]:
    """How each folded piece is really written in `texts`, with counts."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    written = [text for text in texts if fold(text) != text]
    for text, encoding in zip(written, learner.encode_batch([fold(text) for text in written]), strict=True):
        for piece, (start, end) in zip(encoding.tokens, encoding.offsets, strict=True):
            found[piece][text[start:end]] += 1
    return found


def _with_spellings(scores: dict[str, float], found: dict[str, Counter[str]]) -> Pieces:
    """One vocabulary entry per spelling; those of one folded piece share the piece's score and row."""
    vocabulary = [(UNKNOWN, min(scores.values()) - 10.0)]
    mapping = [0]
    taken = {UNKNOWN}
    forms = _preimages(found)
    for row, (piece, score) in enumerate(scores.items(), start=1):
        spellings = [piece, *(text for text, _ in found.get(piece, Counter()).most_common())]
        if len(piece) <= 2:  # short pieces are the fall-back for unseen words: know every way to write them
            options = [sorted({c} | forms.get(c, set())) for c in piece]
            spellings += ["".join(letters) for letters in product(*options)][: MAX_SPELLINGS**2]
        for spelling in spellings:
            if spelling not in taken and fold(spelling) == piece:
                taken.add(spelling)
                vocabulary.append((spelling, score))
                mapping.append(row)
    return Pieces(_tokenizer(Unigram(vocabulary, unk_id=0)), mapping, len(scores) + 1)


def _preimages(found: dict[str, Counter[str]]) -> dict[str, set[str]]:
    """The characters, among those seen in training text, that fold to each character."""
    forms: dict[str, set[str]] = defaultdict(set)
    for spellings in found.values():
        for spelling in spellings:
            for character in spelling:
                forms[fold_character(character)].add(character)
    return forms
