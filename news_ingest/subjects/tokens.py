"""Text as the tokens that names are looked for in: words where words are spaced, single characters where not."""

import re
from typing import Final

BREAK: Final = "\n"
"""The token between what no name spans: sentences, clauses, lines."""

# Han, kana, Thai and Hangul stand alone; of all else, runs of letters, digits and marks.
_ALONE: Final = (
    "\u0e00-\u0e7f\u1100-\u11ff\u3005-\u3007\u3041-\u30fa\u30fc-\u30ff\u3130-\u318f\u3400-\u9fff\uac00-\ud7a3"
    "\uf900-\ufaff\U00020000-\U0003ffff"
)
_TOKEN: Final = re.compile(
    f'(?P<break>[\\n。，；：！？、「」『』（）،؛؟()!?;:"“”《》]|,(?!\\d)|\\.(?=\\s|$|['
    f"{_ALONE}]))"
    f"|[{_ALONE}]|[^\\W_{_ALONE}](?:[^\\W_{_ALONE}]|[\u0300-\u036f\u064b-\u065f\u0670])*"
)
_HANGUL: Final = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")
_APOSTROPHES: Final = str.maketrans("", "", "'’‘ʼ`´")


def tokens(text: str) -> list[tuple[str, bool]]:
    """(token, whether a word can begin with it): every one, but for Korean, where particles follow a name unspaced."""
    found = []
    end = -1
    text = text.translate(_APOSTROPHES)
    for match in _TOKEN.finditer(text):
        if match["break"]:
            found.append((BREAK, True))
            continue
        inside = match.start() == end and _HANGUL.match(match[0]) and _HANGUL.match(text[end - 1])
        found.append((match[0], not inside))
        end = match.end()
    return found
