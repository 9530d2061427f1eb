"""Where store calls run: one thread for SQLite, which has one writer; a few for PostgreSQL."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")

POSTGRESQL_THREADS = 4


class StoreThread:
    """Runs blocking calls off the event loop, so that asyncio is for the network only."""

    def __init__(self, *, sqlite: bool) -> None:
        self._executor = ThreadPoolExecutor(
            max_workers=1 if sqlite else POSTGRESQL_THREADS, thread_name_prefix="store"
        )

    async def __call__(self, call: Callable[[], T], /) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._executor, call)

    def close(self) -> None:
        self._executor.shutdown(wait=True)
