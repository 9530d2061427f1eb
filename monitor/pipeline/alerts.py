"""What changed between alerted and latest -> an alert, when it reaches the reader's level."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from monitor.compose.cadence import delivery_time
from monitor.compose.digest import make_digest
from monitor.compose.filters import select
from monitor.errors import MessageUnsendable, TemplateFailed
from monitor.model.subscription import Pointers, Subscription
from monitor.pipeline.digests import Made, run_one, store_digest, who
from monitor.pipeline.following import active
from monitor.pipeline.inputs import Step, digest_input, raised, steps
from monitor.pipeline.letters import letter
from monitor.pipeline.moments import local_day
from monitor.pipeline.program import Program
from monitor.pipeline.say import say, warn
from monitor.store.records import AlertedFinding, Telling


@dataclass(slots=True)
class Judged:
    """The latest version of each situation that this process has judged for alerts.

    Judging again is harmless, so this need not survive a restart; and after one everything is
    judged once more, which is how what a crash left undone is found.
    """

    latest: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """How many messages were written."""

    alerts: int = 0
    digests: int = 0

    def __add__(self, other: Spoken) -> Spoken:
        return Spoken(
            alerts=self.alerts + other.alerts,
            digests=self.digests + other.digests,
        )


def judge_alerts(program: Program, judged: Judged, now: datetime) -> Spoken:
    """Judge once, after all new snapshots are in, every situation whose latest has changed.

    Readers with the cadence at-once get their digest here.
    """
    written = Spoken()
    for situation in program.store.situations.all():
        latest = program.store.versions.latest(situation.name)
        if latest is None or judged.latest.get(situation.name) == latest.id:
            continue
        for reader in active(program, situation=situation.name, alerted_not=latest.id):
            written += _speak(program, reader, now)
        judged.latest[situation.name] = latest.id
    return written


def _speak(program: Program, reader: Subscription, now: datetime) -> Spoken:
    """Outside quiet hours an at-once reader gets the digest now; an alert would only repeat it."""
    if reader.spec.cadence != "at-once":
        return Spoken(alerts=alert(program, reader, now))
    if delivery_time(reader.spec.quiet, reader.spec.zone, now) <= now:
        return Spoken(digests=run_one(program, reader, now))
    alerted = alert(program, reader, now)
    again = program.store.subscriptions.get(reader.id)
    return Spoken(alerts=alerted, digests=run_one(program, again, now))


def alert(program: Program, reader: Subscription, now: datetime) -> int:
    """1 when an alert was written, else 0. One reader's failure stops nobody else."""
    if reader.spec.alert_level is None:
        return 0
    alarming = [step for step in steps(program, reader, alerted=True) if step.moved]
    alarming = [step for step in alarming if _reaches_level(program, reader, step, now)]
    if not alarming:
        return 0
    try:
        return int(_write(program, reader, alarming, now))
    except (TemplateFailed, MessageUnsendable) as error:
        warn("alert-failed", f"no alert for {who(reader)}: {error}")
        return 0


def _reaches_level(program: Program, reader: Subscription, step: Step, now: datetime) -> bool:
    today = local_day(reader, now)
    found = program.comparing.between(
        step.old,
        step.new,
        today=today,
        last_run=local_day(reader, reader.last_run or reader.created_at),
    )
    wanted = raised(reader.spec.filter, reader)
    return bool(select(found, wanted, reader.mutes, today.isoformat()).shown)


def _write(program: Program, reader: Subscription, alarming: Sequence[Step], now: datetime) -> bool:
    wanted = raised(reader.spec.filter, reader)
    found = digest_input(program, reader, alarming, reason="alert", due=now, now=now, filter=wanted)
    made = Made(input=found, digest=make_digest(found, program.templates))
    with program.store.transaction() as tx:
        stored = store_digest(program, tx, made, now)
        written = letter(
            program,
            reader,
            reason="alert",
            body=stored.body,
            body_hash=stored.input_hash,
            digest=stored.id,
            now=now,
        )
        telling = Telling(subscription=reader, pointers=_alerted(alarming), letter=written)
        first = tx.outbox.tell([telling], now=now) == [True]
        if first:
            tx.alerts.record(_findings(reader, made, now))
    if first:
        say(
            "alert-written",
            f"alert for {who(reader)}: {made.digest.subject}",
            subscription=who(reader),
            message=written.message_id,
        )
    return first


def _alerted(alarming: Sequence[Step]) -> tuple[Pointers, ...]:
    return tuple(
        Pointers(situation=step.pointer.situation, told=step.pointer.told, alerted=step.new.id)
        for step in alarming
    )


def _findings(reader: Subscription, made: Made, now: datetime) -> list[AlertedFinding]:
    """What the alert told, by situation, so that the next digest marks or withdraws it."""
    sentences = dict(zip(made.digest.shown, made.digest.sentences, strict=True))
    return [
        AlertedFinding(
            subscription=reader.id,
            situation=part.comparison.situation,
            finding=finding.id,
            sentence=sentences[finding.id],
            at=now,
        )
        for part in made.input.situations
        for finding in part.comparison.findings
        if finding.id in sentences
    ]
