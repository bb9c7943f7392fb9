"""Whether a system is worth trying at a size, judged by what it took at smaller ones."""

from collections.abc import Sequence
from dataclasses import dataclass

BUILD_LIMIT_S = 300.0
"""Seconds that building may take."""
MEMORY_SHARE = 0.8
"""Of the memory that is free, what one process may take."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What one size took: seconds to build, MiB at the peak, and MiB before anything was indexed."""

    size: int
    build_s: float
    peak_mib: float
    empty_mib: float


def reason_to_skip(size: int, before: Sequence[Taken], free_mib: float) -> str | None:
    """Why `size` is not tried, as a sentence; None where it can be.

    Both costs are taken to grow in proportion from the largest size that was measured, which is the least that
    they do.
    """
    if not before:
        return None
    last = max(before, key=lambda taken: taken.size)
    factor = size / last.size
    seconds = last.build_s * factor
    if seconds > BUILD_LIMIT_S:
        return f"not tried: building {size:,} would take about {seconds:,.0f} s, more than {BUILD_LIMIT_S:,.0f} s"
    mib = last.empty_mib + (last.peak_mib - last.empty_mib) * factor
    if mib > free_mib * MEMORY_SHARE:
        return f"not tried: {size:,} would take about {mib:,.0f} MiB of memory, of which {free_mib:,.0f} are free"
    return None
