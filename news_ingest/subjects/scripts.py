"""What letters a text is written in: counts by script, and Traditional against Simplified. Pure functions."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final, Literal

ChineseScript = Literal["zh-Hant", "zh-Hans"]

SCRIPTS: Final[Mapping[str, re.Pattern[str]]] = {
    "han": re.compile("[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]"),
    "kana": re.compile("[\u3041-\u309f\u30a1-\u30fa\u30fd-\u30ff\u31f0-\u31ff\uff66-\uff9f]"),
    "hangul": re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]"),
    "thai": re.compile("[\u0e01-\u0e5b]"),
    "arabic": re.compile("[\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff]"),
    "greek": re.compile("[\u0370-\u03ff\u1f00-\u1fff]"),
    "latin": re.compile("[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff]"),
}
_OTHER: Final = re.compile("[\u0400-\u052f\u0530-\u05ff\u0700-\u0dff\u0e80-\u10ff\u1200-\u13ff\u1780-\u18af]")


def letters(text: str) -> dict[str, int]:
    """Script → how many letters of it `text` has; `other` are letters of scripts that we know no language of."""
    found = {script: len(pattern.findall(text)) for script, pattern in SCRIPTS.items()}
    found["other"] = len(_OTHER.findall(text))
    return found


def chinese_script(text: str) -> ChineseScript | None:
    """What most of the characters that only one of the scripts has belong to; None where they tell nothing.

    Traditional only is what Big5 has and GB 2312 has not, Simplified only the reverse: 台, 里, 后, 干 and others that
    both use count for neither.
    """
    traditional, simplified = _sets()
    for_traditional = sum(character in traditional for character in text)
    for_simplified = sum(character in simplified for character in text)
    if for_traditional == for_simplified:
        return None
    return "zh-Hant" if for_traditional > for_simplified else "zh-Hans"


@lru_cache(maxsize=1)
def _sets() -> tuple[frozenset[str], frozenset[str]]:
    traditional, simplified = _encodable("big5"), _encodable("gb2312")
    return traditional - simplified, simplified - traditional


def _encodable(codec: str) -> frozenset[str]:
    return frozenset(han for han in map(chr, range(0x4E00, 0xA000)) if han.encode(codec, "ignore"))
