"""One pass over the outbox: claim, build, send, record."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from monitor.deliver.breaker import LOGIN_PAUSES, PAUSES, Breaker
from monitor.deliver.channel import Channel
from monitor.deliver.marks import Marker
from monitor.deliver.outcomes import refused, released
from monitor.deliver.pace import Pace
from monitor.deliver.ports import Body, Log, Outbox, Runner
from monitor.deliver.retry import next_attempt
from monitor.deliver.summary import Summary
from monitor.errors import MessageUnsendable, MonitorError, StoreUnavailable
from monitor.model.message import Claimed, Envelope, Mark, Outcome, Result
from monitor.model.record import Record, replace


class DispatchSettings(Record):
    """Seconds, and numbers of messages. `lease` must be what the outbox grants with a claim."""

    batch: int = 50
    senders: int = 4
    lease: float = 900.0
    margin: float = 30.0
    """Left of a lease, nothing irrevocable is begun: time to record, and for clocks to differ."""
    drain: float = 10.0
    poll: float = 5.0
    pauses: tuple[float, ...] = PAUSES
    """Between tries of a relay that is down."""
    login_pauses: tuple[float, ...] = LOGIN_PAUSES
    """Between tries of a password that was refused."""
    grant: float | None = None
    """Where rates are kept: what was claimed is begun within this time, or has had no turn. No more
    is claimed at once than there are senders, so that it is."""


class Parts(Record):
    """What a pass works with."""

    outbox: Outbox
    channel: Channel
    body: Body
    run: Runner
    clock: Callable[[], datetime]
    log: Log
    settings: DispatchSettings
    holds: Callable[[Claimed], bool]
    """Whether a claimed message is still this node's: one that was away may have lost it."""


@dataclass(frozen=True, slots=True)
class _Job:
    message: Claimed
    ready: Envelope | Outcome
    deadline: float
    """On the event loop's clock, which no setting of the wall clock moves."""
    begin_by: float
    """The same: a later one would be too close to those that are taken after it."""


