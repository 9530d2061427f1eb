"""Who is due now, and what changed between told and latest -> digests in the outbox."""

from __future__ import annotations

from datetime import UTC, datetime

from monitor.compose.cadence import Slot, due_slot, next_due
from monitor.errors import TemplateFailed
from monitor.model.message import Reason
from monitor.model.subscription import Subscription
from monitor.pipeline.asking import why_ask
from monitor.pipeline.following import pages
from monitor.pipeline.inputs import steps, wanted_of
from monitor.pipeline.program import Program
from monitor.pipeline.say import warn
from monitor.pipeline.standing import Standing
from monitor.pipeline.telling import Prepared, Press, arrived, write

NO_SLOT = datetime(9999, 1, 1, tzinfo=UTC)
"""Where the due time of an at-once reader rests: a new version, not the calendar, moves it."""


def run_due(program: Program, now: datetime) -> int:
    """Run every subscription whose time has come; returns how many digests were written."""
    standing, press = Standing(program, now), Press(program)
    written = 0
    for page in pages(program, due_by=now):
        batch: list[Prepared] = []
        waiting: dict[int, datetime] = {}
        for subscription in page:
            prepared = prepare(standing, press, subscription)
            if prepared is None:
                waiting[subscription.id] = _next(subscription, now)
            else:
                batch.append(prepared)
        written += write(program, batch, now)
        _reschedule(program, waiting)
    return written


def prepare(standing: Standing, press: Press, subscription: Subscription) -> Prepared | None:
    """The step that is due now, or None. One reader's failure is logged and stops nobody else."""
    try:
        return _prepare(standing, press, subscription)
    except TemplateFailed as error:
        warn("digest-failed", f"no digest for {subscription.spec.who}: {error}")
        return None


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
        next_due=_next(subscription, standing.now),
        held=None if reason == "manual" else why_ask(standing, subscription, covered, slot),
    )


def _prepare(standing: Standing, press: Press, subscription: Subscription) -> Prepared | None:
    spec = subscription.spec
    if spec.cadence == "at-once":
        moved = any(step.moved for step in steps(standing, subscription))
        return compose(standing, press, subscription) if moved else None
    slot = due_slot(
        spec.cadence,
        spec.zone,
        last_run=subscription.last_run,
        created=subscription.created_at,
        now=standing.now,
    )
    return compose(standing, press, subscription, slot=slot) if slot else None


def _next(subscription: Subscription, now: datetime) -> datetime:
    spec = subscription.spec
    return next_due(spec.cadence, spec.zone, now) or NO_SLOT


def _reschedule(program: Program, waiting: dict[int, datetime]) -> None:
    """What the calendar said is remembered, so that it is not asked at every tick."""
    if not waiting:
        return
    with program.store.transaction() as tx:
        for number, due in waiting.items():
            tx.subscriptions.reschedule(number, due)
