"""What changed between told and latest -> a digest in the outbox, with the pointers moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from monitor.compose.cadence import Slot, due_slot, next_due, too_late
from monitor.compose.digest import input_document, make_digest
from monitor.compose.mail import encode
from monitor.errors import MessageUnsendable, TemplateFailed
from monitor.model.digest import Digest, DigestInput
from monitor.model.message import Reason
from monitor.model.subscription import Pointers, Subscription
from monitor.pipeline.following import active
from monitor.pipeline.inputs import Step, digest_input, steps
from monitor.pipeline.letters import letter
from monitor.pipeline.program import Program
from monitor.pipeline.say import say, warn
from monitor.store.records import Letter, StoredDigest, Telling
from monitor.store.store import Families

NO_SLOT = datetime(9999, 1, 1, tzinfo=UTC)
"""Where the due time of an at-once reader rests: a new version, not the calendar, moves it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A digest with the input that it is a pure function of."""

    input: DigestInput
    digest: Digest

    @property
    def worth_sending(self) -> bool:
        return self.digest.worth_sending


def run_due(program: Program, now: datetime) -> int:
    """Run every subscription whose time has come; returns how many digests were written."""
    return sum(run_one(program, entry, now) for entry in active(program, due_by=now))


def run_one(program: Program, subscription: Subscription, now: datetime) -> bool:
    """True when a digest was written. One reader's failure is logged and stops nobody else."""
    try:
        return _run(program, subscription, now)
    except (TemplateFailed, MessageUnsendable) as error:
        warn("digest-failed", f"no digest for {who(subscription)}: {error}")
        return False


def who(subscription: Subscription) -> str:
    return f"{subscription.spec.address}/{subscription.spec.name}"


def _run(program: Program, subscription: Subscription, now: datetime) -> bool:
    spec = subscription.spec
    if spec.cadence == "at-once":
        return _run_at_once(program, subscription, now)
    slot = due_slot(
        spec.cadence,
        spec.zone,
        last_run=subscription.last_run,
        created=subscription.created_at,
        now=now,
    )
    if slot is None:
        due = next_due(spec.cadence, spec.zone, now)
        program.store.subscriptions.reschedule(subscription.id, due or NO_SLOT)
        return False
    return tell(program, subscription, steps(program, subscription), now=now, slot=slot)


def _run_at_once(program: Program, subscription: Subscription, now: datetime) -> bool:
    """Such a reader's slot is the arrival of a version."""
    wanted = steps(program, subscription)
    written = any(step.moved for step in wanted) and tell(program, subscription, wanted, now=now)
    if not written:
        program.store.subscriptions.reschedule(subscription.id, NO_SLOT)
    return written


def tell(
    program: Program,
    subscription: Subscription,
    wanted: Sequence[Step],
    *,
    now: datetime,
    slot: Slot | None = None,
    reason: Reason = "digest",
) -> bool:
    """One run: the digest, if there is anything to say, and the pointers, in one transaction."""
    made = make(program, subscription, wanted, now=now, due=slot.at if slot else now, reason=reason)
    if not made.worth_sending and subscription.spec.receipts and slot is not None:
        reason = "receipt"
        made = make(program, subscription, wanted, now=now, due=slot.at, reason=reason)
    speaks = made.worth_sending or reason in ("receipt", "manual")
    held = _why_held(program, slot, wanted, now)
    with program.store.transaction() as tx:
        written = None
        if speaks:
            stored = store_digest(program, tx, made, now)
            written = _letter(program, subscription, stored, reason=reason, now=now, held=held)
        done = tx.outbox.tell([_telling(subscription, wanted, slot, now, written)], now=now)
    if done == [True]:
        _log(subscription, reason, made, written)
    return written is not None and done == [True]


def make(
    program: Program,
    subscription: Subscription,
    wanted: Sequence[Step],
    *,
    now: datetime,
    due: datetime,
    reason: Reason = "digest",
) -> Made:
    """Compose without storing anything. Raises TemplateFailed."""
    found = digest_input(program, subscription, wanted, reason=reason, due=due, now=now)
    return Made(input=found, digest=make_digest(found, program.templates))


def store_digest(program: Program, tx: Families, made: Made, now: datetime) -> StoredDigest:
    """Shared by all readers whose input is the same: encoded once."""
    known = tx.digests.by_hash(made.digest.input_hash)
    if known is not None:
        return known
    digest = made.digest
    body = encode(digest.subject, digest.text, digest.html, sender=program.sender)
    return tx.digests.add(digest, input_document(made.input), body, now=now)


def arrived(wanted: Sequence[Step]) -> tuple[Pointers, ...]:
    """Where told and alerted stand once this has been told."""
    return tuple(
        Pointers(situation=step.pointer.situation, told=step.new.id, alerted=step.new.id)
        for step in wanted
    )


def _telling(
    subscription: Subscription,
    wanted: Sequence[Step],
    slot: Slot | None,
    now: datetime,
    written: Letter | None,
) -> Telling:
    spec = subscription.spec
    outcome = "sent" if written else "nothing to tell"
    return Telling(
        subscription=subscription,
        pointers=arrived(wanted),
        slot=slot.at if slot else None,
        next_due=next_due(spec.cadence, spec.zone, now) or NO_SLOT,
        outcome="held" if written and written.held else outcome,
        letter=written,
    )


def _letter(
    program: Program,
    subscription: Subscription,
    stored: StoredDigest,
    *,
    reason: Reason,
    now: datetime,
    held: str | None,
) -> Letter:
    return letter(
        program,
        subscription,
        reason=reason,
        body=stored.body,
        body_hash=stored.input_hash,
        digest=stored.id,
        now=now,
        held=held,
    )


def _why_held(
    program: Program, slot: Slot | None, wanted: Sequence[Step], now: datetime
) -> str | None:
    """Why a person should look first: the reader may know it all from another machine."""
    limit, copied = program.settings.mail.late_limit, program.restored_at
    if slot is not None and too_late(slot, now, limit):
        return f"owed since {slot.first:%Y-%m-%d %H:%M} UTC, longer than {limit.days} days"
    old = all(step.new.learned_at < copied for step in wanted) if copied else False
    if old:
        return "this database is a copy, and its original may have told this"
    return None


def _log(subscription: Subscription, reason: Reason, made: Made, written: Letter | None) -> None:
    name = who(subscription)
    if written is None:
        say("nothing-to-tell", f"nothing to tell {name}", subscription=name)
        return
    say(
        "digest-written",
        f"{reason} for {name}: {made.digest.subject}" + (" (held)" if written.held else ""),
        subscription=name,
        reason=reason,
        message=written.message_id,
        findings=len(made.digest.shown),
    )
