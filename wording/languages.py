"""The languages that CityDesk speaks, and which of them suits a client's language tag."""

from typing import Final, Literal

Language = Literal["en", "zh-Hant", "ja"]

LANGUAGES: Final[tuple[Language, ...]] = ("en", "zh-Hant", "ja")
DEFAULT_LANGUAGE: Final[Language] = "en"

# How a language calls itself: for buttons, where the reader must recognise his own.
AUTONYMS: Final[dict[str, str]] = {"en": "English", "zh-Hant": "繁體中文", "ja": "日本語"}

# The primary subtag decides. Readers of Simplified Chinese are served in Traditional rather than in English.
_BY_PRIMARY: Final[dict[str, Language]] = {
    "en": "en",
    "zh": "zh-Hant",
    "yue": "zh-Hant",
    "cmn": "zh-Hant",
    "ja": "ja",
}


def match_language(tag: str | None) -> Language | None:
    """The language of ours for a BCP 47 tag such as `zh-TW` or `en_GB`; None when we don't speak it."""
    if not tag:
        return None
    primary = tag.strip().replace("_", "-").split("-", 1)[0].lower()
    return _BY_PRIMARY.get(primary)
