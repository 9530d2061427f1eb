"""Steps of many subscriptions: one statement for all that change alike, as most of one slot do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, literal, null, select, update

from monitor.model.tuples import NamedTuple
from monitor.store import tables
from monitor.store.columns import Utc, Words
from monitor.store.family import among, insert_into

_table = tables.subscriptions
_runs = tables.runs


class Advance(NamedTuple):
    """How a subscription's own row goes on. `numbered`: by a message; `told`: told has moved."""

    numbered: bool
    slot: datetime | None
    next_due: datetime | None
    told: bool


class Recorded(NamedTuple):
    """A run of a slot, and what came of it."""

    slot: datetime
    outcome: str
    numbered: bool


def advance(connection: Connection, alike: Mapping[Advance, Sequence[int]]) -> None:
    for one, ids in alike.items():
        values: dict[str, Any] = {"seq": _table.c.seq + (1 if one.numbered else 0)}
        if one.slot is not None:
            values["last_run"] = one.slot
        if one.slot is not None or one.next_due is not None:
            values["due_at"] = one.next_due
        if one.told:
            values["undelivered_since"] = None
        connection.execute(update(_table).where(among(connection, _table.c.id, ids)).values(values))


def forget_alerted(connection: Connection, ids: Sequence[int]) -> None:
    """What alerts have told is told by now."""
    if ids:
        theirs = among(connection, tables.alerts.c.subscription_id, ids)
        connection.execute(delete(tables.alerts).where(theirs))


def record_runs(
    connection: Connection, alike: Mapping[Recorded, Sequence[int]], now: datetime
) -> None:
    for one, ids in alike.items():
        connection.execute(_runs_made(connection, one, ids, now, ahead=0))


def begin_runs(
    connection: Connection, alike: Mapping[Recorded, Sequence[int]], now: datetime
) -> set[tuple[int, datetime]]:
    """Records runs of subscriptions that are advanced after it, but for those slots that have been
    run already; returns whose it has recorded."""
    begun: set[tuple[int, datetime]] = set()
    for one, ids in alike.items():
        fresh = _runs_made(connection, one, ids, now, ahead=1)
        fresh = fresh.on_conflict_do_nothing(index_elements=["subscription_id", "slot"])
        found = connection.execute(fresh.returning(_runs.c.subscription_id)).scalars()
        begun.update((number, one.slot) for number in found)
    return begun


def _runs_made(
    connection: Connection, one: Recorded, ids: Sequence[int], now: datetime, *, ahead: int
) -> Any:
    # Rows made by the database of rows it has: half the work of sending each one.
    made = select(
        _table.c.id,
        literal(one.slot, Utc),
        literal(now, Utc),
        literal(one.outcome, Words),
        _table.c.seq + ahead if one.numbered else null(),
    ).where(among(connection, _table.c.id, ids))
    names = ["subscription_id", "slot", "at", "outcome", "seq"]
    return insert_into(connection, _runs).from_select(names, made)


def runs_of(
    connection: Connection, numbers: Sequence[int], slots: set[datetime]
) -> set[tuple[int, datetime]]:
    """Which of these slots have been run already, and of whom."""
    if not slots:
        return set()
    query = select(_runs.c.subscription_id, _runs.c.slot).where(
        among(connection, _runs.c.subscription_id, numbers), _runs.c.slot.in_(slots)
    )
    return {(row.subscription_id, row.slot) for row in connection.execute(query)}
