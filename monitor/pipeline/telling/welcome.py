"""A reader's start in a situation that is there now, and the mail that says so."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final

from monitor.errors import Overtaken
from monitor.mail.message import encode
from monitor.model.comparison import Comparison
from monitor.model.contents import Contents
from monitor.model.record import replace
from monitor.model.subscription import Pointers, Subscription, SubscriptionSpec
from monitor.pipeline.intake.memory import Looks
from monitor.pipeline.moments import local_day
from monitor.pipeline.passed import Passed
from monitor.pipeline.program import Program
from monitor.pipeline.say import say
from monitor.pipeline.telling.following import active, missing_pointers
from monitor.pipeline.telling.letters import letter
from monitor.pipeline.telling.templates import rendered
from monitor.pipeline.trouble.blame import COMPARE
from monitor.report.filters import select
from monitor.report.notices import welcome
from monitor.store import Families
from monitor.store.records import Telling

BEGIN: Final = "begin"

TRIES = 3
"""Each is lost only to somebody else who got further: a version came in, or a command was given."""


@dataclass(slots=True)
class Begun:
    """The situations whose readers this process has given a start."""

    names: frozenset[str] = frozenset()


def begin(
    program: Program, begun: Begun, now: datetime, *, looks: Looks | None = None
) -> Iterator[Passed]:
    """Give every reader whose situation has appeared a start, and a welcome that says so.

    Asks all subscriptions only when a situation is new to this process. One whose files are still
    being taken in waits, so that its readers begin where it stands.
    """
    there = program.store.versions.with_one()
    known = frozenset(name for name in there if looks is None or looks.is_settled(name, now))
    if known <= begun.names:
        return
    if program.patience.rests(BEGIN, known, now):
        return
    faults = program.blame.count
    with program.patience.learning(BEGIN, known, now):
        yield from _begin_all(program, now)
    if program.blame.count == faults:
        begun.names = known


def _begin_all(program: Program, now: datetime) -> Iterator[Passed]:
    for reader in active(program):
        who = reader.spec.who
        is_written = program.blame.attempt(
            BEGIN,
            who,
            f"no welcome for {who}",
            partial(begin_one, program, reader, now),
            otherwise=False,
        )
        yield Passed(welcomes=1 if is_written else 0)


def begin_one(program: Program, subscription: Subscription, now: datetime) -> bool:
    """True when a welcome was written: pointers and message in one transaction.

    Whoever begins the situations writes it; who was overtaken looks again what is missing.
    """
    for _ in range(TRIES):
        pointers = missing_pointers(program.store, subscription)
        if not pointers or subscription.state != "active":
            return False
        try:
            return _welcome(program, subscription, pointers, now)
        except Overtaken:
            subscription = program.store.subscriptions.get(subscription.id)
    return False


def _welcome(
    program: Program, subscription: Subscription, pointers: Sequence[Pointers], now: datetime
) -> bool:
    presents = [
        (pointer, _try_present(program, subscription, pointer, now)) for pointer in pointers
    ]
    situations = [present for _, present in presents if present]
    pointers = [pointer for pointer, present in presents if present]
    if not pointers:
        return False
    held = {
        each.situation: _held(program, subscription.spec, each.situation) for each in situations
    }
    notice = rendered(program, partial(welcome, subscription.spec, situations, held=held))
    body = encode(notice.subject, notice.text, notice.html, sender=program.sender)
    with program.store.transaction() as tx:
        following = _begin(tx, subscription, pointers, now)
        written = letter(
            program,
            following,
            reason="welcome",
            body=tx.digests.add_body(body),
            body_hash=hashlib.sha256(body).hexdigest(),
            now=now,
        )
        if tx.outbox.tell([Telling(subscription=following, letter=written)], now=now) != [True]:
            raise Overtaken(f"{subscription.spec.who} gets no mail")
    name = subscription.spec.who
    say("welcome-written", f"welcome for {name}: {notice.subject}", subscription=name)
    return True


def _begin(
    tx: Families, subscription: Subscription, pointers: Sequence[Pointers], now: datetime
) -> Subscription:
    """The subscription with its first pointers. Raises Overtaken when it, or the line that it
    begins in, is not as the welcome says any more."""
    # No version comes in until this is written: who judges the next one then sees this reader.
    tx.situations.hold([pointer.situation for pointer in pointers])
    held = tx.subscriptions.hold(subscription.id)
    unchanged = held.state == "active" and held.spec == subscription.spec
    if not unchanged or not set(pointers) <= set(missing_pointers(tx, held)):
        raise Overtaken(f"{subscription.spec.who} has changed meanwhile")
    tx.subscriptions.follow(held.id, pointers, now=now)
    return tx.subscriptions.get(held.id)


def _try_present(
    program: Program, subscription: Subscription, pointer: Pointers, now: datetime
) -> Comparison | None:
    """None for a situation that cannot be compared now: its readers begin there later."""
    name = pointer.situation
    return program.blame.attempt(
        COMPARE,
        name,
        f"where {name} stands cannot be said",
        partial(_present, program, subscription, pointer, now),
        otherwise=None,
    )


def _present(
    program: Program, subscription: Subscription, pointer: Pointers, now: datetime
) -> Comparison:
    """Where the situation stands now, seen from where the reader begins: with what is followed."""
    told, today = program.store.versions.get(pointer.told), local_day(subscription, now)
    latest = program.store.versions.latest(pointer.situation) or told
    spoken = subscription.spec.language
    found = program.comparing.between(told, latest, today=today, language=spoken)
    wanted = subscription.spec.filter
    shown = select(found, wanted, subscription.mutes, today.isoformat()).shown
    return replace(found, findings=shown)


def _held(program: Program, spec: SubscriptionSpec, situation: str) -> Contents:
    """What there is now, as far as the reader's filter names it."""
    latest = program.store.versions.latest(situation)
    wanted = spec.filter
    if latest is None or wanted.parties or wanted.issues or wanted.entities:
        return Contents()
    found = program.comparing.contents(latest, spec.language)
    if not wanted.collections:
        return found
    return Contents(lists=tuple(one for one in found.lists if one.path in wanted.collections))
