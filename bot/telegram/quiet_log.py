"""Keep the bot's token out of the logs."""

import logging


class _WithoutToken(logging.Formatter):
    """Formats as another formatter does, then blots out the token, in tracebacks too."""

    def __init__(self, inner: logging.Formatter, token: str) -> None:
        super().__init__()
        self._inner, self._token = inner, token

    def format(self, record: logging.LogRecord) -> str:
        return self._inner.format(record).replace(self._token, "[token]")


def keep_out_of_logs(token: str) -> None:
    """Silence the loggers that print request addresses, and blot the token out of whatever else is logged.

    Call it after the logging is configured: it wraps the formatters of the root logger's handlers.
    """
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)
    root = logging.getLogger()
    if not root.handlers:
        logging.basicConfig()
    for handler in root.handlers:
        handler.setFormatter(_WithoutToken(handler.formatter or logging.Formatter(), token))
