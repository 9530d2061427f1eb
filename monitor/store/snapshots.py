"""What was said: each snapshot's bytes and content, as they came."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, insert, not_, select, update

from monitor.errors import NotFound
from monitor.model.as_of import order
from monitor.model.comparison import Weight
from monitor.model.weights import weights_as_json, weights_from_json
from monitor.store import tables
from monitor.store.family import TableFamily, chunks
from monitor.store.records import Aside, NewSnapshot, SnapshotRow

_table = tables.snapshots
_made = select(tables.versions.c.id).where(tables.versions.c.snapshot_id == _table.c.id)
_mute = and_(_table.c.aside.is_(None), not_(_made.exists()))
_light = [column for column in _table.c if column.name != "data"]


class Snapshots(TableFamily):
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
                source=snapshot.source,
                path=snapshot.path,
                data=snapshot.data,
                content=snapshot.content,
                learned_at=snapshot.learned_at,
                weigh=weights_as_json(snapshot.weigh) or None,
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

    def weights(self, situation: str) -> tuple[tuple[str, tuple[Weight, ...]], ...]:
        """By as_of: what the snapshot that was read last and counts says of its changes' weight."""
        silent = select(tables.versions.c.id).where(
            tables.versions.c.snapshot_id == _table.c.id, tables.versions.c.state != "current"
        )
        mine = _table.c.situation == situation
        some = select(_table.c.as_of).where(mine, _table.c.weigh.is_not(None)).distinct()
        with self._access.read() as connection:
            days = connection.execute(some).scalars().all()
            said = select(_table.c.as_of, _table.c.weigh).where(
                mine, _table.c.as_of.in_(days), _table.c.aside.is_(None), not_(silent.exists())
            )
            rows = connection.execute(said.order_by(_table.c.id)).all() if days else []
        newest = {row.as_of: weights_from_json(row.weigh) for row in rows}
        return tuple((as_of, weights) for as_of, weights in sorted(newest.items()) if weights)

    def withdrawn(self, situation: str) -> tuple[SnapshotRow, ...]:
        """Those that a person took out, ascending."""
        return self._set_aside(situation, "withdrawn")

    def stranded(self, situation: str) -> tuple[SnapshotRow, ...]:
        """Partials that cannot be laid over anything now, ascending."""
        return self._set_aside(situation, "stranded")

    def _set_aside(self, situation: str, how: Aside) -> tuple[SnapshotRow, ...]:
        its = select(*_light).where(_table.c.situation == situation, _table.c.aside == how)
        with self._access.read() as connection:
            rows = connection.execute(its).all()
        ordered = sorted(rows, key=lambda row: (order(row.as_of), row.id))
        return tuple(_snapshot(row) for row in ordered)

    def seen_again(self, situation: str) -> tuple[tuple[int, str], ...]:
        """Ids and as_ofs of what counts and made no version, because it said nothing new."""
        said = select(_table.c.id, _table.c.as_of).where(_table.c.situation == situation, _mute)
        with self._access.read() as connection:
            return tuple((row.id, row.as_of) for row in connection.execute(said))

    def forget_gone(self, numbers: Collection[int], now: datetime) -> tuple[SnapshotRow, ...]:
        """Those of them that said nothing new count no more, now that their files are gone."""
        aside = update(_table).values(aside="gone", aside_at=now)
        found: list[int] = []
        with self._access.write() as connection:
            for some in chunks(sorted(numbers)):
                gone = aside.where(_table.c.id.in_(some), _mute).returning(_table.c.id)
                found += connection.execute(gone).scalars().all()
        return tuple(self.get(number) for number in found)

    def full(self, situation: str) -> tuple[tuple[int, str], ...]:
        """Ids and as_ofs of the snapshots that speak for everything."""
        query = select(_table.c.id, _table.c.as_of, _table.c.coverage)
        with self._access.read() as connection:
            rows = connection.execute(query.where(_table.c.situation == situation)).all()
        return tuple((row.id, row.as_of) for row in rows if row.coverage == "full")

    def set_aside(self, number: int, how: Aside, reason: str | None, now: datetime) -> None:
        """It counts no more. What was set aside before stays as it is."""
        aside = update(_table).where(_table.c.id == number, _table.c.aside.is_(None))
        with self._access.write() as connection:
            connection.execute(aside.values(aside=how, aside_at=now, aside_reason=reason))

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
        source=row.source,
        path=row.path,
        content=row.content,
        learned_at=row.learned_at,
        weigh=weights_from_json(row.weigh),
        aside=row.aside,
        aside_at=row.aside_at,
        aside_reason=row.aside_reason,
    )
