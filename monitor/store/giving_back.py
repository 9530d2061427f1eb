"""A message that will not arrive gives its pointers back, so that the next one tells it again."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, exists, select, update

from monitor.model.subscription import Pointers
from monitor.store import tables
from monitor.store.moving import Move, move

_outbox = tables.outbox
_readers = tables.subscriptions
_pointers = tables.pointers

UNSETTLED = ("pending", "held", "claimed", "retry", "sent")
"""States of a message that has told, or may still tell, what it covers."""


def give_back(connection: Connection, number: int, now: datetime) -> None:
    """Returns told and alerted to where a message started, if it had moved them.

    Nothing happens when a later message tells the same again, or when an earlier loss has taken
    the pointers further back already. Call it after the message's state has changed.
    """
    message = connection.execute(select(_outbox).where(_outbox.c.id == number)).one()
    if message.subscription_id is None or not message.start:
        return
    lock = select(_readers).where(_readers.c.id == message.subscription_id)
    reader = connection.execute(lock.with_for_update(key_share=True)).one()
    for lane in ("told", "alerted"):
        lowest = getattr(message, f"{lane}_from")
        owed = getattr(reader, f"{lane}_owed")
        lost_already = owed is not None and owed <= message.seq
        if lowest is None or lost_already or _is_covered(connection, message, lane):
            continue
        _return(connection, message, lane, now)
        values = {f"{lane}_owed": lowest, "due_at": None}
        if lane == "told":
            values["undelivered_since"] = _earlier(reader.undelivered_since, message.created_at)
        else:
            _forget_alerted(connection, message)
        changed = update(_readers).where(_readers.c.id == reader.id)
        connection.execute(changed.values(values))


def _is_covered(connection: Connection, message: Row[Any], lane: str) -> bool:
    lowest: ColumnElement[int] = _outbox.c[f"{lane}_from"]
    later = (
        _outbox.c.subscription_id == message.subscription_id,
        _outbox.c.seq > message.seq,
        lowest <= message.seq,
        _outbox.c.state.in_(UNSETTLED),
    )
    return bool(connection.execute(select(exists().where(*later))).scalar())


def _return(connection: Connection, message: Row[Any], lane: str, now: datetime) -> None:
    query = select(_pointers).where(
        _pointers.c.subscription_id == message.subscription_id,
        # One that began anew since is another story: this message moved what stood before it.
        _pointers.c.begun_seq < message.seq,
    )
    for row in connection.execute(query).all():
        if row.situation not in message.start:
            continue
        stands = Pointers(situation=row.situation, told=row.told, alerted=row.alerted)
        told, alerted = message.start[row.situation]
        started = replace(stands, told=told) if lane == "told" else replace(stands, alerted=alerted)
        if started != stands:
            back = Move(before=stands, after=started, cause="give-back", seq=message.seq)
            move(connection, {back: [message.subscription_id]}, now)


def _forget_alerted(connection: Connection, message: Row[Any]) -> None:
    """What this alert would have told: a digest must not say that its reader was alerted to it."""
    mine = (
        tables.alerts.c.subscription_id == message.subscription_id,
        tables.alerts.c.at == message.created_at,
    )
    connection.execute(delete(tables.alerts).where(*mine))


def _earlier(known: datetime | None, other: datetime) -> datetime:
    return other if known is None else min(known, other)
