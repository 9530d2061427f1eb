"""A subscription and where things stand -> the frozen DigestInput.

`Wanted` holds the same in small values that can be compared: readers whose are equal share one.
What alerts have told since the last digest is part of it, with what of that has cancelled out.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import TypeVar

from monitor.compare.cancelled import has_cancelled_out
from monitor.errors import CannotCompare
from monitor.model.digest import Alerted, DigestInput, SituationInput, Terms, Withdrawal
from monitor.model.message import Reason
from monitor.model.record import Record, replace
from monitor.model.subscription import Filter, Pointers, Subscription
from monitor.pipeline.comparison.comparing import name_of
from monitor.pipeline.moments import local_day, stamp
from monitor.pipeline.program import Program
from monitor.pipeline.telling.standing import Baseline, Standing
from monitor.pipeline.trouble.blame import COMPARE
from monitor.store.records import Version

T = TypeVar("T")


class Step(Record):
    """One situation of a subscription: from where it was told, to where it is now."""

    pointer: Pointers
    old: Version
    new: Version
    withdrawn: tuple[Withdrawal, ...] = ()
    """What the reader was told of, and has not heard that it counts no more."""
    stateless: bool = False
    """Nothing counts now: both sides are what the reader was told, and the pointers stay."""

    @property
    def moved(self) -> bool:
        return self.old.id != self.new.id

    @property
    def has_news(self) -> bool:
        return self.moved or bool(self.withdrawn)


class Span(Record):
    """What is compared in one situation, and what alerts have told of it."""

    situation: str
    old: Version
    new: Version
    baseline: Baseline
    alarms: tuple[Alarm, ...]
    withdrawn: tuple[Withdrawal, ...]
    stateless: bool = False


class Wanted(Terms):
    """Everything that decides what a digest says. Hashable, and cheap to make."""

    spans: tuple[Span, ...]
    due: datetime
    today: date
    last_run: date


def steps(
    standing: Standing, subscription: Subscription, *, alerted: bool = False
) -> tuple[Step, ...]:
    """Told -> latest of each situation followed, or alerted -> latest."""
    found = []
    for pointer in subscription.pointers:
        latest = standing.latest(pointer.situation)
        since = standing.version(pointer.alerted if alerted else pointer.told)
        # An alert is no place for it: the next digest says it.
        gone = () if alerted else standing.recalls.owed(subscription, pointer)
        if latest is not None:
            found.append(Step(pointer=pointer, old=since, new=latest, withdrawn=gone))
        elif gone:
            # Not all of it is gone from what is true: it is said, and what comes next is compared
            # with what the reader was told.
            found.append(
                Step(pointer=pointer, old=since, new=since, withdrawn=gone, stateless=True)
            )
    return tuple(found)


def wanted_of(
    standing: Standing,
    subscription: Subscription,
    covered: tuple[Step, ...],
    *,
    reason: Reason,
    due: datetime,
) -> Wanted:
    """`due` is the digest's slot, or now without one."""
    spec, undelivered = subscription.spec, subscription.undelivered_since
    # An alert speaks of what came after the last one: it has nothing to mark or withdraw.
    alarms = () if reason == "alert" else alarms_of(standing, subscription)
    return Wanted(
        reason=reason,
        spans=tuple(_span(standing, step, alarms) for step in covered),
        filter=raised(subscription) if reason == "alert" else spec.filter,
        mutes=subscription.mutes,
        health=standing.health(spec.situations),
        cadence=spec.cadence,
        zone=spec.zone,
        language=spec.language,
        due=due,
        today=local_day(subscription, standing.now),
        last_run=local_day(subscription, subscription.last_run or subscription.created_at),
        undelivered_since=stamp(undelivered)[:10] if undelivered else None,
    )


def digest_input(program: Program, wanted: Wanted) -> DigestInput:
    """The same in full: with the comparisons that a digest is made from.

    A situation that cannot be compared is blamed and left out, and so is a baseline. Raises
    CannotCompare when no situation is left.
    """
    return DigestInput(
        reason=wanted.reason,
        situations=_situations(program, wanted),
        filter=wanted.filter,
        mutes=wanted.mutes,
        health=wanted.health,
        cadence=wanted.cadence,
        zone=wanted.zone,
        language=wanted.language,
        due=stamp(wanted.due),
        public_url=program.settings.mail.public_url,
        pages_url=program.settings.mail.public_url if program.settings.web.enabled else None,
        undelivered_since=wanted.undelivered_since,
    )


def raised(subscription: Subscription) -> Filter:
    """The filter of an alert: what the reader follows, from the alert level on."""
    spec = subscription.spec
    assert spec.alert_level is not None
    return replace(spec.filter, minimum=max(spec.filter.minimum, spec.alert_level))


def _span(standing: Standing, step: Step, alarms: tuple[Alarm, ...]) -> Span:
    name = step.pointer.situation
    if step.stateless:
        nothing = Baseline(version=None, how="previous")
        return Span(
            situation=name,
            old=step.old,
            new=step.new,
            baseline=nothing,
            alarms=(),
            withdrawn=step.withdrawn,
            stateless=True,
        )
    return Span(
        situation=name,
        old=step.old,
        new=step.new,
        baseline=standing.baseline(name),
        alarms=tuple(alarm for alarm in alarms if alarm.old.ref.situation == name),
        withdrawn=step.withdrawn,
    )


def _situations(program: Program, wanted: Wanted) -> tuple[SituationInput, ...]:
    tried = [
        _guarded(program, span.new, partial(_situation, program, wanted, span))
        for span in wanted.spans
    ]
    found = tuple(each for each in tried if each)
    if wanted.spans and not found:
        what = name_of(wanted.spans[0].new)
        raise CannotCompare(program.blame.text(COMPARE, what) or what, what=what)
    return found


def _guarded(program: Program, new: Version, call: Callable[[], T]) -> T | None:
    said = f"{new.ref.situation} of {new.ref.as_of} cannot be compared"
    return program.blame.attempt(COMPARE, name_of(new), said, call, otherwise=None)


def _situation(program: Program, wanted: Wanted, span: Span) -> SituationInput:
    between, today = partial(program.comparing.between, language=wanted.language), wanted.today
    baseline, against, known = span.baseline.version, None, None
    if baseline is not None:
        # Without it the digest still tells what is new.
        against = _guarded(program, span.new, partial(between, baseline, span.new, today=today))
    if baseline is not None and against is not None:
        known = _guarded(program, span.old, partial(between, baseline, span.old, today=today))
    before = {finding.id for finding in known.findings} if known else set()
    if span.stateless:  # and no calendar: what was planned is withdrawn as well
        same = between(span.old, span.new)
        return SituationInput(
            comparison=replace(same, upcoming=(), steady=(), remarks=()),
            against_baseline=None,
            baseline=None,
            baseline_how=None,
            withdrawn=span.withdrawn,
            stateless=True,
        )
    return SituationInput(
        comparison=between(span.old, span.new, today=today, last_run=wanted.last_run),
        against_baseline=against,
        baseline=baseline.ref if baseline and against else None,
        baseline_how=span.baseline.how if baseline and against else None,
        new_against_baseline=tuple(
            finding.id
            for finding in (against.findings if against else ())
            if finding.id not in before
        ),
        alerted=tuple(as_of_now(program, alarm, span.new) for alarm in span.alarms),
        withdrawn=span.withdrawn,
    )


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
