"""What an update has to do: pure decisions over documents, checksums and the sizes of segments."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge.index.holds import Key

MAX_SEGMENTS = 8
REMOVED_SHARE = 0.1
"""Passages out of force among all held, above which segments are written anew without them."""
_MUCH_LARGER = 4
"""A segment so many times larger than what is being merged is left alone: merges stay cheap."""


@dataclass(frozen=True, slots=True)
class Changes:
    """Documents now against those in force, by id and language.

    `held` differ too, but are kept as they are in force since a rollback; `lapsed` were held and are no more, because
    their content has changed since.
    """

    added: tuple[Key, ...]
    changed: tuple[Key, ...]
    removed: tuple[Key, ...]
    unchanged: tuple[Key, ...]
    held: tuple[Key, ...] = ()
    lapsed: tuple[Key, ...] = ()

    @property
    def touches_faq(self) -> bool:
        """Whether what editors wrote differs, not only the news."""
        return any(key[0].startswith("faq:") for key in (*self.added, *self.changed, *self.removed))

    @property
    def differ(self) -> bool:
        """Whether the index would differ."""
        return bool(self.added or self.changed or self.removed)


def compare(now: Mapping[Key, str], in_force: Mapping[Key, str], holds: Mapping[Key, str | None]) -> Changes:
    """What differs between the checksums `now` and those `in_force`, where `holds` says which versions to keep out."""
    held = {key for key in holds if holds[key] == now.get(key) != in_force.get(key)}
    lapsed = [key for key in holds if holds[key] != now.get(key)]
    added = [key for key in now if key not in in_force and key not in held]
    removed = [key for key in in_force if key not in now and key not in held]
    both = [key for key in in_force if key in now or key in held]
    changed = [key for key in both if key not in held and now[key] != in_force[key]]
    altered = set(changed)
    unchanged = [key for key in both if key not in altered]
    return Changes(*(tuple(sorted(keys)) for keys in (added, changed, removed, unchanged, held, lapsed)))


@dataclass(frozen=True, slots=True)
class Load:
    """Passages of a segment: those in force, and those that are not."""

    live: int
    removed: int


def segments_to_merge(loads: Sequence[Load], arriving: int) -> tuple[int, ...]:
    """Positions of the segments whose documents move into the new one, next to `arriving` documents.

    Empty ones go at once. Where removed passages pass a tenth of all, those segments are written anew in which they do.
    Where there would be more than `MAX_SEGMENTS`, the smallest go together, up to one that is much larger.
    """
    merged = {number for number, load in enumerate(loads) if load.live == 0}
    rest = [number for number in range(len(loads)) if number not in merged]
    removed, held = sum(loads[n].removed for n in rest), sum(loads[n].live + loads[n].removed for n in rest)
    if removed > REMOVED_SHARE * held:
        merged |= {n for n in rest if loads[n].removed > REMOVED_SHARE * (loads[n].live + loads[n].removed)}
    weight = arriving + sum(loads[n].live for n in merged)
    rest = sorted((n for n in rest if n not in merged), key=lambda n: loads[n].live)
    # Merged or not, there is one new segment unless nothing arrives and nothing moves.
    if len(rest) + (weight > 0) > MAX_SEGMENTS:
        while rest and (len(rest) + 1 > MAX_SEGMENTS or loads[rest[0]].live <= _MUCH_LARGER * weight):
            weight += loads[rest[0]].live
            merged.add(rest.pop(0))
    return tuple(sorted(merged))
