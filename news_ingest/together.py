"""Many things at once, but not too many."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

T = TypeVar("T")


async def together(job: Callable[[T], Awaitable[None]], items: Sequence[T], at_once: int) -> None:
    """Do the job for each of the items, begun in their order, `at_once` of them under way at a time.

    The first error ends the others and is raised as it is.
    """
    waiting = iter(items)

    async def worker() -> None:
        for item in waiting:
            await job(item)

    try:
        async with asyncio.TaskGroup() as group:
            for _ in range(min(at_once, len(items))):
                group.create_task(worker())
    except BaseExceptionGroup as several:
        raise several.exceptions[0] from None
