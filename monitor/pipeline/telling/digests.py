"""Who is due now, and what changed between told and latest -> digests in the outbox.

Readers are looked at in pages, sorted by all that decides what they are told. Where that is
nothing, it is found without rendering and written for all of them at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
from monitor.pipeline.telling.verdicts import Verdicts
from monitor.store.records import AlikeTelling, Reader

DIGEST: Final = "digest"

PAGE: Final = 1000
"""Readers looked at together: some tenths of a second at most, between which others get a turn."""


def run_due(program: Program, now: datetime) -> Iterator[Passed]:
    """Run every subscription whose time has come. One that fails stays due."""
    standing, press = Standing(program, now), Press(program)
    verdicts = Verdicts(standing)
    for page in _pages(program, now):
        alone = _tell_alike(program, verdicts, page, now)
        yield Passed()
        if alone:
            yield from _one_by_one(standing, press, alone)


def _pages(program: Program, now: datetime) -> Iterator[Sequence[int]]:
    after = 0
    while numbers := program.store.due.numbers(now, after=after):
        for start in range(0, len(numbers), PAGE):
            yield numbers[start : start + PAGE]
        after = numbers[-1]


def _tell_alike(
    program: Program, verdicts: Verdicts, page: Sequence[int], now: datetime
) -> list[int]:
    """Writes what is not told to many; returns who must be looked at alone."""
    due, copied = program.store.due, program.copied_at
    tellings: list[AlikeTelling] = []
    alone: list[int] = []
    for alike in due.alike(page, now, copied=copied, known=verdicts.known):
        verdict = verdicts.of(alike)
        fail = [one.id for one in alike.readers if verdict is None or _has_failed(program, one)]
        alone += fail
        if verdict is not None:
            tellings.append(verdict.telling(alike, without=fail))
    due.tell(tellings, by=now, now=now, copied=copied)
    return sorted(alone)


def _has_failed(program: Program, reader: Reader) -> bool:
    return program.patience.knows(f"{DIGEST} {reader.who}")


def _one_by_one(standing: Standing, press: Press, numbers: Sequence[int]) -> Iterator[Passed]:
    program, now = standing.program, standing.now
    batch: list[Prepared] = []
    waiting: dict[int, datetime] = {}
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
