"""What was said: each snapshot's bytes and content, as they came."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, insert, select

from monitor.errors import NotFound
from monitor.model.as_of import order
from monitor.store import tables
from monitor.store.family import Family
from monitor.store.records import NewSnapshot, SnapshotRow

_table = tables.snapshots
_light = [column for column in _table.c if column.name != "data"]


class Snapshots(Family):
    def add(self, snapshot: NewSnapshot) -> int:
        """Stores a snapshot and returns its id. Its situation and kind must be known."""
        coverage = snapshot.coverage
        with self._access.write() as connection:
            row = insert(_table).values(
                situation=snapshot.situation,
                as_of=snapshot.as_of,
                coverage=coverage if isinstance(coverage, str) else list(coverage),
                kind_hash=snapshot.kind_hash,
                title=snapshot.title,
                note=snapshot.note,
                source=snapshot.source,
                path=snapshot.path,
                data=snapshot.data,
                content=snapshot.content,
                learned_at=snapshot.learned_at,
            )
            number: int = connection.execute(row.returning(_table.c.id)).scalar_one()
        return number

    def get(self, number: int) -> SnapshotRow:
        """Raises NotFound."""
        with self._access.read() as connection:
            query = select(*_light).where(_table.c.id == number)
            row = connection.execute(query).one_or_none()
        if row is None:
            raise NotFound(f"there is no snapshot {number}")
        return _snapshot(row)

    def of(self, situation: str) -> tuple[SnapshotRow, ...]:
        """All snapshots of a situation, ascending by as_of and by when we learned them."""
        query = select(*_light).where(_table.c.situation == situation)
        with self._access.read() as connection:
            rows = connection.execute(query).all()
        ordered = sorted(rows, key=lambda row: (order(row.as_of), row.id))
        return tuple(_snapshot(row) for row in ordered)

    def data(self, number: int) -> bytes:
        """The bytes as they were read. Raises NotFound."""
        with self._access.read() as connection:
            query = select(_table.c.data).where(_table.c.id == number)
            data: bytes | None = connection.execute(query).scalar_one_or_none()
        if data is None:
            raise NotFound(f"there is no snapshot {number}")
        return data


def _snapshot(row: Row[Any]) -> SnapshotRow:
    coverage = row.coverage
    return SnapshotRow(
        id=row.id,
        situation=row.situation,
        as_of=row.as_of,
        coverage=coverage if isinstance(coverage, str) else tuple(coverage),
        kind_hash=row.kind_hash,
        title=row.title,
        note=row.note,
        source=row.source,
        path=row.path,
        content=row.content,
        learned_at=row.learned_at,
        aside=row.aside,
        aside_at=row.aside_at,
        aside_reason=row.aside_reason,
    )
