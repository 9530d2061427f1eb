"""What keeps mail from readers and from the operator, found by asking the outbox."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final

from monitor.errors import RowDamaged
from monitor.model.message import ROW
from monitor.model.subscription import Subscription
from monitor.pipeline.program import Program
from monitor.pipeline.trouble.bounces import BOUNCE_SORTS, find_bounce_trouble
from monitor.pipeline.trouble.seen import Seen
from monitor.store.records import MessageRow, NoticeRow
from monitor.store.unreadable_spans import KEPT

MAIL_SORTS: Final = ("held-mail", "unbuilt", "kept", "undelivered", "relay", "operator-mail")
"""Sorts of the conditions that are found here."""

MAIL: Final = frozenset(MAIL_SORTS)

MAIL_SORTS_ALL: Final = (*MAIL_SORTS, *BOUNCE_SORTS)
"""With those of what comes back."""

UNDELIVERED = "undelivered:"
"""Begins the condition that a reader gets no mail; the subscription's number follows."""

GOING_ON = ("active", "suspended")
"""Readers in these states still want mail."""

LOOK_BACK = 100
"""Messages that are looked at; the operator needs the reason, not every one."""

RELAY = "relay"
"""The condition that nothing can be handed over."""

LOGIN = "relay:login"
VARIED = "relay:varied"

RELAY_PATIENCE = timedelta(minutes=5)
"""A mail server that restarts is back by then, and nobody need be told."""


def find_mail_trouble(program: Program, now: datetime, seen: Seen) -> Iterator[tuple[str, str]]:
    outbox, ails = program.store.outbox, program.store.outbox.ails()
    yield from _kept(program, seen)
    yield from find_bounce_trouble(program, now, returned=ails.returned)
    if not (ails.held or ails.tried or ails.dead or _is_told(program, seen)):
        return
    if ails.held:
        yield "held-mail", "mail waits for a decision; monitor outbox --state held lists it"
    refused = outbox.refused(limit=LOOK_BACK)
    yield from _no_connection(program, now)
    yield from _unbuilt(program)
    yield from _login(refused)
    refusing = _refusing(program, seen, refused)
    yield from refusing.items()
    yield from _operator(program, refused)
    # Where the relay may be at fault, no reader is named for what it says of each.
    yield from _readers(program, seen, () if VARIED in refusing else refused)


def _is_told(program: Program, seen: Seen) -> bool:
    """Whether something stands that only these questions can end."""
    sorts = (one.condition.partition(":")[0] for one in seen.notices(program))
    return not MAIL.isdisjoint(sorts)


def _no_connection(program: Program, now: datetime) -> Iterator[tuple[str, str]]:
    trouble = program.store.outbox.relay_trouble()
    if trouble is not None and now - trouble.since >= RELAY_PATIENCE:
        yield RELAY, relay_line(trouble.since, trouble.text)


def is_untried(program: Program, now: datetime) -> bool:
    """Whether nothing was handed over only because nothing was tried lately: who runs every ten
    minutes sees first whether the relay is back, and then tells."""
    trouble = program.store.outbox.relay_trouble()
    return trouble is not None and now - trouble.last >= RELAY_PATIENCE


def relay_line(since: datetime, why: str) -> str:
    return f"mail cannot be sent since {since:%Y-%m-%d %H:%M} UTC: {why}"


def _unbuilt(program: Program) -> Iterator[tuple[str, str]]:
    """At once, and not only when its time is over: until then a person can still mend it."""
    for one in program.store.outbox.unbuilt(limit=LOOK_BACK):
        until = f"{one.expires_at:%Y-%m-%d %H:%M} UTC"
        why = (one.state_reason or "").removeprefix("build: ")
        text = f"message {one.id} to {one.recipient} cannot be made: {why}; it is tried until"
        yield f"unbuilt:{one.id}", f"{text} {until}"


def _kept(program: Program, seen: Seen) -> Iterator[tuple[str, str]]:
    """Messages whose pointers could not go back, until they are sent, or can be read again."""
    noted = {number: one.text for number, one in seen.standing(program, KEPT)}
    for message in program.store.outbox.kept(noted):
        yield f"{KEPT}{message.id}", noted[int(message.id)]


def _login(refused: Sequence[MessageRow]) -> Iterator[tuple[str, str]]:
    for message in refused:
        if message.refused_as is None:
            yield (
                LOGIN,
                f"the mail server refuses us: {message.state_reason}; it is asked again after 5 "
                "minutes, later each hour, and at a restart",
            )
            break


