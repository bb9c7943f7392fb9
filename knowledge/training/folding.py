"""One spelling for what is written in several ways, as a character map that the tokenizer carries in its file.

Folded away: case, full-width forms and ligatures (NFKC), Traditional against Simplified characters, accents of Greek
(they move when a word is inflected), vowel signs and letter variants of Arabic, İ and ı of Turkish, digits of other
scripts. Hangul syllables become their letters, so that a stem and its ending part where Korean joins them within a
syllable. What is no letter, mark or digit becomes a space.
"""

import io
import unicodedata
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import sentencepiece
from opencc import OpenCC
from sentencepiece import sentencepiece_model_pb2

SPECIAL = {"İ": "i", "ı": "i", "ß": "ss", "ς": "σ"}
ARABIC_LETTERS = {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي"}
TATWEEL = "ـ"
LETTERS_OF_RUNS = "々ー"  # signs by category, but parts of Japanese words
LAST = 0x2FFFF

ARTICLES = (r"(?<!\p{L})[وف]?[بكل]?ال(?=\p{L}{2})", r"(?<!\p{L})[وف]?لل(?=\p{L}{2})")
"""Arabic's article with "and", "so", "in", "as", "for" before it: written as one with the noun, and dropped."""


def fold(character: str) -> str:
    """What one character becomes: nothing, one character, or several."""
    if character in SPECIAL:
        return SPECIAL[character]
    return "".join(_folded(c) for c in unicodedata.normalize("NFKC", character).lower())


def _folded(c: str) -> str:
    code, category = ord(c), unicodedata.category(c)
    if c in SPECIAL:
        return SPECIAL[c]
    if 0x370 <= code <= 0x3FF or 0x1F00 <= code <= 0x1FFF:
        return "".join(x for x in unicodedata.normalize("NFD", c) if unicodedata.category(x) != "Mn")
    if 0x600 <= code <= 0x6FF and (category == "Mn" or c == TATWEEL):
        return ""
    if c in ARABIC_LETTERS:
        return ARABIC_LETTERS[c]
    if 0xAC00 <= code <= 0xD7A3:
        return unicodedata.normalize("NFD", c)
    if category == "Nd":
        return str(unicodedata.digit(c))
    if category[0] in "PSZC" and c not in LETTERS_OF_RUNS:
        return " "
    if 0x3400 <= code <= 0x9FFF:
        simplified = str(_simplifier().convert(c))
        return simplified if len(simplified) == 1 else c
    return c


@cache
def _simplifier() -> OpenCC:
    return OpenCC("t2s")


def rules() -> dict[str, str]:
    """All characters that change, with what they become. Marks have been joined to their letters before (NFKC)."""
    characters = (chr(code) for code in range(1, LAST + 1))
    folded = {c: fold(c) for c in characters if unicodedata.category(c) not in ("Cn", "Cs")}
    return {written: becomes for written, becomes in folded.items() if written != becomes}


@cache
def character_map() -> bytes:
    """The rules in the form that tokenizers' `Precompiled` normalizer reads; sentencepiece compiles it."""
    with TemporaryDirectory() as folder:
        table = Path(folder) / "rules.tsv"
        table.write_text("".join(f"{_codes(a)}\t{_codes(b)}\n" for a, b in sorted(rules().items())), encoding="utf-8")
        compiled = io.BytesIO()
        # Only the map is wanted, but the library compiles it while it learns a model: from next to nothing then.
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=iter(
                " ".join("abcdefgh"[(i * j) % 8] * (1 + j % 3) for j in range(9)) for i in range(99)
            ),
            model_writer=compiled,
            vocab_size=20,
            hard_vocab_limit=False,
            normalization_rule_tsv=str(table),
            minloglevel=2,
        )
    return bytes(parsed(compiled.getvalue()).normalizer_spec.precompiled_charsmap)


def parsed(model: bytes) -> Any:
    """A model as sentencepiece writes it: its `ModelProto` message."""
    messages: Any = sentencepiece_model_pb2  # made when it is imported, so no type checker sees what is in it
    message = messages.ModelProto()
    message.ParseFromString(model)
    return message


def _codes(text: str) -> str:
    return " ".join(f"{ord(c):X}" for c in text)
