"""Reading subscriptions whole: the row, its pointers, its mutes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import Connection, select

from monitor.model.subscription import Mute, Pointers, Subscription
from monitor.store import tables
from monitor.store.family import among, chunks
from monitor.store.spec import from_text


def load(connection: Connection, numbers: Sequence[int]) -> tuple[Subscription, ...]:
    """The subscriptions with these ids, by id; three queries for each thousand of them."""
    found: list[Subscription] = []
    for some in chunks(sorted(numbers)):
        found += _load(connection, some)
    return tuple(found)


def pointers_of(connection: Connection, numbers: Sequence[int]) -> dict[int, tuple[Pointers, ...]]:
    """Where told and alerted stand, per subscription, by situation."""
    table = tables.pointers
    theirs = among(connection, table.c.subscription_id, numbers)
    query = select(table).where(theirs).order_by(table.c.situation)
    found: dict[int, list[Pointers]] = defaultdict(list)
    for row in connection.execute(query):
        found[row.subscription_id].append(
            Pointers(situation=row.situation, told=row.told, alerted=row.alerted)
        )
    return {number: tuple(several) for number, several in found.items()}


def _load(connection: Connection, numbers: Sequence[int]) -> list[Subscription]:
    table = tables.subscriptions
    query = select(table).where(among(connection, table.c.id, numbers)).order_by(table.c.id)
    rows = connection.execute(query).all()
    pointers = pointers_of(connection, numbers)
    mutes = _mutes_of(connection, numbers)
    return [
        Subscription(
            id=row.id,
            spec=from_text(row.spec, address=row.address, name=row.name),
            state=row.state,
            state_reason=row.state_reason,
            seq=row.seq,
            pointers=pointers.get(row.id, ()),
            mutes=tuple(mutes.get(row.id, ())),
            created_at=row.created_at,
            last_run=row.last_run,
            due_at=row.due_at,
            undelivered_since=row.undelivered_since,
        )
        for row in rows
    ]


def _mutes_of(connection: Connection, numbers: Sequence[int]) -> dict[int, list[Mute]]:
    table = tables.mutes
    theirs = among(connection, table.c.subscription_id, numbers)
    query = select(table).where(theirs).order_by(table.c.id)
    found: dict[int, list[Mute]] = defaultdict(list)
    for row in connection.execute(query):
        found[row.subscription_id].append(
            Mute(
                id=row.id,
                what=row.what,
                reason=row.reason,
                until=row.until,
                created_at=row.created_at,
            )
        )
    return found
