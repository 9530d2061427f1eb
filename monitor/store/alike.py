"""Due readers, sorted by all that decides what they are told: alike are told alike.

Rows are read lean, without making a value of each reader: a hundred thousand may be due at once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, or_, select

from monitor.store import tables
from monitor.store.family import among
from monitor.store.records import Key, Reader
from monitor.store.suppressions import suppressed

_table = tables.subscriptions
_pointers = tables.pointers
_mutes = tables.mutes
_alerts = tables.alerts


def is_due(by: datetime) -> tuple[ColumnElement[bool], ...]:
    """Active, not left alone for now, and due; or never reckoned, or last run by a clock that was
    wrong."""
    return (
        _table.c.state == "active",
        has_rested(by),
        or_(_table.c.due_at.is_(None), _table.c.due_at <= by, _table.c.last_run > by),
    )


def has_rested(by: datetime) -> ColumnElement[bool]:
    """Not left alone any more, after messages that died."""
    return or_(_table.c.paused_until.is_(None), _table.c.paused_until <= by)


def sorted_readers(
    connection: Connection,
    numbers: Sequence[int],
    by: datetime,
    copied: datetime | None,
    *,
    lock: bool = False,
) -> dict[Key, list[Reader]]:
    """Those of the numbers that are due, and may be written to. With `lock` they stay as they are
    until the transaction ends, and whom somebody else is just changing is left out."""
    names = ("id", "address", "name", "spec", "last_run", "created_at", "undelivered_since")
    query = (
        select(*(_table.c[name] for name in names))
        .where(among(connection, _table.c.id, numbers), *is_due(by), ~suppressed())
        .order_by(_table.c.id)
    )
    if lock:
        query = query.with_for_update(key_share=True, skip_locked=True, of=_table)
    rows = connection.execute(query).all()
    ids = [row[0] for row in rows]
    pointers = _of(connection, ids, _pointers, "situation", "told", "alerted", by=("situation",))
    mutes = _of(connection, ids, _mutes, "id", "what", "reason", "until", by=("id",))
    told = ("situation", "old_id", "new_id", "finding", "sentence", "at")
    alerts = _of(connection, ids, _alerts, *told, by=("at", "finding"))
    found: dict[Key, list[Reader]] = defaultdict(list)
    for number, address, name, spec, last_run, created, undelivered in rows:
        begins = last_run is None or last_run > by
        key = Key(
            spec,
            last_run,
            created.replace(second=0, microsecond=0) if begins else None,
            copied is not None and created <= copied,
            undelivered,
            tuple(pointers.get(number, ())),
            tuple(mutes.get(number, ())),
            tuple(alerts.get(number, ())),
        )
        found[key].append(Reader(number, address, name))
    return found


def _of(
    connection: Connection,
    ids: Collection[int],
    table: Any,
    *names: str,
    by: Sequence[str],
) -> dict[int, list[tuple[Any, ...]]]:
    theirs = among(connection, table.c.subscription_id, ids)
    query = select(table.c.subscription_id, *(table.c[name] for name in names)).where(theirs)
    found: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for row in connection.execute(query.order_by(*(table.c[name] for name in by))):
        found[row[0]].append(tuple(row[1:]))
    return found
