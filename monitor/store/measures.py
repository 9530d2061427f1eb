"""How much waits: questions that an index answers, whatever has been told before."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import TextClause, func, or_, select

from monitor.model.record import Record
from monitor.model.tuples import NamedTuple
from monitor.store import tables
from monitor.store.family import TableFamily
from monitor.store.tables.messages import CLAIMED, OWED

_subscriptions = tables.subscriptions
_outbox = tables.outbox


class Owed(NamedTuple):
    """Which messages are counted together."""

    state: str
    lane: int


class Waiting(Record):
    """Readers whose digest is due, those of them who were due before `late_by`, and messages that
    are not over."""

    due: int
    late: int
    messages: Mapping[Owed, int]


class Measures(TableFamily):
    def waiting(self, *, now: datetime, late_by: datetime) -> Waiting:
        return Waiting(
            due=self._due(now), late=self._due(late_by), messages=self._messages(OWED, CLAIMED)
        )

    def _due(self, by: datetime) -> int:
        mine = _subscriptions.c.state == "active", _subscriptions.c.due_at <= by
        rested = _subscriptions.c.paused_until
        query = select(func.count()).where(*mine, or_(rested.is_(None), rested <= by))
        with self._access.read() as connection:
            return int(connection.execute(query).scalar_one())

    def _messages(self, *where: TextClause) -> dict[Owed, int]:
        """A question for each, because each has an index of its own."""
        found: dict[Owed, int] = {}
        by = _outbox.c.state, _outbox.c.lane
        with self._access.read() as connection:
            for each in where:
                counted = select(*by, func.count()).where(each).group_by(*by)
                rows = connection.execute(counted)
                found |= {Owed(state, lane): count for state, lane, count in rows}
        return found
