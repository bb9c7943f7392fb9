"""spaCy for its blank pipelines, without torch.

spaCy imports torch wherever that is installed, for trained pipelines, of which we have none: seconds and hundreds of
megabytes in every process that searches. It works as well where torch is not there, so it is shown none. Import spaCy
through here only: who comes first decides.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import cast


@contextmanager
def _hidden(module: str) -> Iterator[None]:
    """Let imports of `module` fail within; one that is loaded already stays visible."""
    if module in sys.modules:
        yield
        return
    sys.modules[module] = cast(ModuleType, None)  # what the import system takes as "not there"
    try:
        yield
    finally:
        del sys.modules[module]


with _hidden("torch"):
    import spacy
    from spacy.language import Language

__all__ = ["Language", "spacy"]
