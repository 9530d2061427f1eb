"""A reader whose message died is left alone for a while, or every tick would make another one.

What it said has gone back to be told again, and what killed it may stand for days: a reputation, a
record of a domain. The pause is kept in the table, for a restart and for other nodes.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, case, select, update

from monitor.store import tables
from monitor.store.family import among
from monitor.store.reader_changes import changed

_outbox = tables.outbox
_readers = tables.subscriptions

PAUSES = tuple(timedelta(minutes=minutes) for minutes in (5, 15, 60, 240, 720, 1440))
"""After the first dead message in a row, the second, ...; the last one repeats."""


def pause(connection: Connection, number: int | None, now: datetime) -> None:
    """A message of this subscription has died."""
    if number is None:
        return
    this = _readers.c.id == number
    asked = select(_readers.c.losses, _readers.c.rests, _readers.c.paused_until).where(this)
    losses, rests, until = connection.execute(asked).one()
    after = now + PAUSES[min(losses, len(PAUSES) - 1)]
    # Whoever asked for a longer pause gets it.
    until = max(until, after) if rests and until else after
    # What came meanwhile is looked at when the pause is over.
    values = {"losses": losses + 1, "paused_until": until, **changed()}
    connection.execute(update(_readers).where(this).values(values))


def end_pauses(connection: Connection, messages: Sequence[int]) -> None:
    """These messages have arrived."""
    arrived = select(_outbox.c.subscription_id).where(among(connection, _outbox.c.id, messages))
    those = update(_readers).where(_readers.c.losses > 0, _readers.c.id.in_(arrived))
    asked_for = case((_readers.c.rests, _readers.c.paused_until), else_=None)
    connection.execute(those.values(losses=0, paused_until=asked_for))


def rest(connection: Connection, number: int, until: datetime | None, due: datetime | None) -> int:
    """A pause that the reader asks for, or (None) its end; returns how many rows it was."""
    values = {"paused_until": until, "rests": until is not None, "due_at": due, **changed()}
    if until is not None:
        # What went back with her wish was not lost.
        values["undelivered_since"] = None
    return connection.execute(
        update(_readers).where(_readers.c.id == number).values(values)
    ).rowcount
