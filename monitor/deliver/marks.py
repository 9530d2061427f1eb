"""Recording what became of messages: grouped, and repeated until the outbox has it."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import partial

from monitor.deliver.ports import Log, Outbox, Runner
from monitor.deliver.summary import Summary, count
from monitor.errors import StoreUnavailable
from monitor.model.message import Mark, Result

GROUP_SECONDS = 0.01
"""A commit waits this long for company: one synchronous write then serves many messages."""

GROUP_LIMIT = 64
"""Marks that may wait unrecorded. Each is a message that a kill now would send a second time."""

_END = None


class Marker:
    """Collects marks from the senders and writes them in groups, from one task."""

    def __init__(
        self, outbox: Outbox, run: Runner, log: Log, clock: Callable[[], datetime]
    ) -> None:
        self._outbox = outbox
        self._run = run
        self._log = log
        self._clock = clock
        self._queue: asyncio.Queue[Mark | None] = asyncio.Queue(maxsize=GROUP_LIMIT)
        self._gave_up = asyncio.Event()
        self.summary = Summary()

    async def put(self, mark: Mark) -> None:
        """Waits while too many marks are unrecorded, so that nothing more is sent meanwhile."""
        await self._queue.put(mark)

    async def settled(self) -> None:
        """Waits until what was put is recorded."""
        await self._queue.join()

    async def finish(self) -> None:
        """No more marks will come; `work` returns when those it has are recorded."""
        await self._queue.put(_END)

    def give_up(self) -> None:
        """Stop repeating: the process must end, and the leases will tell the rest."""
        self._gave_up.set()

    async def work(self) -> None:
        open_ended = True
        while open_ended:
            group = [mark for mark in [await self._queue.get()] if mark is not None]
            open_ended = bool(group)
            if open_ended and self._queue.qsize() < GROUP_LIMIT // 2:
                await asyncio.sleep(GROUP_SECONDS)
            while not self._queue.empty() and len(group) < GROUP_LIMIT:
                mark = self._queue.get_nowait()
                if mark is _END:
                    open_ended = False
                else:
                    group.append(mark)
            if group:
                await self._record(group)
                for _ in group:
                    self._queue.task_done()
            if not open_ended:
                self._queue.task_done()

    async def _record(self, group: list[Mark]) -> None:
        for pause in _pauses():
            try:
                landed = await self._run(partial(self._outbox.mark, group, now=self._clock()))
            except StoreUnavailable as error:
                self._log("mark-waits", messages=len(group), reason=str(error))
            else:
                self._tally(group, landed)
                return
            if await _set_within(self._gave_up, pause):
                self._log("mark-abandoned", messages=[mark.message.id for mark in group])
                return

    def _tally(self, group: list[Mark], landed: Sequence[bool]) -> None:
        for mark, here in zip(group, landed, strict=True):
            self.summary += count(mark, here)
            self._tell(mark, here)

    def _tell(self, mark: Mark, landed: bool) -> None:
        outcome = mark.outcome
        if not landed:
            self._log("message-recorded-elsewhere", message=mark.message.id)
        elif outcome.result is Result.SENT:
            self._log("message-sent", message=mark.message.id, to=mark.message.recipient)
        else:
            self._log(
                "message-dead" if mark.next_attempt is None else "message-retry",
                message=mark.message.id,
                to=mark.message.recipient,
                result=outcome.result.value,
                phase=outcome.phase,
                code=outcome.code,
                reason=outcome.text,
                next_attempt=mark.next_attempt,
            )


def _pauses() -> Iterator[float]:
    """Seconds between repeats: quick at first, for a restart; then every five seconds."""
    return itertools.chain((0.05, 0.1, 0.2, 0.5, 1.0, 2.0), itertools.repeat(5.0))


async def _set_within(event: asyncio.Event, seconds: float) -> bool:
    try:
        await asyncio.wait_for(event.wait(), seconds)
    except TimeoutError:
        return False
    return True
