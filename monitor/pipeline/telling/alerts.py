"""What changed between alerted and latest -> an alert, when it reaches the reader's level."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import Final

from monitor.errors import LateWrite
from monitor.model.subscription import Pointers, Subscription
from monitor.model.tuples import NamedTuple
from monitor.pipeline.comparison.comparing import name_of
from monitor.pipeline.intake.memory import Looks
from monitor.pipeline.moments import local_day
from monitor.pipeline.news import News
from monitor.pipeline.passed import Passed
from monitor.pipeline.program import Program
from monitor.pipeline.sharing import Share, sharing
from monitor.pipeline.telling.asking import why_ask
from monitor.pipeline.telling.calendar import quiet_until
from monitor.pipeline.telling.digests import prepare
from monitor.pipeline.telling.following import pages
from monitor.pipeline.telling.inputs import Step, raised, steps, wanted_of
from monitor.pipeline.telling.judged import JUDGE, Judged, Out, Verdict
from monitor.pipeline.telling.rendering import Made, Prepared, Press, write
from monitor.pipeline.telling.standing import Standing
from monitor.pipeline.telling.unjudged import MOST, NOBODYS, unjudged
from monitor.pipeline.trouble.blame import COMPARE
from monitor.report.filters import select
from monitor.store import Families
from monitor.store.records import AlertedFinding

ALERT: Final = "alert"

CHANGED: Final = "changed"
"""The sort of work that is a reader of whom something changed."""


def judge_alerts(
    program: Program, judged: Judged, now: datetime, *, looks: Looks, news: News | None = None
) -> Iterator[Passed]:
    """Judge once, after all new snapshots are in, every situation that has changed; then each
    reader of whom something has.

    Readers with the cadence at-once get their digest here: an alert would only say it first.
    """
    standing, press = Standing(program, now), Press(program)
    judged.read(program)
    for name in unjudged(standing, judged, news or News()):
        if looks.is_settled(name, now):
            yield from _judge_one(standing, press, judged, looks, name)
    yield from _judge_changed(standing, press, judged, looks)


def _judge_changed(
    standing: Standing, press: Press, judged: Judged, looks: Looks
) -> Iterator[Passed]:
    """Whom a new wish, a pause that is over or a pointer that went back may have made owed."""
    program, now = standing.program, standing.now
    deeds = program.store.changes.some(now=now, limit=MOST)
    judged.left = max(0, len(deeds) - MOST + 1)
    if not deeds:
        return
    keys = {str(number): number for number in deeds}
    with sharing(program, CHANGED, keys) as share:
        mine = [number for key, number in keys.items() if key in share]
        done = {number: deeds[number] for number in mine}
        for reader in program.store.subscriptions.several(mine):
            heard: list[bool] = []
            names = (one.situation for one in reader.pointers)
            if all(looks.is_settled(name, now) for name in names):
                yield from _judge_reader(standing, press, share, reader, heard)
            if not any(heard):
                del done[reader.id]
        program.store.changes.seen(done)


def _judge_reader(
    standing: Standing, press: Press, share: Share, reader: Subscription, heard: list[bool]
) -> Iterator[Passed]:
    """One alone; puts into `heard` whether nothing is left to do."""
    program, now = standing.program, standing.now
    faults, overtaken = program.blame.count, list[Prepared]()
    what, state = f"{CHANGED} {reader.spec.who}", (reader.spec, reader.pointers)
    if program.patience.rests(what, state, now):
        return
    guard = partial(share.hold, key=str(reader.id))
    with suppress(LateWrite), program.patience.learning(what, state, now):
        yield from _judge(standing, press, [reader], overtaken, guard)
        heard.append(program.blame.count == faults and not overtaken)


def _judge_one(
    standing: Standing, press: Press, judged: Judged, looks: Looks, name: str
) -> Iterator[Passed]:
    """A situation, unless it was judged as it stands or another node is just judging it."""
    program, now = standing.program, standing.now
    latest = program.blame.attempt(
        ALERT,
        name,
        f"whether {name} needs an alert cannot be judged",
        partial(_latest, standing, name),
        otherwise=None,
    )
    gone = standing.recalls.out(name)
    if latest is None or judged.knows(name, latest, gone, now):
        return
    # Whoever rests after lost mail is judged as soon as that is over.
    if program.patience.knows(_what(name)):
        rest = program.store.subscriptions.rests(name, latest, now=now)
        if not rest and program.patience.rests(_what(name), (latest, gone), now):
            return
    with sharing(program, JUDGE, (name,)) as share:
        # On SQLite there is no other node.
        if not program.store.is_sqlite and judged.hears(program, name, latest, gone, now):
            return
        if name not in share:
            # What was blamed when this node judged it stands until it does so again.
            program.patience.stands(_what(name))
            return
        if not standing.is_latest(name):
            return
        try:
            yield from _judge_all(standing, press, judged, share, _State(name, latest, gone))
        except LateWrite:
            program.patience.stands(_what(name))
            return
    looks.spoken(name, now)


class _State(NamedTuple):
    """What of a situation is judged."""

    name: str
    latest: int
    gone: Out


def _judge_all(
    standing: Standing, press: Press, judged: Judged, share: Share, state: _State
) -> Iterator[Passed]:
    """Its readers, a page at a time; noted when everybody has heard. Raises LateWrite."""
    program, now, name = standing.program, standing.now, state.name
    faults = program.blame.count
    # Of a withdrawal those hear as well whose latest is the same without it.
    beside = None if judged.takes_back(name, state.gone) else state.latest
    overtaken: list[Prepared] = []
    with program.patience.learning(_what(name), state[1:], now):
        for page in pages(program, situation=name, alerted_not=beside, ready_by=now):
            share.renew(name)
            yield from _judge(standing, press, page, overtaken, partial(share.hold, key=name))
    if program.blame.count != faults or overtaken:
        return
    rest = program.store.subscriptions.rests(name, state.latest, now=now)
    verdict = Verdict(latest=state.latest, withdrawn=state.gone, again=rest)
    with share.finishing(name, note=verdict.written()):
        pass
    judged.note(name, verdict)


def _what(name: str) -> str:
    return f"{ALERT} {name}"


def _latest(standing: Standing, situation: str) -> int:
    latest = standing.latest(situation)
    return NOBODYS if latest is None else latest.id


def _judge(
    standing: Standing,
    press: Press,
    page: Sequence[Subscription],
    overtaken: list[Prepared],
    guard: Callable[[Families], None],
) -> Iterator[Passed]:
    """Alerts first: they move what an at-once digest then begins from."""
    writing = partial(
        write, standing.program, now=standing.now, step=ALERT, overtaken=overtaken, guard=guard
    )
    found: list[Prepared] = []
    for reader in page:
        found += _attempt(standing, reader, partial(_alert, standing, press, reader))
        yield Passed()
    yield Passed(alerts=writing(batch=found))
    told: list[Prepared] = []
    waiting = _waiting(page, standing.now)
    if waiting:
        _put_off(standing.program, waiting, guard)
    for reader in page:
        if reader.id in waiting:
            continue
        told += _attempt(standing, reader, partial(_at_once, standing, press, reader))
        yield Passed()
    yield Passed(digests=writing(batch=told))


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


def _put_off(
    program: Program, waiting: dict[int, datetime], guard: Callable[[Families], None]
) -> None:
    with program.store.transaction() as tx:
        guard(tx)
        for number, due in waiting.items():
            tx.subscriptions.reschedule(number, due)


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
