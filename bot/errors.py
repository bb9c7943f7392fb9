"""What can go wrong between a channel and the dialogue server.

BotError
├── RasaUnavailable   no usable reply from the dialogue server, after one more try
│   └── MalformedReply    it replied, but not in the form that was agreed
├── EmptyMessage      nothing is left of a message once it is cleaned
└── ButtonRefused     a button's payload that is not on the allow-list or does not fit
"""


class BotError(Exception):
    """Root of all errors of this folder."""


class RasaUnavailable(BotError):
    """No usable reply from the dialogue server, after one more try."""


class MalformedReply(RasaUnavailable):
    """The dialogue server replied, but not in the form that was agreed."""


class EmptyMessage(BotError):
    """Nothing is left of a message once it is cleaned."""


class ButtonRefused(BotError):
    """A button's payload that is not on the allow-list or does not fit."""
