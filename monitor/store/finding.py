"""Asking the outbox for messages, and how many there are, without reading those that are over."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    TextClause,
    and_,
    func,
    or_,
    select,
    true,
    union_all,
)

from monitor.model.message import MessageState, Reason
from monitor.model.patterns import regex
from monitor.store import tables
from monitor.store.records import OutboxCount
from monitor.store.tables.messages import CLAIMED, DEAD, HELD, OPERATORS, OWED

_table = tables.outbox

_NUMBER = regex(r"[0-9]{1,18}")

LOOKED_AT: Final = 10_000
"""So many of the newest messages are counted that are over: there may be millions."""

_KEPT_APART: Final[Mapping[TextClause, Collection[str]]] = {
    OWED: ("pending", "retry"),
    CLAIMED: ("claimed",),
    HELD: ("held",),
    DEAD: ("dead",),
}
"""States by the condition of the index that holds only them."""

_APART: Final = frozenset(state for states in _KEPT_APART.values() for state in states)


def found(
    states: Sequence[MessageState], *, subscription: int | None, reason: Reason | None, limit: int
) -> Any:
    """The newest in these states, or in any."""
    asked = _asked(subscription, reason)
    if subscription is None and states and set(states) <= _APART:
        # By their numbers: asked for in the order of ids, SQLite would read all rows in that order.
        ids = union_all(*(select(_table.c.id).where(one) for one in _indexed(states)))
        query = select(_table).where(_table.c.id.in_(ids), asked)
        return query.order_by(_table.c.id.desc()).limit(limit)
    query = select(_table).where(asked)
    if states:
        query = query.where(_table.c.state.in_(states))
    return query.order_by(_table.c.id.desc()).limit(limit)


def named(key: str) -> ColumnElement[bool]:
    """The message of this key: a subscription's by its number, another one by its Message-ID."""
    parts = key.split("-")
    if len(parts) == 2 and all(_NUMBER.fullmatch(part) for part in parts):
        return and_(_table.c.subscription_id == int(parts[0]), _table.c.seq == int(parts[1]))
    return and_(_table.c.subscription_id.is_(None), _table.c.message_id.contains(f".{key}@"))


def _asked(subscription: int | None, reason: Reason | None) -> ColumnElement[bool]:
    asked: list[Any] = [true()]
    if subscription is not None:
        asked.append(_table.c.subscription_id == subscription)
    if reason is not None:
        asked.append(OPERATORS if reason == "operator" else _table.c.reason == reason)
    return and_(*asked)


def _indexed(states: Sequence[MessageState]) -> list[ColumnElement[bool]]:
    return [
        and_(index, _table.c.state.in_(set(held) & set(states)))
        for index, held in _KEPT_APART.items()
        if set(held) & set(states)
    ]


def counted(connection: Connection) -> OutboxCount:
    """Exactly for what is owed, held or dead; of what is over, the newest are looked at."""
    parts = [_number(_table.c.state).where(index) for index in _KEPT_APART]
    by_age = select(_table.c.state).order_by(_table.c.id.desc())
    newest = by_age.limit(LOOKED_AT).subquery()
    over = _number(newest.c.state).where(newest.c.state.in_(("sent", "cancelled")))
    by_state: dict[Any, int] = {}
    for part in (*parts, over):
        by_state |= {row.state: row.number for row in connection.execute(part)}
    more = connection.execute(by_age.offset(LOOKED_AT).limit(1)).first()
    oldest = select(func.min(_table.c.created_at)).where(or_(OWED, CLAIMED))
    return OutboxCount(
        by_state=by_state,
        oldest_owed=connection.execute(oldest).scalar(),
        looked_at=LOOKED_AT if more else None,
    )


def _number(state: Any) -> Select[Any]:
    return select(state, func.count().label("number")).group_by(state)