class Pass:
    """Sends what is due until nothing is, the relay is down, the store is, or `halt` is called."""

    def __init__(self, parts: Parts, breaker: Breaker, pace: Pace) -> None:
        self._parts = parts
        self._settings = parts.settings
        self._breaker = breaker
        self._pace = pace
        self._jobs: asyncio.Queue[_Job | None] = asyncio.Queue(maxsize=parts.settings.batch)
        self._marker = Marker(parts.outbox, parts.run, parts.log, parts.clock)
        self._unsent: list[Claimed] = []
        self._halted = False
        self.store_trouble: StoreUnavailable | None = None

    async def run(self) -> Summary:
        async with asyncio.TaskGroup() as group:
            marking = group.create_task(self._marker.work())
            senders = [group.create_task(self._sender()) for _ in range(self._settings.senders)]
            await self._feed()
            for _ in senders:
                await self._jobs.put(None)
            await asyncio.gather(*senders)
            await self._marker.finish()
            await marking
        await self._give_back()
        return self._marker.summary + Summary(released=len(self._unsent))

    def halt(self) -> None:
        """Begin nothing more; what is in flight goes on."""
        self._halted = True

    def give_up(self) -> None:
        """Record what can be recorded at once, and end."""
        self._marker.give_up()

    async def _feed(self) -> None:
        in_hand = False
        while not self._halted:
            await self._pace.room()
            most = self._most
            room = self._breaker.room(self._moment(), most)
            jobs = await self._claim(room) if room else []
            if not jobs:
                if not in_hand or self.store_trouble is not None:
                    return
                # What waits for one that is on its way to the same reader can go after it.
                await self._jobs.join()
                await self._marker.settled()
                in_hand = False
                continue
            in_hand = True
            self._pace.begin(len(jobs))
            for job in jobs:
                await self._jobs.put(job)
            if room < most or self._settings.grant is not None:
                # The one message let through after trouble decides whether more may follow.
                await self._jobs.join()

    @property
    def _most(self) -> int:
        most = self._pace.most
        return most if self._settings.grant is None else min(most, self._settings.senders)

    async def _claim(self, room: int) -> list[_Job]:
        # Read before the claim: the lease runs from a moment after it, never before.
        began = self._moment()
        deadline = began + self._settings.lease - self._settings.margin
        grant = self._settings.grant
        begin_by = deadline if grant is None else began + grant
        try:
            return await self._parts.run(partial(self._claim_and_build, room, deadline, begin_by))
        except StoreUnavailable as error:
            self.store_trouble = error
            self._parts.log("claim-failed", reason=str(error))
            return []

    def _claim_and_build(self, room: int, deadline: float, begin_by: float) -> list[_Job]:
        now = self._parts.clock()
        claimed = self._parts.outbox.claim(limit=room, now=now)
        return [_Job(message, self._build(message, now), deadline, begin_by) for message in claimed]

    def _build(self, message: Claimed, now: datetime) -> Envelope | Outcome:
        if message.expires_at <= now:
            return Outcome(
                result=Result.TEMPORARY, phase="build", text="expired before it could be sent"
            )
        try:
            return self._parts.channel.encode(message, self._parts.body(message))
        except MessageUnsendable as error:
            return refused("build", str(error))
        except StoreUnavailable as error:
            return released(str(error))
        except Exception as error:  # noqa: BLE001 - one poisoned message must not stop the others;
            # it is tried again later, because a program that is mended may well send it.
            self._parts.log("build-failed", message=message.id, reason=repr(error))
            why = str(error) if isinstance(error, MonitorError) else repr(error)
            return Outcome(result=Result.TEMPORARY, phase="build", text=why)

    async def _sender(self) -> None:
        while (job := await self._jobs.get()) is not None:
            try:
                await self._handle(job)
            finally:
                self._pace.end()
                self._jobs.task_done()

    async def _handle(self, job: _Job) -> None:
        began_at = self._parts.clock()
        outcome = await self._attempt(job)
        ended_at = self._parts.clock()
        if outcome.result is Result.RELEASED:
            self._unsent.append(job.message)
            return
        message = job.message
        again = next_attempt(
            message.attempts,
            outcome,
            ended_at,
            message.expires_at,
            uncertain=message.uncertain,
            stands=message.stands(outcome),
        )
        if again is None and outcome.refusal and not message.stands(outcome):
            # Its time is over before anybody knows whose fault it was, so it judges no reader.
            outcome = replace(outcome, result=Result.TEMPORARY, bounce=None)
        mark = Mark(
            message=message,
            outcome=outcome,
            next_attempt=again,
            began_at=began_at,
            ended_at=ended_at,
        )
        await self._marker.put(mark)

    async def _attempt(self, job: _Job) -> Outcome:
        if isinstance(job.ready, Outcome):
            return job.ready
        if reason := self._why_not(job):
            return released(reason)
        channel, began = self._parts.channel, self._moment()
        outcome = channel.judge(await channel.send(job.ready, deadline=job.deadline))
        self._pace.took(self._moment() - began)
        return self._breaker.record(
            outcome,
            moment=self._moment(),
            now=self._parts.clock(),
            recipient=job.message.recipient,
            stands=job.message.stands(outcome),
        )

    def _why_not(self, job: _Job) -> str | None:
        """What keeps it from being begun now."""
        now = self._moment()
        reasons = (
            (self._halted, "shutting down"),
            (now >= job.deadline, "the lease ends"),
            (not self._parts.holds(job.message), "this node was away for too long"),
            (now >= job.begin_by, "its turn of the rate is over"),
            (not self._breaker.room(now, 1), "the relay is down"),
        )
        return next((reason for is_so, reason in reasons if is_so), None)

    async def _give_back(self) -> None:
        if not self._unsent:
            return
        try:
            await self._parts.run(
                partial(self._parts.outbox.release, self._unsent, now=self._parts.clock())
            )
        except StoreUnavailable as error:
            # Their leases run out by themselves.
            self._parts.log("release-failed", messages=len(self._unsent), reason=str(error))

    @staticmethod
    def _moment() -> float:
        return asyncio.get_running_loop().time()
