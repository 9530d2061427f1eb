"""Taking due messages: by a lease on PostgreSQL, by the running service on SQLite.

The statements are the same. `FOR UPDATE SKIP LOCKED` is left out on SQLite, where the write
transaction alone keeps others away, and a claim there ends when the service's lock is taken anew.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    DateTime,
    Row,
    func,
    insert,
    literal,
    or_,
    select,
    true,
    update,
)

from monitor.model.message import Claimed
from monitor.model.rate import Rates
from monitor.model.record import Record
from monitor.store import tables
from monitor.store.allowances import locked
from monitor.store.anew import outdated, tell_anew
from monitor.store.columns import Utc
from monitor.store.coming import InOrder
from monitor.store.elders import in_order
from monitor.store.family import among
from monitor.store.message_rows import claimed
from monitor.store.pacing import Paced, regroup
from monitor.store.refusals import own_refusal
from monitor.store.returns import give_back
from monitor.store.suppressions import ALL
from monitor.store.tables.messages import CLAIMED
from monitor.store.turns import Turns

_outbox = tables.outbox
_deliveries = tables.deliveries
_nodes = tables.nodes
_readers = tables.subscriptions
_suppressions = tables.suppressions


class Claimer(Record):
    """Who claims. `lease` is None on SQLite, where only one process can be claiming.

    `knows` tells whether the node has the claim of a token in hand.
    """

    node: str
    lease: timedelta | None
    token: str
    knows: Callable[[str], bool]
    turns: Turns
    rates: Rates
    home: str = ""
    """`channel:NAME`, for messages of that channel; mail otherwise."""


def claim(connection: Connection, claimer: Claimer, limit: int, now: datetime) -> list[Claimed]:
    """Up to `limit` due messages with a delivery row for each; empty only when nothing is due, or
    when all that is waits for its rate."""
    _take_back_lost(connection, claimer, now)
    choice = _choice(connection, claimer, now)
    waiting: set[int] = set()
    while chosen := choice.choose(limit, now, waiting):
        goes = in_order(connection, chosen, now)
        waiting.update(goes.waiting)
        rows = _take(connection, claimer, goes.first)
        stopped = _stopped(connection, [row.id for row in rows])
        for row in rows:
            if row.id in stopped:
                _cancel(connection, row, stopped[row.id], now)
        ready = _as_things_stand([row for row in rows if row.id not in stopped], connection, now)
        if ready:
            choice.book([row.recipient for row in ready])
            return _open_deliveries(connection, ready, now)
    return []


def _as_things_stand(
    rows: Sequence[Row[Any]], connection: Connection, now: datetime
) -> list[Row[Any]]:
    """Without those that tell what was withdrawn or corrected since they were written."""
    wrong = outdated(connection, rows)
    for number, reason in wrong.items():
        tell_anew(connection, number, reason, now)
        this = update(_outbox).where(_outbox.c.id == number)
        connection.execute(this.values(attempts=_outbox.c.attempts - 1))
    return [row for row in rows if row.id not in wrong]


def recover(connection: Connection, now: datetime, *, expired: bool) -> int:
    """Makes messages due again whose claim is void: all, or those whose lease has ended or whose
    node is gone.

    Returns how many. Their worker was killed or is stuck, and whether it had sent them nobody
    knows. The attempt's row says `interrupted`; the message goes out again, at most one copy more.
    """
    return _take_back(connection, _has_expired() if expired else true(), now)


def _take_back_lost(connection: Connection, claimer: Claimer, now: datetime) -> None:
    """What another worker lost, and what this node claimed without hearing that it had."""
    if claimer.lease is not None:
        _take_back(connection, _has_expired(), now)
    mine = select(_outbox.c.token).distinct().where(CLAIMED, _outbox.c.node == claimer.node)
    # Read before it is asked what the node knows, because it knows of a claim before it makes it.
    tokens = connection.execute(mine).scalars().all()
    unheard = [token for token in tokens if token is not None and not claimer.knows(token)]
    if unheard:
        _take_back(connection, _outbox.c.token.in_(unheard), now)


def _has_expired() -> ColumnElement[bool]:
    """Its lease has ended, or its node has: one that lives says so six times a minute, and one
    that could not say so begins nothing more."""
    over = or_(_nodes.c.ended_at.is_not(None), _nodes.c.lease_until < _database_time())
    gone = _outbox.c.node.in_(select(_nodes.c.id).where(over))
    return or_(_outbox.c.lease_until < _database_time(), gone)


def _take_back(connection: Connection, which: ColumnElement[bool], now: datetime) -> int:
    void = select(_outbox.c.id).where(CLAIMED, which)
    ids = connection.execute(void.with_for_update(skip_locked=True)).scalars().all()
    if not ids:
        return 0
    due_again = update(_outbox).where(among(connection, _outbox.c.id, ids))
    connection.execute(due_again.values(state="retry", token=None, next_attempt=now))
    open_rows = update(_deliveries).where(
        among(connection, _deliveries.c.message_id, ids), _deliveries.c.ended_at.is_(None)
    )
    connection.execute(open_rows.values(result="interrupted", ended_at=now))
    return len(ids)


def _choice(connection: Connection, claimer: Claimer, now: datetime) -> InOrder | Paced:
    rates, turns = claimer.rates, claimer.turns
    if claimer.home:
        return InOrder(connection, turns, claimer.home)
    again = turns.keeps_other(rates)
    while again and regroup(connection, rates):
        pass
    if not rates.limits:
        # Another node may have kept rates, and be gone.
        regroup(connection, rates)
        return InOrder(connection, turns)
    return Paced(connection, rates, turns, locked(connection, rates, now))


def _take(connection: Connection, claimer: Claimer, ids: Sequence[int]) -> Sequence[Row[Any]]:
    if not ids:
        return ()
    lease_until = None if claimer.lease is None else _database_time() + literal(claimer.lease)
    taken = (
        update(_outbox)
        .where(among(connection, _outbox.c.id, ids))
        .values(
            state="claimed",
            pool=claimer.home,
            token=claimer.token,
            node=claimer.node,
            lease_until=lease_until,
            attempts=_outbox.c.attempts + 1,
        )
        .returning(_outbox)
    )
    rows = {row.id: row for row in connection.execute(taken)}
    return [rows[number] for number in ids]


def _stopped(connection: Connection, ids: Sequence[int]) -> dict[int, str]:
    """Messages whose reader must not get them any more, with the reason."""
    covered = _suppressions.c.address == _outbox.c.recipient
    scope = or_(_suppressions.c.scope == ALL, _suppressions.c.scope == _readers.c.name)
    query = (
        select(_outbox.c.id, _readers.c.state, _suppressions.c.reason)
        .select_from(
            _outbox.outerjoin(_readers, _readers.c.id == _outbox.c.subscription_id).outerjoin(
                _suppressions, covered & scope
            )
        )
        .where(
            among(connection, _outbox.c.id, ids),
            or_(_readers.c.state != "active", _suppressions.c.address.is_not(None)),
        )
    )
    return {
        row.id: f"suppressed: {row.reason}" if row.reason else f"subscription {row.state}"
        for row in connection.execute(query)
    }


def _cancel(connection: Connection, row: Row[Any], reason: str, now: datetime) -> None:
    values = {"state": "cancelled", "state_reason": reason, "ended_at": now, "next_attempt": None}
    this = update(_outbox).where(_outbox.c.id == row.id)
    connection.execute(this.values(attempts=_outbox.c.attempts - 1, **values))
    if not row.uncertain:
        give_back(connection, row.id, now)


def _open_deliveries(
    connection: Connection, rows: Sequence[Row[Any]], now: datetime
) -> list[Claimed]:
    attempts = select(_outbox.c.id, _outbox.c.node, literal(now, Utc)).where(
        among(connection, _outbox.c.id, [row.id for row in rows])
    )
    names = ["message_id", "node", "started_at"]
    opened = insert(_deliveries).from_select(names, attempts)
    made = opened.returning(_deliveries.c.message_id, _deliveries.c.id)
    numbers = {row.message_id: row.id for row in connection.execute(made)}
    return [
        claimed(
            row,
            token=row.token,
            delivery=numbers[row.id],
            own_refusal=own_refusal(connection, row, now),
        )
        for row in rows
    ]


def _database_time() -> Any:
    # Leases are in the database's clock, so that nodes whose own clocks differ agree on them.
    return func.clock_timestamp(type_=DateTime(timezone=True))
