"""Hosts and channels that fail, known to every node: one learns, and all leave it alone."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, or_, select, update

from monitor.store import tables
from monitor.store.family import TableFamily, insert_into
from monitor.store.records import Failing

_table = tables.breakers

LONGEST: Final = timedelta(hours=12)
"""Nobody is left alone for longer: a time beyond it was written by a clock that was wrong."""


class Breakers(TableFamily):
    def all(self) -> tuple[Failing, ...]:
        query = select(_table).order_by(_table.c.name)
        with self._access.read() as connection:
            return tuple(Failing(**row._mapping) for row in connection.execute(query))

    def of(self, name: str) -> Failing | None:
        query = select(_table).where(_table.c.name == name)
        with self._access.read() as connection:
            row = connection.execute(query).one_or_none()
        return None if row is None else Failing(**row._mapping)

    def reserve(self, name: str, *, until: datetime, now: datetime) -> bool:
        """Whether the one try that a failing host gets now is ours; others wait until then."""
        free = or_(_table.c.until <= now, _table.c.until > now + LONGEST)
        mine = update(_table).where(_table.c.name == name, free).values(until=until)
        with self._access.write() as connection:
            return connection.execute(mine).rowcount == 1

    def failed(self, name: str, text: str, *, pause: timedelta, now: datetime) -> Failing:
        """One more failure in a row, after which it is left alone for so long."""
        until = now + min(pause, LONGEST)
        first = {"failures": 1, "since": now, "until": until, "text": text}
        again = {"failures": _table.c.failures + 1, "until": until, "text": text}
        with self._access.write() as connection:
            added = insert_into(connection, _table).values(name=name, **first)
            known = added.on_conflict_do_update(index_elements=["name"], set_=again)
            row = connection.execute(known.returning(_table)).one()
        return Failing(**row._mapping)

    def well(self, names: Collection[str]) -> None:
        """These have taken something, or are to be tried as if they had."""
        with self._access.write() as connection:
            connection.execute(delete(_table).where(_table.c.name.in_(sorted(names))))
