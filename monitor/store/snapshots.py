"""What was said: each snapshot's bytes and content, as they came."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, insert, not_, select, update

from monitor.errors import NotFound
from monitor.model.as_of import DATE, order
from monitor.model.authorship import Authorship, authorship_as_json, authorship_from_json
from monitor.model.comparison import Document, Weight
from monitor.model.weights import weights_as_json, weights_from_json
from monitor.store import tables
from monitor.store.blobs import hash_of, keep, keep_document, read, read_document
from monitor.store.days import Days
from monitor.store.family import TableFamily, chunks
from monitor.store.records import Aside, NewSnapshot, SnapshotRow
from monitor.store.revisions import grow, grow_of_snapshots

_table = tables.snapshots
_made = select(tables.versions.c.id).where(tables.versions.c.snapshot_id == _table.c.id)
_mute = and_(_table.c.aside.is_(None), not_(_made.exists()))
_counts = _table.c.aside.is_(None) | (_table.c.aside == "stranded")


class Snapshots(TableFamily):
    def add(self, snapshot: NewSnapshot) -> SnapshotRow:
        """Stores a snapshot. Its situation and kind must be known."""
        coverage = snapshot.coverage
        with self._access.write() as connection:
            grow(connection, snapshot.situation)
            data, content = _beside(connection, snapshot)
            row = insert(_table).values(
                situation=snapshot.situation,
                as_of=snapshot.as_of,
                coverage=coverage if isinstance(coverage, str) else list(coverage),
                kind_hash=snapshot.kind_hash,
                title=snapshot.title,
                source=snapshot.source,
                path=snapshot.path,
                data_id=keep(connection, snapshot.data, after=data),
                content_id=keep_document(connection, snapshot.content, after=content),
                learned_at=snapshot.learned_at,
                authorship=authorship_as_json(snapshot.authorship),
                weigh=weights_as_json(snapshot.weigh) or None,
            )
            return _snapshot(connection.execute(row.returning(*_table.c)).one())

    def get(self, number: int) -> SnapshotRow:
        """Raises NotFound."""
        with self._access.read() as connection:
            query = select(_table).where(_table.c.id == number)
            row = connection.execute(query).one_or_none()
        if row is None:
            raise NotFound(f"there is no snapshot {number}")
        return _snapshot(row)

    def content(self, number: int) -> Document:
        """What it says, as written, without the envelope. Raises NotFound, and RowDamaged."""
        with self._access.read() as connection:
            return read_document(connection, self._blob(connection, _table.c.content_id, number))

    def data(self, number: int) -> bytes:
        """The bytes as they were read. Raises NotFound, and RowDamaged."""
        with self._access.read() as connection:
            return read(connection, self._blob(connection, _table.c.data_id, number))

    def _blob(self, connection: Connection, column: ColumnElement[Any], number: int) -> int:
        found = connection.execute(select(column).where(_table.c.id == number)).scalar()
        if found is None:
            raise NotFound(f"there is no snapshot {number}")
        return int(found)

    def of(self, situation: str) -> tuple[SnapshotRow, ...]:
        """All snapshots of a situation, ascending by as_of and by when we learned them."""
        return self._found(_table.c.situation == situation)

    def at(self, situation: str, as_of: str) -> tuple[SnapshotRow, ...]:
        """Those of one moment, in the order learned."""
        return self._found(_table.c.situation == situation, _table.c.as_of == as_of)

    def on(self, situation: str, days: Days) -> tuple[SnapshotRow, ...]:
        """Those of some days, ascending."""
        return self._found(_table.c.situation == situation, days.hold(_table.c.as_of))

    def days(self, situation: str, *, before: str = "", after: str = "", most: int) -> Days | None:
        """The nearest days `before` or `after` a day (`YYYY-MM-DD`) that hold `most` snapshots, or
        all that are left; None where there is none."""
        mine = select(_table.c.as_of).where(_table.c.situation == situation)
        if before:
            near = mine.where(_table.c.as_of < before).order_by(_table.c.as_of.desc())
        else:
            near = mine.where(_table.c.as_of >= Days(after, after).end).order_by(_table.c.as_of)
        with self._access.read() as connection:
            found = connection.execute(near.limit(most)).scalars().all()
        ends = sorted((found[0][:DATE], found[-1][:DATE])) if found else []
        return Days(*ends) if ends else None

    def title(self, situation: str, as_of: str) -> str | None:
        """What the situation was called then: the title that was said last, which many snapshots
        leave out."""
        end = Days(as_of[:DATE], as_of[:DATE]).end
        while (day := self._titled_before(situation, end)) is not None:
            said = [row for row in self.on(situation, Days(day, day)) if row.title]
            said = [row for row in said if row.aside in (None, "stranded")]
            told = [row.title for row in said if order(row.as_of) <= order(as_of)]
            if told:
                return told[-1]
            end = day
        return None

    def _titled_before(self, situation: str, end: str) -> str | None:
        """The last day before `end` on which a title was said that counts."""
        titled = _table.c.title.is_not(None), _counts, _table.c.as_of < end
        query = select(_table.c.as_of).where(_table.c.situation == situation, *titled)
        with self._access.read() as connection:
            last = connection.execute(query.order_by(_table.c.as_of.desc()).limit(1)).scalar()
        return None if last is None else last[:DATE]

    def last_of_paths(self, situation: str, as_of: str) -> frozenset[str]:
        """The paths that last spoke for this moment."""
        later = _table.alias()
        since = select(later.c.id).where(
            later.c.situation == situation, later.c.path == _table.c.path, later.c.id > _table.c.id
        )
        mine = _table.c.situation == situation, _table.c.as_of == as_of
        query = select(_table.c.path).where(*mine, _table.c.path.is_not(None), not_(since.exists()))
        with self._access.read() as connection:
            return frozenset(connection.execute(query).scalars())

    def withdrawn_before(self, situation: str, as_of: str, data: bytes) -> int | None:
        """The id of what said the same byte for byte of this moment, and was taken out."""
        same = select(tables.blobs.c.id).where(tables.blobs.c.hash == hash_of(data))
        query = select(_table.c.id).where(
            _table.c.situation == situation,
            _table.c.as_of == as_of,
            _table.c.aside == "withdrawn",
            _table.c.data_id == same.scalar_subquery(),
        )
        with self._access.read() as connection:
            number: int | None = connection.execute(query.order_by(_table.c.id)).scalars().first()
        return number

    def _found(self, *where: ColumnElement[bool]) -> tuple[SnapshotRow, ...]:
        with self._access.read() as connection:
            rows = connection.execute(select(_table).where(*where)).all()
        ordered = sorted(rows, key=lambda row: (order(row.as_of), row.id))
        return tuple(_snapshot(row) for row in ordered)

    def authors(self, situation: str) -> dict[int, Authorship]:
        """Who published what a source gave, by the id of the snapshot; where that is known."""
        query = select(_table.c.id, _table.c.authorship).where(
            _table.c.situation == situation, _table.c.authorship.is_not(None)
        )
        with self._access.read() as connection:
            rows = connection.execute(query).all()
        found = ((row.id, authorship_from_json(row.authorship)) for row in rows)
        return {number: known for number, known in found if known is not None}

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
        return self._found(_table.c.situation == situation, _table.c.aside == "withdrawn")

    def stranded(self, situation: str) -> tuple[SnapshotRow, ...]:
        """Partials that cannot be laid over anything now, ascending."""
        return self._found(_table.c.situation == situation, _table.c.aside == "stranded")

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
                grow_of_snapshots(connection, some)
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
            grow_of_snapshots(connection, [number])
            connection.execute(aside.values(aside=how, aside_at=now, aside_reason=reason))


def _beside(connection: Connection, new: NewSnapshot) -> tuple[int | None, int | None]:
    """The blobs of the snapshot before it, else of the one after it, which are much the same."""
    query = select(_table.c.data_id, _table.c.content_id).where(_table.c.situation == new.situation)
    before = query.where(_table.c.as_of <= new.as_of).order_by(_table.c.as_of.desc())
    after = query.where(_table.c.as_of > new.as_of).order_by(_table.c.as_of)
    for near in (before, after):
        row = connection.execute(near.limit(1)).one_or_none()
        if row is not None:
            return row.data_id, row.content_id
    return None, None


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
        learned_at=row.learned_at,
        authorship=authorship_from_json(row.authorship),
        weigh=weights_from_json(row.weigh),
        aside=row.aside,
        aside_at=row.aside_at,
        aside_reason=row.aside_reason,
    )