def _refusing(program: Program, seen: Seen, refused: Sequence[MessageRow]) -> dict[str, str]:
    """What the relay is told of, where it refuses several and takes nothing. What was told first
    stands until that is over, whatever other answers come in between."""
    told = {
        one.condition: one.text
        for one in seen.notices(program)
        if one.condition.startswith(f"{RELAY}:") and one.condition != LOGIN
    }
    waiting = program.store.outbox.refused_recipients()
    if told and waiting >= ROW:
        return told
    alike = {
        f"{RELAY}:{refusal}": f"the mail server refuses everybody alike: {rows[0].state_reason}; "
        "mail waits and no reader is judged by it"
        for refusal, rows in _rows(refused).items()
    }
    words = [one.state_reason for one in refused if one.refused_as]
    if alike or waiting < ROW or not words:
        return alike
    text = (
        f"the mail server takes nothing and refuses {waiting} in different ways, the last with "
        f"{words[-1]}; mail waits and no reader is judged by it"
    )
    return {VARIED: text}


def _rows(refused: Sequence[MessageRow]) -> dict[str, list[MessageRow]]:
    """Refusals that enough different recipients wait with, to be the relay's."""
    alike: defaultdict[str, list[MessageRow]] = defaultdict(list)
    for message in refused:
        if message.refused_as is not None:
            alike[message.refused_as].append(message)
    return {
        refusal: messages
        for refusal, messages in alike.items()
        if len({one.recipient for one in messages}) >= ROW
    }


def _operator(program: Program, refused: Sequence[MessageRow]) -> Iterator[tuple[str, str]]:
    """What the operator cannot be told by mail."""
    who = program.settings.mail.operator
    ended = program.store.outbox.find(states=("sent", "dead"), reason="operator", limit=1)
    waiting = [one for one in refused if one.reason == "operator" and one.refused_as]
    lost = [one for one in ended if one.state == "dead" and one.recipient == who]
    for message in (*waiting, *lost)[:1]:
        yield "operator-mail", f"the operator, {who}, gets no mail: {message.state_reason}"


def _readers(
    program: Program, seen: Seen, refused: Sequence[MessageRow]
) -> Iterator[tuple[str, str]]:
    relays = _rows(refused)
    waiting = {
        one.subscription: one
        for one in refused
        if one.refused_as and " 5" in one.refused_as and one.refused_as not in relays
    }
    dead = program.store.outbox.find(states=("dead",), limit=LOOK_BACK)
    told = dict(seen.standing(program, UNDELIVERED))
    for number in {*waiting, *told, *(message.subscription for message in dead)} - {None}:
        assert number is not None
        try:
            text = _undelivered(program, number, waiting.get(number))
            text = text or _still_undelivered(program, number, told.get(number))
        except RowDamaged:
            continue  # told as what it is, where subscriptions are asked for
        if text:
            yield f"{UNDELIVERED}{number}", text


def _still_undelivered(program: Program, subscription: int, told: NoticeRow | None) -> str | None:
    """What was told stands until something is sent, whatever other answers come in between."""
    if told is None:
        return None
    reader = program.store.subscriptions.get(subscription)
    if _is_told_elsewhere(reader):
        return None
    sent = program.store.outbox.find(states=("sent",), subscription=subscription, limit=LOOK_BACK)
    arrives = any(one.ended_at and one.ended_at >= told.opened_at for one in sent)
    return None if arrives or reader.state not in GOING_ON else told.text


def _undelivered(program: Program, subscription: int, waiting: MessageRow | None) -> str | None:
    """Trouble until something reaches the reader again, or the reader wants nothing more.

    An address that was suppressed because it does not exist is trouble too: it may be mistyped.
    """
    reader = program.store.subscriptions.get(subscription)
    if _is_told_elsewhere(reader):
        return None
    if waiting is None:
        states = program.store.outbox.find(
            states=("sent", "dead"), subscription=subscription, limit=1
        )
        if not states or states[0].state != "dead":
            return None
        waiting = states[0]
    bounced = reader.state == "suppressed" and reader.state_reason == waiting.state_reason
    if reader.state not in GOING_ON and not bounced:
        return None
    reason = waiting.state_reason or "no reason given"
    what = "mail to" if reader.spec.channel is None else "what is for"
    return f"{what} {reader.spec.address} ({reader.spec.name}) is not delivered: {reason}"


def _is_told_elsewhere(reader: Subscription) -> bool:
    """A channel that was given up is named where channels are asked for."""
    return reader.spec.channel is not None and reader.state == "suspended"
