"""What changed between alerted and latest -> an alert, when it reaches the reader's level."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Final, TypeAlias

from monitor.model.subscription import Pointers, Subscription
from monitor.pipeline.comparison.comparing import name_of
from monitor.pipeline.intake.looks import Looks
from monitor.pipeline.moments import local_day
from monitor.pipeline.passed import Passed
from monitor.pipeline.program import Program
from monitor.pipeline.telling.asking import why_ask
from monitor.pipeline.telling.calendar import quiet_until
from monitor.pipeline.telling.digests import prepare, reschedule
from monitor.pipeline.telling.following import pages
from monitor.pipeline.telling.inputs import Step, raised, steps, wanted_of
from monitor.pipeline.telling.rendering import Made, Prepared, Press, write
from monitor.pipeline.telling.standing import Standing
from monitor.pipeline.trouble.blame import COMPARE
from monitor.report.filters import select
from monitor.store.records import AlertedFinding

ALERT: Final = "alert"

NOBODYS: Final = 0
"""The latest of a situation without a state: the id of no version."""

Out: TypeAlias = frozenset[tuple[int, datetime]]
"""Withdrawn snapshots, and since when each is."""


@dataclass(slots=True)
class Judged:
    """The latest version of each situation that this process has judged for alerts.

    Judging again is harmless, so this need not survive a restart; and after one everything is
    judged once more, which is how what a crash left undone is found.
    """

    latest: dict[str, int] = field(default_factory=dict)
    withdrawn: dict[str, Out] = field(default_factory=dict)
    """Snapshots of each situation that counted once, and whose readers have heard of it."""

    def knows(self, situation: str, latest: int, withdrawn: Out) -> bool:
        return self.latest.get(situation) == latest and not self.takes_back(situation, withdrawn)

    def takes_back(self, situation: str, withdrawn: Out) -> bool:
        return not withdrawn <= self.withdrawn.get(situation, frozenset())


def judge_alerts(
    program: Program, judged: Judged, now: datetime, *, looks: Looks
) -> Iterator[Passed]:
    """Judge once, after all new snapshots are in, every situation whose latest has changed.

    Readers with the cadence at-once get their digest here: an alert would only say it first.
    """
    standing, press = Standing(program, now), Press(program)
    for situation in program.store.situations.all():
        name = situation.name
        if not looks.is_settled(name, now):
            continue
        faults = program.blame.count
        latest = program.blame.attempt(
            ALERT,
            name,
            f"whether {name} needs an alert cannot be judged",
            partial(_latest, standing, name),
            otherwise=None,
        )
        gone = standing.recalls.out(name)
        if latest is None or judged.knows(name, latest, gone):
            continue
        # Of a withdrawal those hear as well whose latest is the same without it.
        beside = None if judged.takes_back(name, gone) else latest
        what, state = f"{ALERT} {name}", (latest, gone)
        # Whoever rests after lost mail is judged as soon as that is over.
        rest = program.store.subscriptions.rests(name, latest, now=now)
        if not rest and program.patience.rests(what, state, now):
            continue
        overtaken: list[Prepared] = []
        with program.patience.learning(what, state, now):
            for page in pages(program, situation=name, alerted_not=beside, ready_by=now):
                yield from _judge(standing, press, page, overtaken)
        looks.spoken(name, now)
        rest = program.store.subscriptions.rests(name, latest, now=now)
        if program.blame.count == faults and not rest and not overtaken:
            judged.latest[name], judged.withdrawn[name] = latest, gone


def _latest(standing: Standing, situation: str) -> int:
    latest = standing.latest(situation)
    return NOBODYS if latest is None else latest.id


def _judge(
    standing: Standing, press: Press, page: Sequence[Subscription], overtaken: list[Prepared]
) -> Iterator[Passed]:
    """Alerts first: they move what an at-once digest then begins from."""
    found: list[Prepared] = []
    for reader in page:
        found += _attempt(standing, reader, partial(_alert, standing, press, reader))
        yield Passed()
    yield Passed(
        alerts=write(standing.program, found, standing.now, step=ALERT, overtaken=overtaken)
    )
    told: list[Prepared] = []
    waiting = _waiting(page, standing.now)
    reschedule(standing.program, waiting)
    for reader in page:
        if reader.id in waiting:
            continue
        told += _attempt(standing, reader, partial(_at_once, standing, press, reader))
        yield Passed()
    yield Passed(
        digests=write(standing.program, told, standing.now, step=ALERT, overtaken=overtaken)
    )


def _attempt(
    standing: Standing, reader: Subscription, call: Callable[[], Prepared | None]
) -> list[Prepared]:
    who = reader.spec.who
    blame = standing.program.blame
    made = blame.attempt(ALERT, who, f"no alert for {who}", call, otherwise=None)
    return [made] if made else []


def _at_once(standing: Standing, press: Press, reader: Subscription) -> Prepared | None:
    return prepare(standing, press, reader) if reader.spec.cadence == "at-once" else None


def _waiting(page: Sequence[Subscription], now: datetime) -> dict[int, datetime]:
    """At-once readers whose quiet hours it is, and when these end."""
    return {
        reader.id: end
        for reader in page
        if reader.spec.cadence == "at-once" and (end := quiet_until(reader, now))
    }


def _alert(standing: Standing, press: Press, reader: Subscription) -> Prepared | None:
    """Quiet hours delay a digest and never an alert, so only then an at-once reader gets one."""
    if reader.spec.alert_level is None:
        return None
    if reader.spec.cadence == "at-once" and not quiet_until(reader, standing.now):
        return None
    alarming = tuple(
        step
        for step in steps(standing, reader, alerted=True)
        if step.moved and _try_level(standing, reader, step)
    )
    if not alarming:
        return None
    made = press.make(wanted_of(standing, reader, alarming, reason="alert", due=standing.now))
    alarming = made.covers(alarming)
    return Prepared(
        subscription=reader,
        pointers=tuple(
            Pointers(situation=step.pointer.situation, told=step.pointer.told, alerted=step.new.id)
            for step in alarming
        ),
        reason="alert",
        made=made,
        held=why_ask(standing, reader, alarming),
        alerted=_findings(reader, alarming, made, standing.now),
    )


def _try_level(standing: Standing, reader: Subscription, step: Step) -> bool:
    """A situation that cannot be compared raises no alert, and hinders none of another."""
    return standing.program.blame.attempt(
        COMPARE,
        name_of(step.new),
        f"{step.new.ref.situation} of {step.new.ref.as_of} cannot be compared",
        partial(_reaches_level, standing, reader, step),
        otherwise=False,
    )


def _reaches_level(standing: Standing, reader: Subscription, step: Step) -> bool:
    today = local_day(reader, standing.now)
    found = standing.program.comparing.between(
        step.old,
        step.new,
        today=today,
        last_run=local_day(reader, reader.last_run or reader.created_at),
        language=reader.spec.language,
    )
    return bool(select(found, raised(reader), reader.mutes, today.isoformat()).shown)


def _findings(
    reader: Subscription, alarming: tuple[Step, ...], made: Made, now: datetime
) -> tuple[AlertedFinding, ...]:
    """What the alert told, by situation, so that the next digest marks or withdraws it."""
    sentences = dict(zip(made.digest.shown, made.digest.sentences, strict=True))
    return tuple(
        AlertedFinding(
            subscription=reader.id,
            situation=part.comparison.situation,
            old=step.old.id,
            new=step.new.id,
            finding=finding.id,
            sentence=sentences[finding.id],
            at=now,
        )
        for step, part in zip(alarming, made.input.situations, strict=True)
        for finding in part.comparison.findings
        if finding.id in sentences
    )
