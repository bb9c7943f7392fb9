"""What can go wrong with the wording.

WordingError
├── UnknownLanguage   a language tag that CityDesk does not speak
├── CatalogueMissing  a catalogue file that is not there or cannot be read
└── ParameterMissing  a sentence with a placeholder for which no value was given
"""


class WordingError(Exception):
    """Root of all errors of this folder."""


class UnknownLanguage(WordingError):
    """A language tag that CityDesk does not speak."""


class CatalogueMissing(WordingError):
    """A catalogue file that is not there or cannot be read."""


class ParameterMissing(WordingError):
    """A sentence with a placeholder for which no value was given."""
