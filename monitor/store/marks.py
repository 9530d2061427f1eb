"""Recording how attempts ended. A mark counts only while its token still holds the message."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, select, update

from monitor.model.channels import channel_of
from monitor.model.message import Bounce, Mark, Outcome, Result, Scope
from monitor.store import tables
from monitor.store.family import among
from monitor.store.pauses import end_pauses, pause
from monitor.store.readers import ERASED
from monitor.store.refusals import (
    blame_relay,
    excuse,
    is_relays,
    noted,
    prove,
    refuses_several,
)
from monitor.store.returns import give_back, is_left_behind
from monitor.store.suppressions import ALL, suppress

_outbox = tables.outbox
_deliveries = tables.deliveries
_readers = tables.subscriptions

_judged = [
    _outbox.c[name]
    for name in (
        "id",
        "token",
        "state",
        "reason",
        "attempts",
        "uncertain",
        "recipient",
        "subscription_id",
        "refused_as",
        "refused_at",
        "proven",
    )
]

SOFT_LIMIT = 5
SOFT_WINDOW = timedelta(days=14)
"""So many full or resting mailbox answers within this time, and the reader counts as gone."""


def mark(connection: Connection, marks: Sequence[Mark], now: datetime) -> list[bool]:
    """One answer per mark: whether the message was still held by it, now or at an earlier try."""
    ids = sorted({int(mark.message.id) for mark in marks})
    lock = select(*_judged).where(among(connection, _outbox.c.id, ids)).order_by(_outbox.c.id)
    rows = {row.id: row for row in connection.execute(lock.with_for_update()).all()}
    held = [_holds(rows.get(int(mark.message.id)), mark) for mark in marks]
    # What a late worker did is recorded too: its row is how an extra copy is counted.
    _close_deliveries(connection, marks, now)
    fresh = [
        (one, rows[int(one.message.id)])
        for one, still in zip(marks, held, strict=True)
        if still and rows[int(one.message.id)].state == "claimed"
    ]
    sent = [row.id for one, row in fresh if one.outcome.result is Result.SENT]
    _finish_sent(connection, sent, now)
    for one, row in fresh:
        if one.outcome.result is not Result.SENT:
            _record_failure(connection, one, row, now)
    _judge_refusals(connection, fresh, now)
    return held


def _judge_refusals(
    connection: Connection, fresh: Sequence[tuple[Mark, Row[Any]]], now: datetime
) -> None:
    """What this group says about refusals whose fault was not known, its own included."""
    refusals = {one.outcome.refusal: one.outcome.scope for one, _ in fresh if one.outcome.refusal}
    for refusal, scope in refusals.items():
        if scope is Scope.CONNECTION or is_relays(connection, str(refusal)):
            blame_relay(connection, str(refusal), now)
    if refusals:
        excuse(connection)
    taken = {
        (row.reason == "operator", row.recipient): one.began_at
        for one, row in fresh
        if one.outcome.result is Result.SENT and one.began_at and channel_of(row.recipient) is None
    }
    # The last begun prove what any of them does, but for what is their own recipient's.
    for (operator, recipient), began_at in sorted(taken.items(), key=lambda pair: pair[1])[-3:]:
        prove(connection, recipient, began_at, now, operator=operator)


def _holds(row: Row[Any] | None, mark: Mark) -> bool:
    return row is not None and row.token == mark.message.token


def _close_deliveries(connection: Connection, marks: Sequence[Mark], now: datetime) -> None:
    statement = (
        update(_deliveries)
        .where(_deliveries.c.id == bindparam("delivery"))
        .values({name: bindparam(name) for name in _RESULT})
    )
    connection.execute(statement, [_result(mark, now) for mark in marks])


_RESULT = ("ended_at", "result", "phase", "code", "status", "text", "bounce")


def _result(mark: Mark, now: datetime) -> dict[str, Any]:
    outcome = mark.outcome
    return {
        "delivery": mark.message.delivery_id,
        "ended_at": now,
        "result": outcome.result.value,
        "phase": outcome.phase,
        "code": outcome.code,
        "status": outcome.status,
        "text": outcome.text,
        "bounce": outcome.bounce.value if outcome.bounce else None,
    }


def _finish_sent(connection: Connection, ids: Sequence[int], now: datetime) -> None:
    if ids:
        over = {"state": "sent", "ended_at": now, "next_attempt": None, "state_reason": None}
        values = over | {"refused_as": None}
        these = among(connection, _outbox.c.id, ids)
        connection.execute(update(_outbox).where(these).values(values))
        end_pauses(connection, ids)


def _record_failure(connection: Connection, mark: Mark, row: Row[Any], now: datetime) -> None:
    outcome = mark.outcome
    uncertain = row.uncertain or outcome.result is Result.UNKNOWN
    used = 0 if _costs_nothing(outcome) else 1
    values: dict[str, Any] = {
        "attempts": row.attempts - 1 + used,
        "uncertain": uncertain,
    }
    released = outcome.result is Result.RELEASED
    if not released:
        # An attempt that was not made says nothing new about why the message waits.
        values["state_reason"] = _reason(outcome)
    this = update(_outbox).where(_outbox.c.id == row.id)
    if mark.next_attempt or released:
        again = {"state": "retry", "next_attempt": mark.next_attempt or now}
        connection.execute(this.values(values | again | noted(row, outcome, mark.ended_at or now)))
        if not uncertain and is_left_behind(connection, row.id):
            _cancel(connection, row.id, now)
    else:
        over = {"state": "dead", "next_attempt": None, "ended_at": now}
        connection.execute(this.values(values | over))
        if not uncertain:
            give_back(connection, row.id, now)
        pause(connection, row.subscription_id, now)
    provisional = outcome.result is Result.PERMANENT and mark.next_attempt is not None
    judged = row.reason != "operator" and row.recipient != ERASED
    if outcome.scope is Scope.MESSAGE and judged and not provisional:
        _judge_reader(connection, row, outcome, now)


def _cancel(connection: Connection, number: int, now: datetime) -> None:
    why = "a message before it was not delivered; the next one tells both"
    values = {"state": "cancelled", "state_reason": why, "ended_at": now, "next_attempt": None}
    connection.execute(update(_outbox).where(_outbox.c.id == number).values(values))
    give_back(connection, number, now)


def _costs_nothing(outcome: Outcome) -> bool:
    return outcome.scope is Scope.CONNECTION or outcome.result is Result.RELEASED


def _reason(outcome: Outcome) -> str:
    # The server's words begin with the enhanced status code, where there is one.
    said = " ".join(str(part) for part in (outcome.code, outcome.text) if part)
    return f"{outcome.phase}: {said}" if outcome.phase else said


def _judge_reader(connection: Connection, row: Row[Any], outcome: Outcome, now: datetime) -> None:
    """What an answer about the address does to its reader.

    An unknown mailbox is suppressed for good. Any other lasting refusal suspends the subscription,
    unless it speaks of us: of our reputation (a policy), or of our sender address (MAIL).
    """
    refused = outcome.result is Result.PERMANENT
    if refused and outcome.bounce is Bounce.ADDRESS:
        by = "mail server"
        suppress(connection, row.recipient, scope=ALL, reason=_reason(outcome), by=by, now=now)
    elif outcome.bounce is Bounce.SOFT:
        gone = _soft_bounces(connection, row, now) >= SOFT_LIMIT
        if gone and not refuses_several(connection):
            _suspend(connection, row, outcome, now)
    elif refused and outcome.bounce is not Bounce.POLICY and outcome.phase != "mail":
        _suspend(connection, row, outcome, now)


def _suspend(connection: Connection, row: Row[Any], outcome: Outcome, now: datetime) -> None:
    reader = _readers.c.id == row.subscription_id, _readers.c.state == "active"
    values = {"state": "suspended", "state_reason": _reason(outcome), "state_at": now}
    connection.execute(update(_readers).where(*reader).values(values))


def _soft_bounces(connection: Connection, row: Row[Any], now: datetime) -> int:
    query = (
        select(func.count())
        .select_from(_deliveries.join(_outbox))
        .where(
            _outbox.c.subscription_id == row.subscription_id,
            _deliveries.c.bounce == Bounce.SOFT.value,
            _deliveries.c.ended_at > now - SOFT_WINDOW,
        )
    )
    return int(connection.execute(query).scalar_one())
