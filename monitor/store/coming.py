"""Which messages come next: in the order of lanes, and in a lane those that are due longest."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, ScalarSelect, func, select, union_all

from monitor.model.message import LANES
from monitor.store import tables
from monitor.store.family import among
from monitor.store.tables.messages import OWED
from monitor.store.turns import Turns

_outbox = tables.outbox

EVERY_LANE: Sequence[int] = sorted(set(LANES.values()))
FIRST_LANE, *LATER_LANES = EVERY_LANE


class InOrder:
    """The choice of one claim."""

    def __init__(self, connection: Connection, turns: Turns, pool: str = "") -> None:
        self._connection = connection
        self._turns = turns
        self._pool = pool

    def choose(self, limit: int, now: datetime, but: Collection[int] = ()) -> list[int]:
        """Up to `limit` ids, locked, without those that have been found to wait."""
        reserved = self._turns.reserved(limit)
        first = of_pool(self._connection, FIRST_LANE, self._pool, limit, now, but=but)
        room = max(limit - len(first), reserved)
        later: list[int] = []
        for lane in LATER_LANES:
            if len(later) < room:
                later += of_pool(
                    self._connection, lane, self._pool, room - len(later), now, but=but
                )
        return first[: limit - len(later)] + later

    def book(self, recipients: Sequence[str]) -> None:
        """Nobody counts."""


def of_pool(
    connection: Connection,
    lane: int,
    pool: str,
    limit: int,
    now: datetime,
    *,
    but: Collection[int] = (),
) -> list[int]:
    """Those of one lane that wait in one place; what others hold is passed over."""
    found = (
        select(_outbox.c.id)
        .where(OWED, *_of(lane, pool), _outbox.c.next_attempt <= now)
        .order_by(_outbox.c.next_attempt, _outbox.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    if but:
        found = found.where(~among(connection, _outbox.c.id, but))
    return list(connection.execute(found).scalars())


def next_of_common(connection: Connection, pool: str = "") -> datetime | None:
    """When the first is due that stands in no pool of its own, or in this one."""
    times = [select(_earliest(lane, pool).label("at")) for lane in EVERY_LANE]
    found = union_all(*times).subquery()
    at: datetime | None = connection.execute(select(func.min(found.c.at))).scalar()
    return at


def _earliest(lane: int, pool: str) -> ScalarSelect[datetime | None]:
    """One entry of the index: asked for all lanes at once, it would be every one of them."""
    query = select(_outbox.c.next_attempt).where(OWED, *_of(lane, pool))
    return query.order_by(_outbox.c.next_attempt).limit(1).scalar_subquery()


def _of(lane: int, pool: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return _outbox.c.pool == pool, _outbox.c.lane == lane
