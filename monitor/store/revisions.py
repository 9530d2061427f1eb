"""What makes a situation's readers hear something, counted in the transaction that writes it.

`situations.revision` grows with every deed that decides what they hear: what is said, held,
released, rejected, taken out or put back, a baseline, a judgement. Whoever remembers all revisions
finds what has changed by one question whatever is there; a sum has no order of commits to trip on.

The situation's row is taken before any version or snapshot, as everybody does who takes in or out.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, select, update

from monitor.model.tuples import NamedTuple
from monitor.store import tables
from monitor.store.family import TableFamily, among

_table = tables.situations
_versions = tables.versions
_snapshots = tables.snapshots


class Fingerprint(NamedTuple):
    """Differs as soon as any situation has changed, or another one is there."""

    situations: int
    revisions: int


class Revisions(TableFamily):
    def fingerprint(self) -> Fingerprint:
        """One small question, asked in each pass."""
        query = select(func.count(), func.coalesce(func.sum(_table.c.revision), 0))
        with self._access.read() as connection:
            count, total = connection.execute(query.select_from(_table)).one()
        return Fingerprint(int(count), int(total))

    def all(self) -> dict[str, int]:
        """By situation."""
        query = select(_table.c.name, _table.c.revision)
        with self._access.read() as connection:
            return dict(connection.execute(query).all())


def grow(connection: Connection, situation: str) -> bool:
    """Something is written of it; False when there is no such situation."""
    this = update(_table).where(_table.c.name == situation)
    return connection.execute(this.values(grown())).rowcount == 1


def grow_of_version(connection: Connection, number: int) -> None:
    _grow_all(connection, select(_versions.c.situation).where(_versions.c.id == number))


def grow_of_snapshots(connection: Connection, numbers: Collection[int]) -> None:
    if numbers:
        these = among(connection, _snapshots.c.id, sorted(numbers))
        _grow_all(connection, select(_snapshots.c.situation).where(these).distinct())


def grown() -> dict[str, ColumnElement[Any]]:
    """For a statement that writes the row anyhow."""
    return {"revision": _table.c.revision + 1}


def _grow_all(connection: Connection, names: Select[Any]) -> None:
    # In the order of names, so that two nodes never wait for each other.
    for name in sorted(connection.execute(names).scalars()):
        grow(connection, name)
