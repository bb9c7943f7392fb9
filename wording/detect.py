"""In which of our languages a text is written: by its script, and in Latin letters by little words."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from wording.script import Script, is_simplified, letters

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

DEFAULT: Final = "en"
"""What is taken for granted where headwords in plain letters tell nothing."""

# Forms that neither Traditional nor Simplified Chinese uses: they tell 営業時間 from 營業時間.
_JAPANESE_ONLY: Final = frozenset(
    "駅図広気売読発実験県観関対応総鉄択沢変単戦帰検権済価両払拠悪栄様焼渋渓浜営圧桜弾従恵歓毎込働畑峠枠"
    "険児労円転伝仮黒歩脳収処続経継絵緑薬覚辺遅郷闘雑霊齢乗団囲塩専拡捜"
)
_LATIN_WORD: Final = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]+(?:['’\-][A-Za-z\u00c0-\u024f\u1e00-\u1eff]+)*")
_FEWEST: Final[dict[Script, int]] = {"hangul": 2, "thai": 2, "arabic": 2, "greek": 2}
_FEWEST_WORDS, _FEWEST_LETTERS = 2, 8
"""Of Latin letters: with fewer of both, a text could be in any language."""
_WORDS_FOR_STATISTICS, _SURE = 2, 0.8
_OUTNUMBER: Final = 3
"""Latin words from which a foreign name in another script does not decide."""
_OWN_LETTER, _FOREIGN_LETTER, _MOST_LETTERS = 0.5, 1.0, 3
"""What a letter beyond A to Z says for a language that has it and against one that has not; a little word says 1."""


@dataclass(frozen=True, slots=True)
class Writing:
    """How a language is written: its script and, in Latin letters, those beyond A to Z, and common little words."""

    tag: str
    script: Script
    letters: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()


class Detector:
    """Tells languages apart; of each script but Latin and Han there is at most one."""

    def __init__(self, writings: Sequence[Writing]) -> None:
        self._by_script: dict[Script, list[Writing]] = {}
        for writing in writings:
            self._by_script.setdefault(writing.script, []).append(writing)
        self._tags = {writing.tag for writing in writings}

    def detect(self, text: str, likely: str | None = None) -> str | None:
        """The tag of the language, None where the text is too short to tell or in none of them.

        Headwords that several languages could have are taken for `likely`, where that is written in Latin letters.

        In mixed text a foreign name does not decide: three or more Latin words that outnumber the other letters are
        the text, and so are the other letters where there are fewer words.
        """
        normal = unicodedata.normalize("NFC", text)
        counts = letters(normal)
        words = [word.casefold().replace("’", "'") for word in _LATIN_WORD.findall(normal)]
        others = sum(count for script, count in counts.items() if script != "latin")
        if not (len(words) >= _OUTNUMBER and len(words) > others):
            for script, fewest in _FEWEST.items():
                if counts[script] >= fewest and counts[script] * 2 >= others:
                    return self._only(script)
            east_asian = self._east_asian(normal, counts)
            if east_asian is not None or counts["han"]:
                return east_asian
        return self._latin(words, normal, likely)

    def _only(self, script: Script) -> str | None:
        return next((writing.tag for writing in self._by_script.get(script, ())), None)

    def _east_asian(self, text: str, counts: dict[Script, int]) -> str | None:
        if counts["kana"]:
            return self._only("kana")
        if counts["han"] < 2:
            return None
        if not _JAPANESE_ONLY.isdisjoint(text):
            simplified = is_simplified("".join(character for character in text if character not in _JAPANESE_ONLY))
            if not simplified:
                return self._only("kana")
        tag = "zh-Hans" if is_simplified(text) else "zh-Hant"
        return tag if tag in self._tags else self._only("han")

    def _latin(self, words: Sequence[str], text: str, likely: str | None) -> str | None:
        writings = self._by_script.get("latin", [])
        scores = {writing.tag: _score(writing, words, _own_letters(text)) for writing in writings}
        best = max(scores.values(), default=0.0)
        leading = [tag for tag, score in scores.items() if score == best]
        if len(leading) == 1 and best > 0:
            return leading[0]
        small = [word for word in _LATIN_WORD.findall(text) if word[0].islower()]  # what begins large is often a name
        if len(small) >= _WORDS_FOR_STATISTICS:
            found = _most_likely(" ".join(small), tuple(sorted(scores)), leading)
            if found is not None:
                return found
        if len(words) < _FEWEST_WORDS and sum(map(len, words)) < _FEWEST_LETTERS:
            return None
        if likely in leading:
            return likely
        # Nothing speaks for another language, and headwords are mostly typed as English has them.
        return DEFAULT if text.isascii() and DEFAULT in self._tags else None


def _score(writing: Writing, words: Iterable[str], beyond: Sequence[str]) -> float:
    """Little words that it has, letters beyond A to Z that it has, and those that it has not."""
    known = sum(word in writing.words for word in words)
    own = sum(letter in writing.letters for letter in beyond)
    return known + _OWN_LETTER * min(own, _MOST_LETTERS) - _FOREIGN_LETTER * min(len(beyond) - own, _MOST_LETTERS)


def _own_letters(text: str) -> list[str]:
    """The letters beyond A to Z in words that begin small, where there are any: what begins large is often a name."""
    words = _LATIN_WORD.findall(text)
    small = [word for word in words if word[0].islower()]
    return [letter for word in small or words for letter in word.casefold() if letter > "z"]


def _most_likely(text: str, tags: tuple[str, ...], among: Sequence[str]) -> str | None:
    """Which of `among`, some of `tags`, py3langid takes the text for, where it is fairly sure."""
    chances = {language: float(chance) for language, chance in _identifier(tags).rank(text) if language in among}
    language = max(chances, key=chances.__getitem__)
    return str(language) if chances[language] >= _SURE * sum(chances.values()) else None


@lru_cache(maxsize=1)
def _identifier(tags: tuple[str, ...]) -> "LanguageIdentifier":
    """py3langid's model with the columns of these languages alone; read at first use, which takes 0.6 s."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    whole = LanguageIdentifier.from_model_file(MODEL_FILE)
    whole.set_languages([tag.split("-")[0] for tag in tags])
    return LanguageIdentifier(  # a copy, as the whole one keeps the columns of 140 languages
        whole.nb_ptc.copy(),
        whole.nb_pc.copy(),
        whole.nb_classes,
        whole.tk_nextmove,
        whole.tk_output,
        norm_probs=True,
        tk_row=whole.tk_row,
    )
