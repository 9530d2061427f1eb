"""The service: ticks ask the database what is due, delivery hands over, SIGTERM ends it orderly.

Three parts share one event loop: the scheduler's ticks, the dispatcher, and what the command adds
(the web page). Every store call goes through one executor, so the loop is for the network only.
"""

from __future__ import annotations

import asyncio
import contextlib
import math
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from monitor.collect.stirring import Stirring
from monitor.deliver.fleet import Fleet
from monitor.deliver.summary import Summary
from monitor.errors import StoreReplaced, StoreUnavailable
from monitor.model.record import Record
from monitor.model.tuples import NamedTuple
from monitor.pipeline.delivery import make_dispatcher
from monitor.pipeline.flow import Memory, Work, passing
from monitor.pipeline.intake.errands import Errands
from monitor.pipeline.metering import Meter, Unmetered
from monitor.pipeline.passed import Passed
from monitor.pipeline.program import Program
from monitor.pipeline.readers.provision import start
from monitor.pipeline.readers.renewing import Renewal
from monitor.pipeline.say import say, warn
from monitor.pipeline.seldom import Seldom
from monitor.pipeline.telling.welcome import Begun
from monitor.pipeline.trouble.mail import RELAY, RELAY_PATIENCE, relay_line
from monitor.pipeline.turn import Turn
from monitor.recover import recover
from monitor.service.losing import raise_alarm, rescue
from monitor.service.thread import StoreThread
from monitor.service.tidy import Rest, tidy
from monitor.service.timetable import Job, timetable

SETTLING = 1.1
"""Seconds after which a file that was being written has settled, see collect.directory."""

SLICE = 0.5
"""Seconds of a pass between which others get their turn: the heartbeat, messages that are due to be
handed over, and the end. One item may take longer."""

TIDYING = 10.0
"""Seconds of tidying up in one pass that cron starts: what is left, the next one finds."""

Companion = Callable[[asyncio.Event], Awaitable[None]]
"""Something that runs beside the service until the event is set."""


class Finished(Record):
    """What one full pass came to, with its deliveries."""

    passed: Passed
    delivered: Summary


