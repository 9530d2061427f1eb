"""The dispatcher: hands over what the outbox owes, now or as long as the service runs."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from datetime import datetime
from functools import partial

from monitor.deliver.breaker import Breaker, Trouble
from monitor.deliver.channel import Channel
from monitor.deliver.pace import Pace
from monitor.deliver.ports import Body, Log, Outbox, Runner
from monitor.deliver.sending import DispatchSettings, Parts, Pass
from monitor.deliver.summary import Summary
from monitor.errors import StoreUnavailable
from monitor.model.message import Claimed

STORE_PAUSES = (0.5, 1.0, 2.0, 5.0, 10.0, 20.0)
"""Seconds before the outbox is asked again after it failed; the last one repeats."""


class Dispatcher:
    """Use it from one event loop, one pass at a time. `run` may be called once."""

    def __init__(
        self,
        *,
        outbox: Outbox,
        channel: Channel,
        body: Body,
        run: Runner,
        clock: Callable[[], datetime],
        log: Log,
        settings: DispatchSettings | None = None,
        holds: Callable[[Claimed], bool] = lambda _: True,
    ) -> None:
        self._parts = Parts(
            outbox=outbox,
            channel=channel,
            body=body,
            run=run,
            clock=clock,
            log=log,
            settings=settings or DispatchSettings(),
            holds=holds,
        )
        self._breaker = Breaker(
            pauses=self._parts.settings.pauses, login_pauses=self._parts.settings.login_pauses
        )
        self._pace = Pace(senders=self._parts.settings.senders, batch=self._parts.settings.batch)
        self._awake = asyncio.Event()
        self._store_failures = 0
        self.total = Summary()
        """Over all passes so far: what a progress line shows."""

    @property
    def trouble(self) -> Trouble | None:
        """Set while the relay takes no mail: since when, and its last words."""
        return self._breaker.trouble

    def wake(self) -> None:
        """Messages have been written: do not wait for the next look."""
        self._awake.set()

    async def run_once(self, stop: asyncio.Event | None = None) -> Summary:
        """Send everything that is due now. With `stop` set, drain: sends in flight get
        `settings.drain` seconds, the rest is given back at once."""
        stop = stop or asyncio.Event()
        summary = await self._pass(stop)
        if summary.sent and summary.refused and not stop.is_set():
            # What was taken tells whose fault the refusals were, and they are due again by that.
            summary += await self._pass(stop)
        return summary

    async def run(self, stop: asyncio.Event) -> Summary:
        """Deliver until `stop` is set; then drain and let go of the connections."""
        while not stop.is_set():
            self._awake.clear()
            await self.run_once(stop)
            await self._rest(stop)
        await self._parts.channel.close()
        return self.total

    async def close(self) -> None:
        """Let go of kept connections, saying goodbye; `run` does so by itself."""
        await self._parts.channel.close()

    async def _pass(self, stop: asyncio.Event) -> Summary:
        one = Pass(self._parts, self._breaker, self._pace)
        async with self._stopping(one, stop):
            summary = await one.run()
        self._store_failures = self._store_failures + 1 if one.store_trouble else 0
        self.total += summary
        return summary

    async def _rest(self, stop: asyncio.Event) -> None:
        seconds = await self._pause()
        waiters = [asyncio.ensure_future(event.wait()) for event in (stop, self._awake)]
        await asyncio.wait(waiters, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        for waiter in waiters:
            waiter.cancel()

    async def _pause(self) -> float:
        """Seconds to rest: until something is due, but never long, for others write too."""
        relay = self._breaker.wait(asyncio.get_running_loop().time())
        if self._store_failures:
            return STORE_PAUSES[min(self._store_failures, len(STORE_PAUSES)) - 1]
        now = self._parts.clock()
        try:
            due = await self._parts.run(partial(self._parts.outbox.next_due, now=now))
        except StoreUnavailable:
            return STORE_PAUSES[0]
        poll = self._parts.settings.poll
        until_due = (due - now).total_seconds() if due else poll
        return max(0.1, relay, min(poll, until_due))

    @contextlib.asynccontextmanager
    async def _stopping(self, one: Pass, stop: asyncio.Event) -> AsyncIterator[None]:
        watch = asyncio.create_task(self._watch(one, stop))
        try:
            yield
        finally:
            watch.cancel()
            await asyncio.wait([watch])

    async def _watch(self, one: Pass, stop: asyncio.Event) -> None:
        await stop.wait()
        one.halt()
        await asyncio.sleep(self._parts.settings.drain)
        one.give_up()
        await self._parts.channel.close()
