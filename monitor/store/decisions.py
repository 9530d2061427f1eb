"""What people have decided about versions, and why. Nothing of it is ever changed or forgotten."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, func, insert, select

from monitor.store import tables
from monitor.store.family import TableFamily
from monitor.store.records import Decision

_table = tables.decisions


class Decisions(TableFamily):
    def add(self, decision: Decision) -> None:
        """Its situation must be known."""
        row = {column.name: getattr(decision, column.name) for column in _told}
        with self._access.write() as connection:
            connection.execute(insert(_table).values(row))

    def page(
        self, situation: str | None = None, *, first: int = 0, limit: int
    ) -> tuple[Decision, ...]:
        """The newest first, of one situation or of all, from the place `first` on."""
        query = _of(select(*_told), situation).order_by(_table.c.id.desc())
        with self._access.read() as connection:
            rows = connection.execute(query.offset(first).limit(limit))
            return tuple(Decision(**row._mapping) for row in rows)

    def count(self, situation: str | None = None) -> int:
        query = _of(select(func.count()).select_from(_table), situation)
        with self._access.read() as connection:
            return int(connection.execute(query).scalar_one())

    def baseline(self, situation: str) -> Decision | None:
        """The last that was about what new versions are compared with."""
        about = _table.c.what.in_(("pinned", "advanced", "followed"))
        query = _of(select(*_told), situation).where(about).order_by(_table.c.id.desc())
        with self._access.read() as connection:
            row = connection.execute(query.limit(1)).one_or_none()
        return Decision(**row._mapping) if row else None


_told = [column for column in _table.c if column.name != "id"]


def _of(query: Select[Any], situation: str | None) -> Select[Any]:
    return query if situation is None else query.where(_table.c.situation == situation)
