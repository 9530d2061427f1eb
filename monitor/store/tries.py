"""How often strangers may ask for something, over all processes that share the database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, func, insert, select, text

from monitor.model.tuples import NamedTuple
from monitor.store import tables
from monitor.store.family import TableFamily

_table = tables.tries

KEPT = timedelta(days=8)
"""Longer than any limit looks back; then nobody can tell any more that it was."""


class Limit(NamedTuple):
    """At most so many within this time under one key."""

    key: str
    most: int
    within: timedelta


class Tries(TableFamily):
    def allow(self, limits: Sequence[Limit], *, now: datetime) -> str | None:
        """Counts one try under each key, where each has room; else counts none, and says the key
        that has not."""
        with self._access.write() as connection:
            if connection.dialect.name == "postgresql":
                # Two nodes that count at once would both find room for one.
                lock = func.pg_advisory_xact_lock(func.hashtext(text("'monitor.tries'")))
                connection.execute(select(lock))
            connection.execute(delete(_table).where(_table.c.at < now - KEPT))
            for one in limits:
                mine = _table.c.key == one.key, _table.c.at > now - one.within
                count = connection.execute(select(func.count()).where(*mine)).scalar_one()
                if count >= one.most:
                    return one.key
            rows = [{"key": one.key, "at": now} for one in limits]
            connection.execute(insert(_table), rows)
        return None
