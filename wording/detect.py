"""In which of our languages a text is written, judged by its script alone."""

import re
from typing import Final

from wording.languages import Language

# Hiragana anywhere, or two katakana in a row: a single ノ or ツ is more often part of a face like (・ω・)ノ.
_KANA: Final = re.compile(r"[\u3041-\u3096]|[\u30a1-\u30fa\uff66-\uff9d][\u30a1-\u30fa\u30fc\uff66-\uff9f]")
_HAN: Final = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_CJK: Final = re.compile(r"[\u3041-\u3096\u30a1-\u30fa\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9d]")
_LATIN_WORD: Final = re.compile(r"[A-Za-z\u00c0-\u024f]+(?:['’][A-Za-z]+)?")

# Forms that neither Traditional nor Simplified Chinese uses: they tell 営業時間 from 營業時間.
_JAPANESE_ONLY: Final = frozenset(
    "駅図広気売読発実験県観関対応総鉄択沢変単戦帰検権済価両払拠悪栄様焼渋渓浜営圧桜弾従恵歓毎込働畑峠枠"
    "険児労円転伝仮黒歩脳収処続経継絵緑薬覚辺遅郷闘雑霊齢乗団囲塩専拡捜"
)


def detect_language(text: str) -> Language | None:
    """The language of `text`, or None when it is too short or in a script that says nothing.

    Kana mean Japanese; at least two Han characters without kana mean Traditional Chinese, unless one of them
    is a form that only Japanese uses; Latin letters mean English from two words or eight letters on. In mixed
    text a foreign name does not decide: three or more Latin words that outnumber the East Asian characters
    make it English.
    """
    words = _LATIN_WORD.findall(text)
    if len(words) >= 3 and len(words) > len(_CJK.findall(text)):
        return "en"
    if _KANA.search(text):
        return "ja"
    han = _HAN.findall(text)
    if len(han) >= 2:
        return "ja" if _JAPANESE_ONLY.intersection(han) else "zh-Hant"
    if han:
        return None
    if len(words) >= 2 or sum(map(len, words)) >= 8:
        return "en"
    return None
