"""Whether two texts of one language tell the same story, by their traces: words, numbers and title. Pure.

Measured on press releases (`python -m bench.stories`): lightly edited ones against different ones of the same two days.
"""

from typing import Final

import numpy as np

from news_ingest.deciding.story_traces import Trace, containment, overlap

MIN_RESEMBLANCE: Final = 0.15
MIN_CONTAINMENT: Final = 0.7
MIN_NUMBERS: Final = 0.9
MIN_TITLE: Final = 0.4
SAME_TITLE: Final = 0.98
FEW_NUMBERS: Final = 2
"""With fewer in common, numbers prove nothing: one may stand in any longer text by chance."""
MIN_WHOLE: Final = 0.4
"""How much both whole texts must then resemble each other."""
FORM: Final = 0.75
"""As alike as that, and with numbers of its own each, two texts are one form that was filled in twice."""


def same_text(one: Trace, other: Trace, resembling: float, same_feed: bool) -> bool:
    """Whether the shorter text is in the longer one nearly whole, with its numbers and much of its title.

    `resembling` is the estimated share of common shingles. One feed says the same twice only under the same title, for
    an office's notices may differ in a street's name alone.
    """
    titles = overlap(one.title, other.title)
    return (
        containment(resembling, one.size, other.size) >= MIN_CONTAINMENT
        and titles >= (SAME_TITLE if same_feed else MIN_TITLE)
        and _numbers_agree(one, other, resembling, same_title=titles >= SAME_TITLE)
    )


def _numbers_agree(one: Trace, other: Trace, resembling: float, same_title: bool) -> bool:
    """Over the shorter list, for a short text has not all of a long one's; under one title some may be corrected."""
    if overlap(one.numbers, other.numbers) < MIN_NUMBERS:
        return False
    if same_title:
        return True
    common = len(np.intersect1d(one.numbers, other.numbers, assume_unique=True))
    if common < FEW_NUMBERS and resembling < MIN_WHOLE:
        return False
    each_has_its_own = common < min(len(one.numbers), len(other.numbers))
    return not (each_has_its_own and resembling >= FORM)
