"""What letters a text is written in. Pure functions."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final, Literal

Script = Literal["latin", "han", "kana", "hangul", "thai", "arabic", "greek"]

_LETTERS: Final[Mapping[Script, re.Pattern[str]]] = {
    "latin": re.compile("[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff]"),
    "han": re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"),
    # Two katakana in a row: a single ノ or ツ is more often part of a face like (・ω・)ノ.
    "kana": re.compile("[\u3041-\u3096]|(?:[\u30a1-\u30fa\uff66-\uff9d][\u30a1-\u30fa\u30fc\uff66-\uff9f])+"),
    "hangul": re.compile("[\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3]"),
    "thai": re.compile("[\u0e01-\u0e3a\u0e40-\u0e4e]"),
    "arabic": re.compile("[\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff]"),
    "greek": re.compile("[\u0370-\u03ff\u1f00-\u1fff]"),
}


def letters(text: str) -> dict[Script, int]:
    """How many letters of each script `text` has."""
    return {script: len(pattern.findall(text)) for script, pattern in _LETTERS.items()}


def is_simplified(text: str) -> bool | None:
    """Whether most characters that tell the two Chinese scripts apart are Simplified; None where there is none."""
    traditional, simplified = _sets()
    balance = sum((character in simplified) - (character in traditional) for character in text)
    return None if balance == 0 else balance > 0


@lru_cache(maxsize=1)
def _sets() -> tuple[frozenset[str], frozenset[str]]:
    """What Big5 has and GB 2312 has not, and the reverse: 台, 里 and others that both use tell nothing.

    么 is in both, but hardly ever written in Traditional, and in every other question in Simplified.
    """
    traditional, simplified = _encodable("big5") - {"么"}, _encodable("gb2312")
    return traditional - simplified, simplified - traditional


def _encodable(codec: str) -> frozenset[str]:
    return frozenset(han for han in map(chr, range(0x4E00, 0xA000)) if han.encode(codec, "ignore"))
