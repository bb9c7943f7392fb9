"""What a Korean word is without its particle: 도서관에서 (at the library) is 도서관.

Nothing here needs a dictionary. A particle agrees with the sound before it (은 after a consonant, 는 after a vowel),
which tells most words that only look so (전문가, expert, ends in 가 after a consonant) from words with a particle.
What also ends common nouns and agrees with nothing is left on: 도 (island, province), 로 (road), 만, 과 (section).
"""

import re

_FIRST, _FINALS = ord("가"), 28

_PARTICLE = re.compile(
    "(?<=.)(?:(?P<any>에서는|에서도|에서의|에서|에게서|에게|에는|에도|까지의|까지|부터의|부터|한테|처럼|의|에)|"
    "(?P<consonant>으로는|으로|이라는|이란|이나|은|이|을)|(?P<vowel>라는|란|는|가|를|와)|"
    "(?P<ending>입니까|입니다|인가요|이에요|예요|하나요|합니까|되나요|됩니까|하려면))$"
)


_AFTER_ONE_SYLLABLE = frozenset(["은", "는", "을", "를", "에", "에서", "에는", "으로", "까지", "부터"])


def stem(run: str) -> str:
    """`run`, a run of Hangul, without a particle or the ending of a question.

    One syllable is left only before particles that short nouns do not end in: 책을 (book) is 책, 회의 (meeting) stays.

    >>> stem("도서관에서"), stem("전문가"), stem("전문가는")
    ('도서관', '전문가', '전문가')
    """
    found = _PARTICLE.search(run)
    if found is None:
        return run
    left = run[: found.start()]
    if len(left) < 2 and found[0] not in _AFTER_ONE_SYLLABLE:
        return run
    closed = (ord(left[-1]) - _FIRST) % _FINALS != 0
    agrees = {"any": True, "ending": True, "consonant": closed, "vowel": not closed}
    return left if agrees[str(found.lastgroup)] else run
