"""What can go wrong with the wording.

WordingError
├── UnknownLanguage   a language tag that CityDesk does not speak
├── CatalogueMissing  a catalogue file that is not there or cannot be read
├── LanguagesUnreadable  the list of languages is not there or not as it should be
└── ParameterMissing  a sentence with a placeholder for which no value was given
"""

from pathlib import Path


class WordingError(Exception):
    """Root of all errors of this folder."""


class UnknownLanguage(WordingError):
    """A language tag that CityDesk does not speak."""


class CatalogueMissing(WordingError):
    """A catalogue file that is not there or cannot be read."""


class LanguagesUnreadable(WordingError):
    """The list of languages is not there, or not as it should be."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(f"{path}: {problem}. Mend it, or restore it: git checkout -- {path}")


class ParameterMissing(WordingError):
    """A sentence with a placeholder for which no value was given."""
