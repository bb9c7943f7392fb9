"""Sentences that can't stand alone: those that lean on the one before, and those that promise the next."""

import re
from typing import Final

# Words that point back (he, this, therefore, but) at the start of a sentence, by primary language subtag. Only what
# cannot be understood without the sentence before; "moreover" adds, and can.
_POINTS_BACK: Final = {
    "zh": "他 她 它 他們 她們 它們 其 此 這 該 上述 前述 對此 為此 因此 因而 所以 但 然而 而 不過 否則 於是 結果 "
    "他们 她们 它们 这 该 对此 为此 不过 否则 于是 结果",
    "ja": "これ それ あれ この その あの ここ そこ こう そう 彼 彼女 彼ら 同氏 同市 同館 しかし だが ただし "
    "ところが したがって そのため なお",
    "ko": "이 그 저 이것 그것 이는 그는 그녀는 그들은 이에 이를 이로 그래서 그러나 하지만 따라서 그런데",
    "th": "เขา เธอ มัน พวกเขา สิ่งนี้ นี่ ดังนั้น แต่ อย่างไรก็ตาม จึง",
    "en": "he she it they his her its their this that these those but however therefore thus so hence such there then",
    "de": "er sie es dies diese dieser dieses ihr ihre sein seine jedoch aber daher deshalb darum dort damit dabei",
    "fr": "il elle ils elles ce cela celui celle ceci cet cette ces son sa ses leur leurs mais cependant donc ainsi",
    "es": "él ella ellos ellas este esta esto estos estas ese esa eso su sus pero sin por así allí",
    "pl": "on ona ono oni one ten ta to te jego jej ich ale jednak dlatego więc zatem tam",
    "tr": "o bu şu onlar bunlar onun bunun fakat ama ancak bu böylece orada",
    "id": "ia dia mereka ini itu hal tetapi namun oleh jadi karena sebab di",
    "vi": "ông bà anh nó họ này đó điều việc nhưng tuy vì do tại",
    "el": "αυτός αυτή αυτό αυτοί αυτές αυτά όμως αλλά ωστόσο έτσι επομένως εκεί",
    "ar": "هو هي هم هذا هذه ذلك تلك لكن ولكن لذلك وهو وهي وهذا",
}
_UNSPACED: Final = frozenset({"zh", "ja", "th"})
_QUOTES: Final = "「『“‘\"'(（《〈【[ "
_PROMISES: Final = re.compile(r"[:：]\s*$")


def leans_back(sentence: str, language: str) -> bool:
    """Whether `sentence` starts with a word that points to the sentence before it; False in unknown languages."""
    primary = language.split("-")[0].lower()
    words = _WORDS.get(primary)
    start = sentence.lstrip(_QUOTES).casefold()
    if words is None:
        return False
    if primary in _UNSPACED:
        return start.startswith(words)
    first = re.match(r"[^\W\d_]+", start)
    return first is not None and first[0] in words


def promises_more(sentence: str) -> bool:
    """Whether the sentence ends with a colon, so that what it announces stands in the next."""
    return _PROMISES.search(sentence) is not None


_WORDS: Final = {language: tuple(words.casefold().split()) for language, words in _POINTS_BACK.items()}
