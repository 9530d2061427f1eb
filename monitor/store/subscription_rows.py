"""Reading subscriptions whole: the row, its pointers, its mutes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, select

from monitor.errors import RowDamaged
from monitor.model.subscription import Mute, Pointers, Subscription, SubscriptionSpec
from monitor.model.tuples import NamedTuple
from monitor.store import tables
from monitor.store.family import among, chunks
from monitor.store.spec import from_text


class Loaded(NamedTuple):
    """By id. `damaged` are those that cannot be read: why, by id."""

    found: tuple[Subscription, ...]
    damaged: dict[int, str]


def load(connection: Connection, numbers: Sequence[int]) -> Loaded:
    """The subscriptions with these ids; three queries for each thousand of them.

    What cannot be read of one costs only that one.
    """
    found: list[Subscription] = []
    damaged: dict[int, str] = {}
    for some in chunks(sorted(numbers)):
        try:
            found += _load(connection, some)
        except RowDamaged:
            _one_by_one(connection, some, found, damaged)
    return Loaded(tuple(found), damaged)


def load_one(connection: Connection, number: int) -> Subscription | None:
    """None when there is no such subscription. Raises RowDamaged, saying whose it is."""
    found, damaged = load(connection, [number])
    for why in damaged.values():
        raise RowDamaged(why)
    return found[0] if found else None


def _one_by_one(
    connection: Connection,
    numbers: Sequence[int],
    found: list[Subscription],
    damaged: dict[int, str],
) -> None:
    for number in numbers:
        try:
            found += _load(connection, [number])
        except RowDamaged as error:
            damaged[number] = f"subscription {_who(connection, number)} is left alone: {error}"


def _who(connection: Connection, number: int) -> str:
    table = tables.subscriptions
    query = select(table.c.address, table.c.name).where(table.c.id == number)
    row = connection.execute(query).one()
    return f"{row.address}/{row.name}"


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
            spec=_spec(row),
            state=row.state,
            state_reason=row.state_reason,
            state_at=row.state_at,
            seq=row.seq,
            pointers=pointers.get(row.id, ()),
            mutes=tuple(mutes.get(row.id, ())),
            created_at=row.created_at,
            last_run=row.last_run,
            due_at=row.due_at,
            undelivered_since=row.undelivered_since,
            rests_until=row.paused_until if row.rests else None,
        )
        for row in rows
    ]


def _spec(row: Row[Any]) -> SubscriptionSpec:
    try:
        return from_text(row.spec, address=row.address, name=row.name)
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
        raise RowDamaged(
            f"what it asks for cannot be read ({error}); it is neither told nor changed until "
            "it is put right, from a backup for example"
        ) from error


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
