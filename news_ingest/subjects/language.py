"""The language of a feed or an item: from its declared tag, else from its script. Pure functions."""

import re

UNKNOWN = "und"
"""BCP 47's tag for a language that can't be told."""

_TAG = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{1,8})*")
_SIMPLIFIED = {"cn", "sg", "my", "hans"}
_KANA_SHARE = 0.1
# A Han character says as much as three Latin letters, so that names and links don't outvote Chinese prose.
_HAN_WEIGHT = 3


def match_tag(tag: str | None) -> str | None:
    """Our tag for a declared one: zh-TW → zh-Hant, zh-CN → zh-Hans, en-GB → en; None for nonsense."""
    if tag is None:
        return None
    normal = tag.strip().lower().replace("_", "-")
    if not _TAG.fullmatch(normal):
        return None
    primary, *rest = normal.split("-")
    if primary == UNKNOWN:
        return None
    if primary == "zh":
        return "zh-Hans" if _SIMPLIFIED & set(rest) and "hant" not in rest else "zh-Hant"
    return primary


def language_of_script(text: str) -> str | None:
    """ja, zh-Hant or en, by the letters that the text is written in; None when it has none of those."""
    kana = sum("\u3041" <= c <= "\u30ff" and c not in "・ー" for c in text)
    han = sum("\u3400" <= c <= "\u9fff" or "\U00020000" <= c <= "\U0003ffff" for c in text)
    latin = sum("a" <= c <= "z" or "\u00c0" <= c <= "\u024f" for c in text.lower())
    if kana and kana >= _KANA_SHARE * (kana + han):  # a lone の on a Taiwanese sign is not yet Japanese
        return "ja"
    if not han and not latin:
        return None
    return "zh-Hant" if han * _HAN_WEIGHT >= latin else "en"


def item_language(declared: list[str | None], text: str) -> str:
    """The first declared tag that means something, else the script's language, else `und`."""
    for tag in declared:
        matched = match_tag(tag)
        if matched is not None:
            return matched
    return language_of_script(text) or UNKNOWN
