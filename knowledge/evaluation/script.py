"""The language of a text as far as its script tells it, for sets that do not say."""

import re

_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa]")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
_THAI = re.compile("[\u0e01-\u0e5b]")
_LETTER = re.compile(r"[^\W\d_]")
_LOOKED_AT = 4_000
"""Characters from the beginning: enough to tell."""


def language_of(text: str) -> str:
    """`ja`, `zh` or `th` where most letters are of that writing, else `und` (undetermined).

    Cutting into sentences and passages depends on it, and on no other difference between languages.

    >>> language_of("臺北市"), language_of("台北市の天気"), language_of("MRT 臺北 line open"), language_of("")
    ('zh', 'ja', 'und', 'und')
    """
    begin = text[:_LOOKED_AT]
    letters = len(_LETTER.findall(begin))
    kana, han, thai = (len(script.findall(begin)) for script in (_KANA, _HAN, _THAI))
    if 2 * (kana + han) > letters:
        return "ja" if 10 * kana > han else "zh"
    # Thai's vowel marks are no letters to Unicode, so letters alone would be too few to compare with.
    return "th" if 2 * thai > letters else "und"
