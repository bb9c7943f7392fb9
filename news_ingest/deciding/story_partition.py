"""From links between articles to stories. Pure: the result depends on what links there are, not on who came first."""

from collections.abc import Iterable, Iterator, Mapping

Links = Mapping[str, Mapping[str, float]]
"""article id → id of another → how strongly they are linked; both ways."""


def reachable(start: Iterable[str], *links: Links) -> set[str]:
    """`start`, and all that any links lead to from there."""
    found: set[str] = set()
    ahead = list(start)
    while ahead:
        id_ = ahead.pop()
        if id_ not in found:
            found.add(id_)
            ahead += [other for each in links for other in each.get(id_, ())]
    return found


def partition(ids: Iterable[str], firm: Links, across: Links, languages: Mapping[str, str]) -> list[list[str]]:
    """Stories as lists of ids, of which each of `ids` is in one.

    `firm` links always hold. Those `across` languages are taken from the strongest on, and only where the two sides
    have no language in common: two articles of a language that are not firmly linked tell two stories, and may not
    become one because a third in another language is a little like both.
    """
    story = {id_: [id_] for id_ in sorted(ids)}
    for one, other, _ in _pairs(story, firm):
        if story[one] is not story[other]:
            _merge(story, one, other)
    for one, other, _ in sorted(_pairs(story, across), key=lambda pair: (-pair[2], pair[0], pair[1])):
        here = {languages[id_] for id_ in story[one]}
        if story[one] is not story[other] and here.isdisjoint(languages[id_] for id_ in story[other]):
            _merge(story, one, other)
    return list({id(members): members for members in story.values()}.values())


def _pairs(story: Mapping[str, object], links: Links) -> Iterator[tuple[str, str, float]]:
    for one in story:
        for other, strength in links.get(one, {}).items():
            if one < other and other in story:
                yield one, other, strength


def _merge(story: dict[str, list[str]], one: str, other: str) -> None:
    into, moved = story[one], story[other]
    if len(into) < len(moved):
        into, moved = moved, into
    into += moved
    story.update(dict.fromkeys(moved, into))
