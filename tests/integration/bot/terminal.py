"""The terminal chat as a process of its own; arguments: dialogue server, language tag."""

import asyncio
import sys
from pathlib import Path

from bot.rasa_client import RasaClient
from bot.terminal import chat
from wording.catalogue import Wording


async def talk(rasa_url: str, language: str) -> int:
    """Chat on the standard streams."""
    wording = Wording(Path("content"))
    async with RasaClient(rasa_url, retry_delay=0.05) as client:
        return await chat(client, wording, language, sys.stdin, sys.stdout, sender="terminal-test")


if __name__ == "__main__":
    raise SystemExit(asyncio.run(talk(*sys.argv[1:])))