class Service:
    """Runs one program. `clock` gives aware UTC times; `meter` hears what passes cost."""

    def __init__(
        self, program: Program, *, clock: Callable[[], datetime], meter: Meter | None = None
    ) -> None:
        self._program = program
        self._clock = clock
        self.in_store_thread = StoreThread(sqlite=program.store.is_sqlite)
        self._memory = Memory(meter=meter or Unmetered())
        self._renewal = Renewal(program.settings)
        self._passing = asyncio.Lock()
        self._stop = asyncio.Event()
        self._seldom = Seldom()
        self._lost: StoreReplaced | None = None
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        self._dispatcher: Fleet = make_dispatcher(program, run=self.in_store_thread, clock=clock)

    @property
    def program(self) -> Program:
        """With the settings as they were last taken up."""
        return self._program

    @property
    def delivered(self) -> Summary:
        """What was handed over since the start."""
        return self._dispatcher.total

    @property
    def delivered_by(self) -> dict[str, Summary]:
        """The same for mail and for each channel, by its name."""
        return self._dispatcher.totals

    async def run(self, stop: asyncio.Event, *, companions: Sequence[Companion] = ()) -> None:
        """Serve until `stop` is set; then finish the item in hand, drain deliveries and let go."""
        self._stop = stop
        loop = asyncio.get_running_loop()
        self._memory.looks.stirring = Stirring()
        self._memory.looks.errands = Errands(partial(_soon, loop, self._come_back))
        await self._start()
        scheduler = self._scheduler
        self._schedule(scheduler)
        scheduler.start()
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._dispatcher.run(stop))
                for companion in companions:
                    group.create_task(companion(stop))  # type: ignore[arg-type]
                await stop.wait()
                say("stopping", "stopping: finishing what is in flight")
                scheduler.pause()
        finally:
            # The scheduler's own waiting shutdown cancels running jobs; they are let finish here.
            async with self._passing:
                scheduler.shutdown(wait=False)
            await self._end()
        say("stopped", "stopped")
        if self._lost is not None:
            raise self._lost

    async def once(self) -> Finished:
        """One full pass: take in, tell, hand over, and tell the operator what went wrong."""
        await self._start()
        try:
            return await self._once()
        except StoreReplaced as error:
            self._lost = error
        finally:
            await self._dispatcher.close()
            await self._end()
        raise self._lost

    async def _once(self) -> Finished:
        passed = await self._passes()
        if self._memory.looks.waiting:
            await asyncio.sleep(SETTLING)
            passed += await self._passes()
        delivered = await self._dispatcher.run_once()
        passed += await self._passes()
        delivered += await self._dispatcher.run_once()
        await self._tidy(seconds=TIDYING)
        return Finished(passed=passed, delivered=delivered)

    async def _start(self) -> None:
        call = partial(start, self._program, self._clock())
        self._program = await self.in_store_thread(call)

    async def _end(self) -> None:
        if self._lost is not None:
            call = partial(rescue, self._program, self._lost, self._clock())
            self._lost = await self.in_store_thread(call)
            await raise_alarm(self._program, self._lost, self._clock)
        try:
            await self.in_store_thread(partial(self._program.store.nodes.stop, now=self._clock()))
        except StoreUnavailable as error:
            warn("store-unavailable", str(error))
        self.in_store_thread.close()

    def _schedule(self, scheduler: AsyncIOScheduler) -> None:
        jobs: dict[Job, Callable[[], Awaitable[object]]] = {
            "pass": self._pass_tick,
            "recover": self._recover,
            "beat": self._beat,
            "tidy": self._tidy,
        }
        for tick in timetable(self._program.settings):
            scheduler.add_job(
                jobs[tick.job],
                IntervalTrigger(seconds=tick.every.total_seconds(), timezone=UTC),
                id=tick.job,
                next_run_time=datetime.now(UTC),
                coalesce=True,
                max_instances=1,
                misfire_grace_time=None,
            )

    async def _pass_tick(self) -> None:
        try:
            await self._passes()
        except StoreReplaced as error:
            self._lost = error
            self._stop.set()
            return
        except StoreUnavailable as error:
            self._seldom.warn("store-unavailable", f"{error}; trying again at the next tick")
            return
        if self._memory.looks.waiting and self._scheduler.get_job("pass"):
            # A file is being written: look again as soon as it can have settled.
            soon = datetime.now(UTC) + timedelta(seconds=SETTLING)
            self._scheduler.modify_job("pass", next_run_time=soon)

    def _come_back(self) -> None:
        """A source has answered: take in what it gave, and do not wait for the next tick."""
        if not self._stop.is_set() and self._scheduler.get_job("pass"):
            self._scheduler.modify_job("pass", next_run_time=datetime.now(UTC))

    async def _passes(self) -> Passed:
        """One pass after the other until nothing is left that waits for the next one."""
        passed = await self._pass()
        while passed.left and not self._stop.is_set():
            passed += await self._pass()
        return passed

    async def _pass(self) -> Passed:
        """One pass, in slices between which others use the store."""
        self._memory.trouble = self._own_trouble()
        async with self._passing:
            await self._renew()
            turn = Turn(self._clock)
            work = passing(self._program, self._memory, self._clock(), turn=turn)
            passed = Passed()
            began, asked = time.monotonic(), self._program.store.asked
            while not self._stop.is_set():
                await self.in_store_thread(self._program.store.nodes.check)
                done = await self.in_store_thread(partial(_some_of, work))
                passed += done.passed
                if done.ended:
                    break
                if done.passed.messages:
                    # An alert does not wait for the digests that are still being written.
                    self._dispatcher.wake()
            queries = self._program.store.asked - asked
            seconds = time.monotonic() - began
            self._memory.meter.passed(seconds, queries=queries, trouble=passed.trouble)
        if passed.messages or passed.trouble:
            self._dispatcher.wake()
        return passed

    async def _renew(self) -> None:
        """Take up what the configuration says now."""
        call = partial(self._renewal.renewed, self._program, self._clock())
        before, self._program = self._program, await self.in_store_thread(call)
        if self._program is not before:
            self._memory.begun = Begun()
            self._memory.seen.news.forget()

    def _own_trouble(self) -> dict[str, str]:
        """What other nodes do not share: their mail goes, so the outbox does not show it."""
        trouble = self._dispatcher.trouble
        # What a server refuses is found by asking the outbox, which outlives this process.
        if trouble is None or trouble.lasts or self._clock() - trouble.since < RELAY_PATIENCE:
            return {}
        return {RELAY: relay_line(trouble.since, trouble.outcome.text)}

    async def _recover(self) -> None:
        call = partial(recover, self._program, self._memory, self._clock())
        await self._job("recover", call, alone=True)

    async def _beat(self) -> None:
        # A pass may take long; what it does meanwhile is no sign that nobody lives here.
        call = partial(self._program.store.nodes.beat, now=self._clock())
        await self._job("beat", call, alone=False)

    async def _tidy(self, *, seconds: float = math.inf) -> None:
        # Old rows are nobody's concern, and a million of them take minutes: others go in between.
        rest, until = Rest(tidy(self._program, self._clock())), time.monotonic() + seconds
        while not rest.over and not self._stop.is_set() and time.monotonic() < until:
            await self._job("tidy", rest.some, alone=False)

    async def _job(self, name: Job, call: Callable[[], object], *, alone: bool) -> None:
        """What goes wrong is told by the next pass. `alone`: never during a pass."""
        guarded = partial(_guarded, self._program, name, call)
        async with self._passing if alone else contextlib.nullcontext():
            if self._stop.is_set():
                return
            try:
                await self.in_store_thread(guarded)
            except StoreUnavailable as error:
                self._seldom.warn("store-unavailable", f"{error}; trying again at the next tick")


class _Done(NamedTuple):
    passed: Passed
    ended: bool


def _some_of(work: Work) -> _Done:
    """As many items as fit into a slice."""
    passed, until = Passed(), time.monotonic() + SLICE
    for one in work:
        passed += one
        if time.monotonic() >= until:
            return _Done(passed, ended=False)
    return _Done(passed, ended=True)


def _guarded(program: Program, name: Job, call: Callable[[], object]) -> None:
    blame = program.blame
    blame.begin(name)
    blame.attempt(name, "", f"the job “{name}” of the service fails", call, otherwise=None)
    blame.end(name)


def _soon(loop: asyncio.AbstractEventLoop, call: Callable[[], None]) -> None:
    """Call it in the loop's thread, if the loop still runs: a look may outlast the program."""
    with contextlib.suppress(RuntimeError):
        loop.call_soon_threadsafe(call)
