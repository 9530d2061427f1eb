"""Subscribing and leaving on somebody's word: a command, or a click in a mail."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from monitor.cadence import next_due
from monitor.errors import Conflict, NotFound, RowDamaged
from monitor.mail.addresses import canonical_address
from monitor.model.nearest import suggestion_or_all
from monitor.model.subscription import Leaving, Subscription, SubscriptionSpec
from monitor.pipeline.program import Program
from monitor.pipeline.readers.known import Doubt, filter_doubts
from monitor.pipeline.readers.naming import known_to
from monitor.pipeline.readers.specs import STARTS, check_values
from monitor.pipeline.say import say
from monitor.pipeline.telling.tokens import read_token
from monitor.pipeline.telling.welcome import begin_one
from monitor.store.readers import ERASED
from monitor.words import ENGLISH

BY_LINK = "by the link in a mail"

LEFT = frozenset(("unsubscribed", "ended"))
"""States that a new subscription by command takes back."""


def check_spec(program: Program, spec: SubscriptionSpec) -> tuple[str, ...]:
    """What may come into being later and is not there now, a line each.

    Raises MonitorError for what cannot be, NotFound for a situation or a version that is not there.
    """
    check_values(spec)
    known = known_to(program)
    there = [*known.stored, *sorted(known.waiting)]
    missing = [name for name in spec.situations if name not in there]
    if missing:
        near = suggestion_or_all(missing[0], there)
        raise NotFound(f"no situation {missing[0]!r}{near}")
    for name in spec.situations:
        if spec.start not in STARTS:
            program.store.versions.resolve(name, spec.start)
    return refuse_certain(filter_doubts(known, spec.situations, spec.filter))


def refuse_certain(doubts: Iterable[Doubt]) -> tuple[str, ...]:
    """The doubts as lines. Raises NotFound at the first that is certain."""
    lines = []
    for doubt in doubts:
        if doubt.certain:
            raise NotFound(doubt.text)
        lines.append(doubt.text)
    return tuple(lines)


def subscribe(
    program: Program, spec: SubscriptionSpec, now: datetime, *, change: bool = False
) -> Subscription:
    """Create a subscription, or with `change` update one; the welcome is in the outbox.

    One that its reader had ended begins anew; a suspended one that is changed goes on from where it
    was. Raises Conflict when it exists and is not to be changed, or its address gets no mail.
    """
    check_spec(program, spec)
    known = program.store.subscriptions.find(spec.address, spec.name)
    due = next_due(spec.cadence, spec.zone, now)
    if known is None:
        known = program.store.subscriptions.create(spec, (), due_at=due, now=now)
    elif known.state in LEFT:
        _revive(program, known, spec, now)
    elif change:
        _change(program, known, spec, now)
    else:
        raise Conflict(f"{spec.who} exists already; --change changes it")
    current = program.store.subscriptions.get(known.id)
    if current.state != "active":
        raise Conflict(f"{spec.who} is {current.state}: {current.state_reason}")
    begin_one(program, current, now)
    return program.store.subscriptions.get(known.id)


def leave(program: Program, subscription: Subscription, reason: str, now: datetime) -> None:
    """End a subscription at once; repeating it changes nothing. Mail in the outbox is not sent."""
    if subscription.state in LEFT:
        return
    program.store.subscriptions.set_state(subscription.id, "unsubscribed", reason, now=now)
    name = subscription.spec.who
    say("unsubscribed", f"{name} unsubscribed ({reason})", subscription=name)


def named_by(program: Program, token: str) -> Leaving | None:
    """What a signed token is for, in words for its reader; None for a foreign token."""
    number = _named(program, token)
    return _leaving(program, number) if number else None


def leave_by_token(program: Program, token: str, now: datetime) -> Leaving | None:
    """As `named_by`, and the subscription is ended (RFC 8058: without any further question), also
    one that cannot be read."""
    number = _named(program, token)
    if number is None:
        return None
    try:
        leave(program, program.store.subscriptions.get(number), BY_LINK, now)
    except RowDamaged:
        program.store.subscriptions.set_state(number, "unsubscribed", BY_LINK, now=now)
        say("unsubscribed", f"subscription {number} unsubscribed ({BY_LINK})", subscription=number)
    return _leaving(program, number)


def _leaving(program: Program, number: int) -> Leaving:
    try:
        spec = program.store.subscriptions.get(number).spec
    except RowDamaged:
        return Leaving(name="monitor", language=ENGLISH.code)
    return Leaving(name=", ".join(spec.situations), language=spec.language)


def canonical(address: str) -> str:
    """The one form in which addresses are stored. Raises MessageUnsendable."""
    return canonical_address(address)


def _named(program: Program, token: str) -> int | None:
    read = (read_token(secret, token) for secret in program.secrets)
    number = next((one for one in read if one is not None), None)
    try:
        if number is not None:
            known = program.store.subscriptions.get(number)
            # Who was erased has no links any more.
            number = None if known.state_reason == ERASED else number
    except NotFound:
        return None
    except RowDamaged:
        pass  # there is one, and whoever holds its token may end it
    return number


def _change(program: Program, known: Subscription, spec: SubscriptionSpec, now: datetime) -> None:
    due = next_due(spec.cadence, spec.zone, now)
    with program.store.transaction() as tx:
        anew = tx.subscriptions.tell_anew(known.id, now=now)
        held = tx.subscriptions.hold(known.id)
        tx.subscriptions.update(known.id, spec, due_at=None if anew else due)
        dropped = [one for one in held.pointers if one.situation not in spec.situations]
        tx.subscriptions.unfollow(known.id, dropped)
        if held.state == "suspended":
            tx.subscriptions.set_state(known.id, "active", "taken up again", now=now)


def _revive(program: Program, known: Subscription, spec: SubscriptionSpec, now: datetime) -> None:
    due = next_due(spec.cadence, spec.zone, now)
    with program.store.transaction() as tx:
        held = tx.subscriptions.hold(known.id)
        if held.state not in LEFT:
            raise Conflict(f"{spec.who} exists already; --change changes it")
        tx.subscriptions.update(known.id, spec, due_at=due)
        tx.subscriptions.unfollow(known.id, held.pointers)
        tx.subscriptions.set_state(known.id, "active", "subscribed again", now=now)
