"""The Telegram gateway as a process of its own; arguments: token, dialogue server, Bot API server."""

import logging
import sys
from pathlib import Path

from bot.telegram.application import run
from wording.catalogue import Wording


def main() -> int:
    """Run the gateway as the composition root does, everything logged that can be."""
    logging.basicConfig(level=logging.DEBUG)
    token, rasa_url, bot_api = sys.argv[1:]
    return run(token, rasa_url, Wording(Path("content")), base_url=bot_api)


if __name__ == "__main__":
    raise SystemExit(main())
