"""Updates of one chat one after the other, chats side by side."""

import asyncio
from collections.abc import Awaitable
from typing import Any, Final

from telegram import Update
from telegram.ext import BaseUpdateProcessor

MAX_CONCURRENT: Final = 256


class InOrderPerChat(BaseUpdateProcessor):
    """Lets updates of different chats run together; within a chat the order of arrival holds."""

    def __init__(self, max_concurrent_updates: int = MAX_CONCURRENT) -> None:
        super().__init__(max_concurrent_updates)
        self._queues: dict[int, tuple[asyncio.Lock, int]] = {}

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Wait for this chat's turn, then handle the update."""
        chat = update.effective_chat if isinstance(update, Update) else None
        if chat is None:
            await coroutine
            return
        lock, waiting = self._queues.get(chat.id, (asyncio.Lock(), 0))
        self._queues[chat.id] = (lock, waiting + 1)
        try:
            # asyncio.Lock wakes those who wait in the order in which they came.
            async with lock:
                await coroutine
        finally:
            lock, waiting = self._queues[chat.id]
            if waiting == 1:
                del self._queues[chat.id]
            else:
                self._queues[chat.id] = (lock, waiting - 1)

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to end."""
