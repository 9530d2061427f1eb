"""Calls that block, on threads of their own, so that a channel can let go of them when it ends."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any, Final

from monitor.deliver.channel import Answer, Breakage, Halt

SENDERS: Final = 4


class Apart:
    """Used from one event loop. What is called may raise: no library's fault ends the service."""

    def __init__(self, phase: str) -> None:
        self._phase = phase
        self._closing = asyncio.Event()
        self._threads = ThreadPoolExecutor(SENDERS, thread_name_prefix="monitor-channel")

    async def ask(self, call: Callable[[float], Answer], *, deadline: float, most: float) -> Answer:
        """`call` gets the seconds that it may take."""
        loop = asyncio.get_running_loop()
        seconds = min(most, deadline - loop.time())
        if self._closing.is_set():
            return Halt("shutting down")
        if seconds <= 0:
            return Halt("the lease ends")
        asked = loop.run_in_executor(self._threads, call, seconds)
        closing = asyncio.ensure_future(self._closing.wait())
        both: list[asyncio.Future[Any]] = [asked, closing]
        await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        closing.cancel()
        if asked.done():
            error = asked.exception()
            return asked.result() if error is None else Breakage(self._phase, error)
        # It may have arrived, and goes out again with the id by which that is known.
        return Breakage(self._phase, ConnectionError("shutting down before it was answered"))

    async def close(self) -> None:
        self._closing.set()
        self._threads.shutdown(wait=False, cancel_futures=True)


def utc_now() -> datetime:
    return datetime.now(UTC)
