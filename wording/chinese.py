"""Traditional Chinese as readers of Simplified know it: characters, and the words that differ from Taiwan's."""

from functools import lru_cache

from opencc import OpenCC

SHOWN_FROM = {("zh-Hans", "zh-Hant"): "tw2sp", ("zh-Hant", "zh-Hans"): "s2twp"}
"""OpenCC's conversion, by (language, the one that it is shown from)."""


def convert(text: str, language: str, shown_from: str) -> str:
    """`text` of the language `shown_from`, as readers of `language` are shown it; raises `KeyError` for other pairs."""
    converted: str = _converter(SHOWN_FROM[language, shown_from]).convert(text)
    return converted


@lru_cache(maxsize=2)
def _converter(name: str) -> OpenCC:
    return OpenCC(name)
