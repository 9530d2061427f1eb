"""What a person may do to messages: let held ones go, cancel, try again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, select, update

from monitor.errors import Conflict, NotFound
from monitor.store import tables
from monitor.store.message_rows import home_of
from monitor.store.returns import give_back
from monitor.store.tables.messages import OWED
from monitor.store.unreadable_spans import readable

_table = tables.outbox


def let_go(
    connection: Connection,
    numbers: Sequence[int],
    now: datetime,
    expires_at: datetime,
    reason: str | None,
) -> None:
    for row in _locked(connection, numbers):
        if row.state != "held":
            raise Conflict(f"message {row.id} is {row.state}, not held")
        due = {"state": "pending", "state_reason": reason, "next_attempt": now}
        _change(connection, row, due | {"expires_at": expires_at, "pool": home_of(row.recipient)})


def cancel(
    connection: Connection, numbers: Sequence[int], reason: str, now: datetime, *, arrived: bool
) -> None:
    for row in _locked(connection, numbers):
        if row.state not in ("held", "pending", "retry"):
            raise Conflict(f"message {row.id} is {row.state} already")
        over = {"state": "cancelled", "state_reason": reason, "next_attempt": None}
        uncertain = row.uncertain or arrived
        _change(connection, row, over | {"ended_at": now, "uncertain": uncertain})
        # One that may have arrived is not told again, here as when it dies.
        if not uncertain:
            give_back(connection, row.id, now)


def come_back(connection: Connection, numbers: Sequence[int], reason: str, now: datetime) -> None:
    """Those that were handed over have not arrived after all."""
    query = select(_table).where(_table.c.id.in_(numbers), _table.c.state == "sent")
    rows = connection.execute(query.order_by(_table.c.id.desc()).with_for_update()).all()
    for row in rows:
        _change(connection, row, {"state": "dead", "state_reason": reason})
    for row in rows:
        give_back(connection, row.id, now)


def retry(connection: Connection, number: int, now: datetime, expires_at: datetime) -> None:
    (row,) = _locked(connection, [number])
    if row.state not in ("pending", "retry", "dead"):
        raise Conflict(f"message {row.id} is {row.state} and cannot be tried again")
    if row.state == "dead" and not row.uncertain and readable(connection, row.start):
        raise Conflict(f"what message {row.id} told has gone back: the next digest tells it")
    due = {"state": "retry", "next_attempt": now, "expires_at": expires_at, "ended_at": None}
    _change(connection, row, due)


def wake(connection: Connection, recipient: str, now: datetime) -> int:
    later = and_(OWED, _table.c.state == "retry", _table.c.next_attempt > now)
    theirs = update(_table).where(later, _table.c.recipient == recipient)
    return connection.execute(theirs.values(next_attempt=now)).rowcount


def _locked(connection: Connection, numbers: Sequence[int]) -> Iterable[Row[Any]]:
    query = select(_table).where(_table.c.id.in_(numbers)).order_by(_table.c.id)
    rows = connection.execute(query.with_for_update()).all()
    absent = set(numbers) - {row.id for row in rows}
    if absent:
        raise NotFound(f"there is no message {min(absent)}")
    return rows


def _change(connection: Connection, row: Row[Any], values: dict[str, Any]) -> None:
    connection.execute(update(_table).where(_table.c.id == row.id).values(values))
