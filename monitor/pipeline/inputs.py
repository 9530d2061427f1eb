"""A subscription and the present line of its situations -> the frozen DigestInput."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from monitor.model.digest import Alerted, DigestInput, SituationInput
from monitor.model.message import Reason
from monitor.model.subscription import Filter, Pointers, Subscription
from monitor.pipeline.health import source_health
from monitor.pipeline.moments import local_day, stamp
from monitor.pipeline.program import Program
from monitor.store.records import AlertedFinding, Version


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One situation of a subscription: from where it was told, to where it is now."""

    pointer: Pointers
    old: Version
    new: Version

    @property
    def moved(self) -> bool:
        return self.old.id != self.new.id


def steps(
    program: Program,
    subscription: Subscription,
    *,
    alerted: bool = False,
    learned_by: datetime | None = None,
) -> tuple[Step, ...]:
    """Told -> latest of each situation followed, or alerted -> latest."""
    versions, found = program.store.versions, []
    for pointer in subscription.pointers:
        latest = versions.latest(pointer.situation, learned_by=learned_by)
        if latest is not None:
            since = versions.get(pointer.alerted if alerted else pointer.told)
            found.append(Step(pointer=pointer, old=since, new=latest))
    return tuple(found)


def digest_input(
    program: Program,
    subscription: Subscription,
    wanted: Sequence[Step],
    *,
    reason: Reason,
    due: datetime,
    now: datetime,
    filter: Filter | None = None,
) -> DigestInput:
    """Everything that decides what the digest says. `due` is its slot, or now without one."""
    spec = subscription.spec
    alerted = program.store.alerts.of(subscription.id)
    undelivered = subscription.undelivered_since
    return DigestInput(
        reason=reason,
        situations=tuple(_situation(program, subscription, step, alerted, now) for step in wanted),
        filter=filter or spec.filter,
        mutes=subscription.mutes,
        health=source_health(program, now),
        cadence=spec.cadence,
        zone=spec.zone,
        language=spec.language,
        due=stamp(due),
        public_url=program.settings.mail.public_url,
        undelivered_since=stamp(undelivered)[:10] if undelivered else None,
    )


def raised(filter: Filter, subscription: Subscription) -> Filter:
    """The filter of an alert: what the reader follows, from the alert level on."""
    level = subscription.spec.alert_level
    assert level is not None
    return replace(filter, minimum=max(filter.minimum, level))


def _situation(
    program: Program,
    subscription: Subscription,
    step: Step,
    alerted: Iterable[AlertedFinding],
    now: datetime,
) -> SituationInput:
    name, today = step.pointer.situation, local_day(subscription, now)
    last_run = local_day(subscription, subscription.last_run or subscription.created_at)
    between = program.comparing.between
    baseline = program.store.situations.baseline(name)
    against = between(baseline, step.new, today=today) if baseline else None
    known = between(baseline, step.old, today=today) if baseline else None
    before = {finding.id for finding in known.findings} if known else set()
    return SituationInput(
        comparison=between(step.old, step.new, today=today, last_run=last_run),
        against_baseline=against,
        baseline=baseline.ref if baseline else None,
        baseline_how=program.store.situations.get(name).baseline_how if baseline else None,
        new_against_baseline=tuple(
            finding.id
            for finding in (against.findings if against else ())
            if finding.id not in before
        ),
        alerted=tuple(
            Alerted(finding=entry.finding, sentence=entry.sentence, at=stamp(entry.at))
            for entry in alerted
            if entry.situation == name
        ),
    )
