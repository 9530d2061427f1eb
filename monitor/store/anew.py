"""What is owed and no longer right is cancelled, and told anew as things stand.

Its pointers go back, and the run that wrote it is as if it had not been: the next pass finds the
reader due for the same slot, and writes the right message or none.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, delete, func, or_, select, update

from monitor.store import tables
from monitor.store.family import among
from monitor.store.returns import give_back
from monitor.store.spans import PointerSpan, from_json
from monitor.store.tables.messages import OWED

_outbox = tables.outbox
_runs = tables.runs
_readers = tables.subscriptions
_versions = tables.versions

ANEW: Final = ("digest", "alert", "receipt")
"""What the service writes again by itself; a welcome, and what a person sent, it does not."""

NOT_SO: Final = "what it tells was withdrawn or corrected; it is told anew as things stand"
WISHED: Final = "its reader asked for something else before it was sent; it is told anew"


def tell_anew(connection: Connection, number: int, reason: str, now: datetime) -> None:
    """One that is owed, or was just claimed; with it, and before it, what was written after it of
    the same situations, which may take back what nobody has heard."""
    row = connection.execute(select(_outbox).where(_outbox.c.id == number)).one()
    for each in (*_later(connection, row), number):
        over = {"state": "cancelled", "state_reason": reason, "ended_at": now, "next_attempt": None}
        connection.execute(update(_outbox).where(_outbox.c.id == each).values(over))
        give_back(connection, each, now)
    _undo_runs(connection, row, now)


def _later(connection: Connection, row: Row[Any]) -> list[int]:
    """Those of its reader that are owed and begin after it, the newest first."""
    waiting = select(_outbox.c.id, _outbox.c.start).where(
        _outbox.c.subscription_id == row.subscription_id,
        _outbox.c.seq > row.seq,
        OWED,
        _outbox.c.reason.in_(ANEW),
        _outbox.c.uncertain.is_(False),
    )
    rows = connection.execute(waiting.order_by(_outbox.c.seq.desc()).with_for_update()).all()
    mine = _spans(row.start).keys()
    return [each.id for each in rows if mine & _spans(each.start).keys()]


def tell_wishes_anew(connection: Connection, reader: int, now: datetime) -> bool:
    """All that this reader is owed and that was written for other wishes; False for nothing."""
    owed = select(_outbox.c.id).where(
        _outbox.c.subscription_id == reader,
        OWED,
        _outbox.c.reason.in_(ANEW),
        _outbox.c.start.is_not(None),
        # One that may have arrived goes out as it was.
        _outbox.c.uncertain.is_(False),
    )
    query = owed.order_by(_outbox.c.seq).with_for_update(skip_locked=True)
    numbers = connection.execute(query).scalars().all()
    for number in numbers:
        still = select(_outbox.c.id).where(_outbox.c.id == number, OWED)
        # The loss of an older one takes the newer along.
        if connection.execute(still).scalar() is not None:
            tell_anew(connection, number, WISHED, now)
    return bool(numbers)


def outdated(connection: Connection, rows: Sequence[Row[Any]]) -> dict[int, str]:
    """Which of these tell what does not count any more, with the reason: a snapshot was withdrawn
    since, or stands corrected."""
    spans = {row.id: _spans(row.start) for row in rows if row.reason in ANEW and not row.uncertain}
    ends = {end for several in spans.values() for one in several.values() for end in _told(one)}
    gone = _gone(connection, ends) if ends else frozenset()
    return {
        number: NOT_SO
        for number, several in spans.items()
        if any(end in gone for one in several.values() for end in _told(one))
    }


def _spans(start: object) -> Mapping[str, PointerSpan]:
    return from_json(start) or {}


def _told(span: PointerSpan) -> set[int]:
    ends = (span.told, span.new_told), (span.alerted, span.new_alerted)
    return {end for start, end in ends if start != end}


def _gone(connection: Connection, numbers: Collection[int]) -> frozenset[int]:
    newer = _versions.alias("newer")
    corrected = (
        select(newer.c.id)
        .where(
            newer.c.situation == _versions.c.situation,
            newer.c.as_of == _versions.c.as_of,
            newer.c.revision > _versions.c.revision,
            newer.c.state == "current",
        )
        .exists()
    )
    query = select(_versions.c.id).where(
        among(connection, _versions.c.id, sorted(numbers)),
        or_(_versions.c.state != "current", corrected),
    )
    return frozenset(connection.execute(query).scalars())


def _undo_runs(connection: Connection, row: Row[Any], now: datetime) -> None:
    """Of this message, and of those that its loss took along."""
    if row.subscription_id is None or row.seq is None:
        return
    lost = select(_outbox.c.seq).where(
        _outbox.c.subscription_id == row.subscription_id,
        _outbox.c.seq >= row.seq,
        _outbox.c.state == "cancelled",
        _outbox.c.ended_at == now,
    )
    its = _runs.c.subscription_id == row.subscription_id
    undone = delete(_runs).where(its, _runs.c.seq.in_(lost)).returning(_runs.c.id)
    if not connection.execute(undone).scalars().all():
        return
    last = select(func.max(_runs.c.slot)).where(its).scalar_subquery()
    this = update(_readers).where(_readers.c.id == row.subscription_id)
    connection.execute(this.values(last_run=last, due_at=None))
