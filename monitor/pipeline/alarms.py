"""What alerts have told a reader since the last digest, and what of it has cancelled out."""

from __future__ import annotations

from monitor.compare.cancelled import has_cancelled_out
from monitor.model.digest import Alerted
from monitor.model.record import Record
from monitor.model.subscription import Subscription
from monitor.pipeline.moments import stamp
from monitor.pipeline.program import Program
from monitor.pipeline.standing import Standing
from monitor.store.records import Version


class Alarm(Record):
    """A finding that an alert told, of these two versions. `at`: UTC, RFC 3339."""

    finding: str
    sentence: str
    at: str
    old: Version
    new: Version


def alarms_of(standing: Standing, subscription: Subscription) -> tuple[Alarm, ...]:
    """A digest moves both pointers, so where they agree no alert was sent since."""
    if all(pointer.told == pointer.alerted for pointer in subscription.pointers):
        return ()
    return tuple(
        Alarm(
            finding=entry.finding,
            sentence=entry.sentence,
            at=stamp(entry.at),
            old=standing.version(entry.old),
            new=standing.version(entry.new),
        )
        for entry in standing.program.store.alerts.of(subscription.id)
    )


def as_of_now(program: Program, alarm: Alarm, now: Version) -> Alerted:
    """A finding that today's rules no longer make stays as it was told."""
    told = program.comparing.between(alarm.old, alarm.new)
    finding = next((each for each in told.findings if each.id == alarm.finding), None)
    return Alerted(
        finding=alarm.finding,
        sentence=alarm.sentence,
        at=alarm.at,
        cancelled=finding is not None
        and has_cancelled_out(finding, told, program.comparing.between(alarm.old, now)),
    )
