"""Traditional Chinese as readers of Simplified know it: characters, and the words that differ from Taiwan's."""

import re
from functools import lru_cache
from typing import Final

from opencc import OpenCC

SHOWN_FROM: Final = {("zh-Hans", "zh-Hant"): "tw2sp", ("zh-Hant", "zh-Hans"): "s2twp"}
"""OpenCC's conversion, by (language, the one that it is shown from)."""
# OpenCC takes this for the data source (数据源) of a computer.
_OTHERWISE: Final = {"tw2sp": {"資料來源": "资料来源"}, "s2twp": {"资料来源": "資料來源"}}


def convert(text: str, language: str, shown_from: str) -> str:
    """`text` of the language `shown_from`, as readers of `language` are shown it; raises `KeyError` for other pairs."""
    name = SHOWN_FROM[language, shown_from]
    words = _OTHERWISE[name]
    pieces = re.split(f"({'|'.join(words)})", text)
    return "".join(words.get(piece) or str(_converter(name).convert(piece)) for piece in pieces)


@lru_cache(maxsize=2)
def _converter(name: str) -> OpenCC:
    return OpenCC(name)
