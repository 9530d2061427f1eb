"""A reader's start in a situation that is there now, and the mail that says so."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from monitor.compose.filters import select
from monitor.compose.mail import encode
from monitor.compose.notices import welcome
from monitor.errors import MessageUnsendable, TemplateFailed
from monitor.model.comparison import Comparison
from monitor.model.subscription import Pointers, Subscription
from monitor.pipeline.following import active, missing_pointers
from monitor.pipeline.letters import letter
from monitor.pipeline.moments import local_day
from monitor.pipeline.program import Program
from monitor.pipeline.say import say, warn
from monitor.store.records import Telling


@dataclass(slots=True)
class Begun:
    """The situations whose readers this process has given a start."""

    names: frozenset[str] = frozenset()


def begin(program: Program, begun: Begun, now: datetime) -> int:
    """Give every reader whose situation has appeared a start, and a welcome that says so.

    Asks all subscriptions only when a situation is new to this process. Returns the welcomes.
    """
    known = frozenset(entry.name for entry in program.store.situations.all())
    if known == begun.names:
        return 0
    written = sum(begin_one(program, entry, now) for entry in active(program))
    begun.names = known
    return written


def begin_one(program: Program, subscription: Subscription, now: datetime) -> bool:
    """True when a welcome was written: pointers and message in one transaction."""
    pointers = missing_pointers(program, subscription)
    if not pointers:
        return False
    try:
        return _welcome(program, subscription, pointers, now)
    except (TemplateFailed, MessageUnsendable) as error:
        warn("welcome-failed", f"no welcome for {subscription.spec.address}: {error}")
        return False


def _welcome(
    program: Program, subscription: Subscription, pointers: Sequence[Pointers], now: datetime
) -> bool:
    situations = [_present(program, subscription, pointer, now) for pointer in pointers]
    notice = welcome(subscription.spec, situations, program.templates)
    body = encode(notice.subject, notice.text, notice.html, sender=program.sender)
    with program.store.transaction() as tx:
        tx.subscriptions.follow(subscription.id, pointers)
        following = tx.subscriptions.get(subscription.id)
        written = letter(
            program,
            following,
            reason="welcome",
            body=tx.digests.add_body(body),
            body_hash=hashlib.sha256(body).hexdigest(),
            now=now,
        )
        done = tx.outbox.tell([Telling(subscription=following, letter=written)], now=now)
    if done == [True]:
        name = subscription.spec.who
        say("welcome-written", f"welcome for {name}: {notice.subject}", subscription=name)
    return done == [True]


def _present(
    program: Program, subscription: Subscription, pointer: Pointers, now: datetime
) -> Comparison:
    """Where the situation stands now, seen from where the reader begins: with what is followed."""
    told, today = program.store.versions.get(pointer.told), local_day(subscription, now)
    latest = program.store.versions.latest(pointer.situation) or told
    found = program.comparing.between(told, latest, today=today)
    wanted = subscription.spec.filter
    shown = select(found, wanted, subscription.mutes, today.isoformat()).shown
    return replace(found, findings=shown)
