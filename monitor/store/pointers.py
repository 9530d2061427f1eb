"""Every write of a pointer: only where it still stands as it was read, and with its cause.

Who moves pointers holds the subscription's row (`hold`), so that losing a race shows before
anything is written. The conditions here say the same once more, where it counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, ScalarSelect, delete, select, update

from monitor.errors import NotFound, Overtaken
from monitor.model.record import Record
from monitor.model.subscription import Cause, Pointers
from monitor.store import tables
from monitor.store.family import among, insert_into

_pointers = tables.pointers
_readers = tables.subscriptions


class Move(Record):
    """From where to where, and why. `seq` is the number of the message that is the cause; `newest`
    says that it is the subscription's newest, so that many readers can share one statement."""

    before: Pointers
    after: Pointers
    cause: Cause
    seq: int | None = None
    newest: bool = False


def hold(connection: Connection, number: int) -> None:
    """Nobody else moves this reader's pointers until the transaction ends. Raises NotFound."""
    lock = select(_readers.c.id).where(_readers.c.id == number)
    if connection.execute(lock.with_for_update(key_share=True)).one_or_none() is None:
        raise NotFound(f"there is no subscription {number}")


def begin(
    connection: Connection,
    number: int,
    pointers: Sequence[Pointers],
    *,
    cause: Cause,
    now: datetime,
) -> None:
    """The first pointers of situations. Raises Overtaken when one of them has begun already."""
    if not pointers:
        return
    rows = [
        {
            "subscription_id": number,
            "situation": one.situation,
            "told": one.told,
            "alerted": one.alerted,
            "cause": cause,
            "moved_at": now,
            "begun_seq": _newest(number),
        }
        for one in pointers
    ]
    fresh = insert_into(connection, _pointers).values(rows).on_conflict_do_nothing()
    # An insert has no row count on every driver.
    begun = connection.execute(fresh.returning(_pointers.c.situation)).all()
    _expect(len(rows), len(begun))


def move(connection: Connection, moves: Mapping[Move, Sequence[int]], now: datetime) -> None:
    """Makes each move for all these subscriptions. Raises Overtaken when a pointer stands elsewhere
    by now: the transaction must not be committed then."""
    for one, numbers in moves.items():
        values: dict[str, Any] = {
            "told": one.after.told,
            "alerted": one.after.alerted,
            "cause": one.cause,
            "cause_seq": _newest(_pointers.c.subscription_id) if one.newest else one.seq,
            "moved_at": now,
        }
        theirs = among(connection, _pointers.c.subscription_id, numbers)
        moved = update(_pointers).where(theirs, *_stands(one.before)).values(values)
        _expect(len(numbers), connection.execute(moved).rowcount)


def forget(connection: Connection, number: int, pointers: Sequence[Pointers]) -> None:
    """Ends situations of a subscription. Raises Overtaken when one stands elsewhere by now."""
    for one in pointers:
        mine = delete(_pointers).where(_pointers.c.subscription_id == number, *_stands(one))
        _expect(1, connection.execute(mine).rowcount)


def _stands(at: Pointers) -> tuple[Any, ...]:
    return (
        _pointers.c.situation == at.situation,
        _pointers.c.told == at.told,
        _pointers.c.alerted == at.alerted,
    )


def _newest(number: Any) -> ScalarSelect[Any]:
    return select(_readers.c.seq).where(_readers.c.id == number).scalar_subquery()


def _expect(wanted: int, done: int) -> None:
    if wanted != done:
        raise Overtaken("somebody else has moved a pointer meanwhile; nothing was written")
