"""What has been taken of each rate, over all nodes that share the database.

The rows are locked as long as a claim takes, so that two nodes never take the same. The time is the
database's, where several share it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, DateTime, func, select, update

from monitor.model.rate import Limit, Rate, Rates, Taken
from monitor.store import tables
from monitor.store.family import insert_into

_table = tables.allowances


class Books:
    """The logs of some limits as they stand at one moment."""

    def __init__(self, at: float, logs: Mapping[str, Taken]) -> None:
        self.at = at
        self._logs = dict(logs)
        self._changed: set[str] = set()

    def left(self, limit: Limit) -> int:
        return min(rate.left(self._log(limit, rate), self.at) for rate in limit.rates)

    def taken(self, limit: Limit, rate: Rate) -> int:
        return rate.messages - rate.left(self._log(limit, rate), self.at)

    def next(self, limit: Limit) -> float:
        """From which second on one more may be taken of it."""
        return max(rate.next(self._log(limit, rate), self.at) for rate in limit.rates)

    def take(self, limit: Limit, messages: int) -> None:
        for rate in limit.rates if messages else ():
            name = _name(limit, rate)
            self._logs[name] = rate.take(self._log(limit, rate), self.at, messages)
            self._changed.add(name)

    def save(self, connection: Connection) -> None:
        for name in sorted(self._changed):
            row = update(_table).where(_table.c.name == name)
            connection.execute(row.values(taken=self._logs[name]))
        self._changed.clear()

    def _log(self, limit: Limit, rate: Rate) -> Taken:
        return self._logs.get(_name(limit, rate), ())


def locked(connection: Connection, rates: Rates, now: datetime) -> Books:
    """For who takes; whoever comes second waits, and sees what the first has taken."""
    names = _names(rates)
    made = insert_into(connection, _table).on_conflict_do_nothing(index_elements=["name"])
    rows = _rows(connection, names, lock=True)
    if len(rows) < len(names):
        missing = sorted(set(names) - rows.keys())
        connection.execute(made, [{"name": name, "taken": []} for name in missing])
        rows = _rows(connection, names, lock=True)
    # Asked for when the rows are held: what others have taken was taken before.
    return Books(_moment(connection, rates, now), rows)


def seen(connection: Connection, rates: Rates, now: datetime) -> Books:
    """For who only looks."""
    rows = _rows(connection, _names(rates), lock=False)
    return Books(_moment(connection, rates, now), rows)


def _rows(connection: Connection, names: Sequence[str], *, lock: bool) -> dict[str, Taken]:
    query = select(_table).where(_table.c.name.in_(names)).order_by(_table.c.name)
    found = connection.execute(query.with_for_update() if lock else query)
    return {row.name: tuple((until, many) for until, many in row.taken) for row in found}


def _moment(connection: Connection, rates: Rates, now: datetime) -> float:
    if rates.by_caller or connection.dialect.name == "sqlite":
        return now.timestamp()
    clock: Any = select(func.clock_timestamp(type_=DateTime(timezone=True)))
    moment: datetime = connection.execute(clock).scalar_one()
    return moment.astimezone(UTC).timestamp()


def _names(rates: Rates) -> list[str]:
    return sorted(_name(limit, rate) for limit in rates.limits for rate in limit.rates)


def _name(limit: Limit, rate: Rate) -> str:
    return f"{limit.name} {rate.seconds:g}"
