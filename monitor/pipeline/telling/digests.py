"""Who is due now, and what changed between told and latest -> digests in the outbox.

Readers are looked at in pages, sorted by all that decides what they are told. Where that is
nothing, it is found without rendering and written for all of them at once.
"""

from __future__ import annotations

import time
import zlib
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Final

from monitor.cadence import Slot, due_slot
from monitor.errors import StoreUnavailable
from monitor.model.message import Reason
from monitor.model.subscription import Subscription
from monitor.pipeline.passed import Passed
from monitor.pipeline.program import Program
from monitor.pipeline.telling.asking import why_ask
from monitor.pipeline.telling.calendar import next_slot, quiet_until
from monitor.pipeline.telling.inputs import steps, wanted_of
from monitor.pipeline.telling.rendering import Prepared, Press, arrived, write
from monitor.pipeline.telling.standing import Standing
from monitor.pipeline.telling.together import PART, Together
from monitor.pipeline.telling.verdicts import DIGEST, Verdicts

PAGE: Final = 1000
"""Readers looked at together: some tenths of a second at most, between which others get a turn."""

PATIENCE: Final = 5.0
GLANCE: Final = 0.05
"""Seconds that a pass waits for what other nodes are making, and between two looks at it."""


def run_due(program: Program, now: datetime) -> Iterator[Passed]:
    """Run every subscription whose time has come. One that fails stays due."""
    run = _Run(Standing(program, now), Press(program))
    later: list[int] = []
    for page in _pages(program, now):
        later += yield from run.page(page)
    yield from run.wait(later)


def _pages(program: Program, now: datetime) -> Iterator[Sequence[int]]:
    """Of those who are due. Each node goes through them in an order of its own, so that two of
    them seldom meet at one page."""
    after = 0
    while numbers := program.store.due.numbers(now, after=after):
        places = list(range(0, len(numbers), PAGE))
        if not program.store.is_sqlite:
            places.sort(key=lambda place: zlib.crc32(f"{program.node} {place}".encode()))
        for place in places:
            yield numbers[place : place + PAGE]
        after = numbers[-1]


@dataclass(slots=True)
class _Run:
    """One pass over those who are due."""

    standing: Standing
    press: Press
    together: Together = field(init=False)

    def __post_init__(self) -> None:
        self.together = Together(Verdicts(self.standing, self.press))

    def page(self, numbers: Sequence[int]) -> Generator[Passed, None, Sequence[int]]:
        """Returns whose digest another node is just making."""
        left = yield from self.together.tell(numbers)
        if left.alone:
            yield from _one_by_one(self.standing, self.press, left.alone)
        return left.later

    def wait(self, later: Sequence[int]) -> Iterator[Passed]:
        """Seldom longer than one rendering takes. Who is still left then is due at the next
        tick."""
        until = time.monotonic() + PATIENCE
        while later and time.monotonic() < until:
            time.sleep(GLANCE)
            again: list[int] = []
            for start in range(0, len(later), PAGE):
                again += yield from self.page(later[start : start + PAGE])
            later = again


def _one_by_one(standing: Standing, press: Press, numbers: Sequence[int]) -> Iterator[Passed]:
    program, now = standing.program, standing.now
    batch: list[Prepared] = []
    waiting: dict[int, datetime] = {}
    until = time.monotonic() + PART
    for reader in program.store.subscriptions.several(numbers):
        if silent := quiet_until(reader, now):
            waiting[reader.id] = silent
            continue
        faults = program.blame.count
        prepared = _attempt(standing, press, reader)
        if prepared is not None:
            batch.append(prepared)
        elif program.blame.count == faults:
            waiting[reader.id] = next_slot(reader, now)
        yield Passed()
        if batch and time.monotonic() >= until:
            yield Passed(digests=write(program, batch, now))
            batch, until = [], time.monotonic() + PART
    yield Passed(digests=write(program, batch, now))
    reschedule(program, waiting)


def _attempt(standing: Standing, press: Press, reader: Subscription) -> Prepared | None:
    program, who, now = standing.program, reader.spec.who, standing.now
    what, state = f"{DIGEST} {who}", _state(standing, reader)
    if program.patience.rests(what, state, now):
        return None
    with program.patience.learning(what, state, now):
        return program.blame.attempt(
            DIGEST,
            who,
            f"no digest for {who}",
            partial(prepare, standing, press, reader),
            otherwise=None,
        )


def _state(standing: Standing, reader: Subscription) -> object:
    """What the next digest is made from: news, and a changed subscription, change it."""
    latest: dict[str, object] = {}
    for name in reader.spec.situations:
        try:
            latest[name] = (standing.latest(name), standing.recalls.out(name))
        except StoreUnavailable:
            raise
        except Exception as error:  # noqa: BLE001 - met again, and blamed, when it is made
            latest[name] = repr(error)
    return (reader.spec, reader.pointers, reader.mutes, latest)


def compose(
    standing: Standing,
    press: Press,
    subscription: Subscription,
    *,
    slot: Slot | None = None,
    reason: Reason = "digest",
) -> Prepared:
    """Told -> latest as one step. Nothing is told when nothing is worth it, but pointers move."""
    covered = steps(standing, subscription)
    due = slot.at if slot else standing.now
    made = press.make(wanted_of(standing, subscription, covered, reason=reason, due=due))
    covered = made.covers(covered)
    if not made.digest.worth_sending and subscription.spec.receipts and slot:
        reason = "receipt"
        made = press.make(wanted_of(standing, subscription, covered, reason=reason, due=due))
    speaks = made.digest.worth_sending or reason in ("receipt", "manual")
    return Prepared(
        subscription=subscription,
        pointers=arrived(covered),
        reason=reason,
        made=made if speaks else None,
        slot=slot.at if slot else None,
        next_due=next_slot(subscription, standing.now),
        held=None if reason == "manual" else why_ask(standing, subscription, covered, slot),
    )


def prepare(standing: Standing, press: Press, subscription: Subscription) -> Prepared | None:
    """The step that is due now, or None."""
    spec = subscription.spec
    if spec.cadence == "at-once":
        if not any(step.has_news for step in steps(standing, subscription)):
            return None
        prepared = compose(standing, press, subscription)
        # What moved may be just what cannot be compared: then there is no step to take.
        return prepared if _moves(prepared) or _takes_back(prepared) else None
    slot = due_slot(
        spec.cadence,
        spec.zone,
        last_run=subscription.last_run,
        created=subscription.created_at,
        now=standing.now,
    )
    return compose(standing, press, subscription, slot=slot) if slot else None


def _moves(prepared: Prepared) -> bool:
    return not set(prepared.pointers) <= set(prepared.subscription.pointers)


def _takes_back(prepared: Prepared) -> bool:
    situations = prepared.made.input.situations if prepared.made else ()
    return any(each.withdrawn for each in situations)


def reschedule(program: Program, waiting: dict[int, datetime]) -> None:
    """What the calendar said is remembered, so that it is not asked at every tick."""
    if not waiting:
        return
    with program.store.transaction() as tx:
        for number, due in waiting.items():
            tx.subscriptions.reschedule(number, due)
