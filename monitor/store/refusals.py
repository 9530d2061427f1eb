"""Whose fault a refusal is: it speaks of a recipient only beside somebody whose mail was taken.

A refusal is kept with its message until that is known. Mail that is taken for another recipient
proves it: the message is tried at once, and refused again it is over. The same refusal for several
recipients, with nothing taken in between, is the relay's: their attempts are as if not made. Where
several are refused in different ways and nothing is taken, nobody is judged either.
All of it stands in the table, so that a restart and other nodes know it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, case, func, literal, select, true, update

from monitor.model.message import ROW, Outcome
from monitor.model.tuples import NamedTuple
from monitor.store import tables
from monitor.store.columns import Utc
from monitor.store.family import among
from monitor.store.tables.messages import REFUSED

_outbox = tables.outbox
_deliveries = tables.deliveries

ALONE = timedelta(hours=4)
"""So long a message is tried that is refused while nobody else's mail goes to compare it with."""

_UNPROVEN = (REFUSED, _outbox.c.state == "retry", ~_outbox.c.proven)

SOON = timedelta(seconds=20)
"""Before what was put back is tried again; the circuit breaker paces the relay."""


def noted(row: Row[Any], outcome: Outcome, at: datetime) -> dict[str, Any]:
    """What a message that is tried again remembers of being refused at this time."""
    if outcome.refusal is None:
        return {}
    # The first time counts: what was taken after it is the proof.
    if row.refused_as == outcome.refusal:
        return {}
    return {"refused_as": outcome.refusal, "refused_at": at, "proven": False}


def prove(
    connection: Connection, recipient: str, began_at: datetime, now: datetime, *, operator: bool
) -> None:
    """Mail for this recipient was offered at this time, and taken: what others had been refused
    for by then speaks of themselves.

    A relay that takes the operator's mail may still take nobody else's: its own domain's is often
    let through when nothing else is.
    """
    which = (_outbox.c.recipient != recipient) & (_outbox.c.refused_at <= began_at)
    if operator and _refused(connection).recipients >= ROW:
        return
    # One that is being tried again already was refused before that, too.
    ids = _unproven(connection, ("retry", "claimed"), which)
    if ids:
        these = update(_outbox).where(among(connection, _outbox.c.id, ids))
        # One that is temporary keeps its own pace: it was asked to come back later.
        at = case(
            (_outbox.c.refused_as.like("% 5%"), literal(now, Utc)), else_=_outbox.c.next_attempt
        )
        connection.execute(these.values(proven=True, next_attempt=at))


def blame_relay(connection: Connection, refusal: str, now: datetime) -> None:
    """What was refused like this is put back: its attempts do not count, whose fault it was is
    still to be found."""
    ids = _unproven(connection, ("retry",), _outbox.c.refused_as == refusal)
    if not ids:
        return
    soonest = func.min if connection.dialect.name == "sqlite" else func.least
    at = soonest(_outbox.c.next_attempt, literal(now + SOON, Utc), type_=Utc)
    put_back = update(_outbox).where(among(connection, _outbox.c.id, ids))
    connection.execute(put_back.values(attempts=0, next_attempt=at))
    told = update(_deliveries).where(among(connection, _deliveries.c.message_id, ids))
    connection.execute(told.values(bounce=None))


def is_relays(connection: Connection, refusal: str) -> bool:
    """Whether enough different recipients wait with the same refusal, unproven."""
    alike = select(func.count(_outbox.c.recipient.distinct())).where(
        *_UNPROVEN, _outbox.c.refused_as == refusal
    )
    return int(connection.execute(alike).scalar_one()) >= ROW


def own_refusal(connection: Connection, row: Row[Any], now: datetime) -> str | None:
    """The refusal that would be its own, if a message about to be tried meets it again.

    The operator's is judged by proof alone: it is what tells of a relay that refuses everybody.
    """
    if row.refused_as is None or row.refused_at is None:
        return None
    waits = row.reason == "operator" or row.refused_at > now - ALONE
    own = row.proven or not (waits or refuses_several(connection))
    return str(row.refused_as) if own else None


def refuses_several(connection: Connection) -> bool:
    """Whether nothing has been taken since several were refused, alike or not: they may all be
    right. Two who are refused alike, and one alone, are judged in the end."""
    refused = _refused(connection)
    return refused.recipients >= ROW or min(refused) > 1


def refused_recipients(connection: Connection) -> int:
    """How many wait refused, with nothing taken since for anybody else."""
    return _refused(connection).recipients


class _Refused(NamedTuple):
    """How many wait refused with nothing taken since, and in how many ways."""

    recipients: int
    ways: int


def _refused(connection: Connection) -> _Refused:
    """One that is claimed counts too: it is asked about while it is."""
    counted = select(
        func.count(_outbox.c.recipient.distinct()), func.count(_outbox.c.refused_as.distinct())
    ).where(REFUSED, _outbox.c.state.in_(("retry", "claimed")), ~_outbox.c.proven)
    return _Refused(*connection.execute(counted).one())


def excuse(connection: Connection) -> None:
    """What was refused while several were counts against nobody's mailbox later."""
    if refuses_several(connection):
        ids = _unproven(connection, ("retry",), true())
        told = update(_deliveries).where(among(connection, _deliveries.c.message_id, ids))
        connection.execute(told.values(bounce=None))


def _unproven(
    connection: Connection, states: tuple[str, ...], which: ColumnElement[bool]
) -> list[int]:
    """Refused and unproven messages. One that another node changes in this moment is left to the
    next occasion, so that two never wait for each other."""
    query = select(_outbox.c.id).where(
        REFUSED, _outbox.c.state.in_(states), ~_outbox.c.proven, which
    )
    locked = query.order_by(_outbox.c.id).with_for_update(skip_locked=True)
    return list(connection.execute(locked).scalars())
