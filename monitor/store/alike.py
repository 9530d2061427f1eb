"""Due readers, sorted by all that decides what they are told: alike are told alike.

Rows are read lean, without making a value of each reader: a hundred thousand may be due at once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Connection, Row, case, false, or_, select, true

from monitor.model.tuples import NamedTuple
from monitor.store import tables
from monitor.store.family import among
from monitor.store.records import Key, Reader
from monitor.store.spec import without_situations
from monitor.store.still import Standing, Stands, Still
from monitor.store.suppressions import suppressed

_table = tables.subscriptions
_pointers = tables.pointers
_mutes = tables.mutes
_alerts = tables.alerts

_Theirs: TypeAlias = Mapping[int, Sequence[tuple[Any, ...]]]
"""Rows of another table, by reader."""


def is_due(by: datetime) -> tuple[ColumnElement[bool], ...]:
    """Active, not left alone for now, and due; or never reckoned, or last run by a clock that was
    wrong."""
    whys = _table.c.due_at.is_(None), _table.c.due_at <= by, _table.c.last_run > by
    # As a value and not as a condition: by its indexes all who are due would be found, and each be
    # looked for among those who are asked for.
    return _table.c.state == "active", has_rested(by), case((or_(*whys), true()), else_=false())


def has_rested(by: datetime) -> ColumnElement[bool]:
    """Not left alone any more, after messages that died."""
    return or_(_table.c.paused_until.is_(None), _table.c.paused_until <= by)


@dataclass(slots=True)
class Sorted:
    alike: defaultdict[Key, list[Reader]] = field(default_factory=lambda: defaultdict(list))
    unread: list[int] = field(default_factory=list)
    """Who perhaps stands still, at versions that are `Still.unread`."""


def sorted_readers(
    connection: Connection,
    numbers: Sequence[int],
    by: datetime,
    copied: datetime | None,
    still: Still,
) -> Sorted:
    """Those of the numbers that are due, and may be written to. They stay as they are until the
    transaction ends, and whom somebody else is just changing is left out."""
    rows = connection.execute(_query(connection, numbers, by, copied)).all()
    keys = _Keys(by, copied, still, _Rows(connection, rows))
    still.learn(connection, {told for each in keys.rows.pointers.values() for _, told, _ in each})
    found = Sorted()
    for row in rows:
        key = keys.of(tuple(row))
        if key is None:
            found.unread.append(row[0])
        else:
            found.alike[key].append(Reader(row[0], row[1], row[2]))
    return found


def _query(
    connection: Connection, numbers: Sequence[int], by: datetime, copied: datetime | None
) -> Any:
    # Of most nobody asks when they were created, and a time costs as much as the rest of a row.
    begins = or_(_table.c.last_run.is_(None), _table.c.last_run > by)
    created = _table.c.created_at if copied is not None else case((begins, _table.c.created_at))
    names = ("id", "address", "name", "spec", "last_run")
    # Most have none of these, and then they are not asked for.
    has = (
        select(1).where(table.c.subscription_id == _table.c.id).exists()
        for table in (_mutes, _alerts)
    )
    query = (
        select(*(_table.c[name] for name in names), created, _table.c.undelivered_since, *has)
        .where(among(connection, _table.c.id, numbers), *is_due(by), ~suppressed())
        .order_by(_table.c.id)
    )
    return query.with_for_update(key_share=True, skip_locked=True, of=_table)


class _Rows:
    """The rows of other tables, by reader."""

    def __init__(self, connection: Connection, rows: Sequence[Row[Any]]) -> None:
        self._connection = connection
        every = [row[0] for row in rows]
        self.pointers = self._of(every, _pointers, "situation", "told", "alerted")
        muted, alerted = ([row[0] for row in rows if row[place]] for place in (-2, -1))
        self.mutes = self._of(muted, _mutes, "id", "what", "reason", "until")
        told = ("at", "finding", "situation", "old_id", "new_id", "sentence")
        self.alerts = self._of(alerted, _alerts, *told, by=2)

    def _of(self, ids: Sequence[int], table: Any, *names: str, by: int = 1) -> _Theirs:
        """In the order of the first names."""
        if not ids:
            return {}
        reader = table.c.subscription_id
        query = select(reader, *(table.c[name] for name in names))
        query = query.where(among(self._connection, reader, ids))
        query = query.order_by(reader, *(table.c[name] for name in names[:by]))
        found: dict[int, list[tuple[Any, ...]]] = {}
        for number, *row in self._connection.execute(query):
            found.setdefault(number, []).append(tuple(row))
        return found


class _Keys(NamedTuple):
    """What decides the key of a reader beside her own row."""

    by: datetime
    copied: datetime | None
    still: Still
    rows: _Rows

    def of(self, row: Sequence[Any]) -> Key | None:
        """None for who perhaps stands still: it is to be read first."""
        number, _, _, spec, last_run, created, undelivered, *_ = row
        begins = last_run is None or last_run > self.by
        since = created.replace(second=0, microsecond=0) if begins else None
        pointers = tuple(self.rows.pointers.get(number, ()))
        stands = self._stands(number, pointers, created if last_run is None else last_run)
        rest = without_situations(spec) if stands is not Stands.MOVES else None
        if rest is not None and not rest[1].receipts:
            if stands is Stands.UNREAD:
                return None
            return Key(rest[0], last_run, since, False, None, (), (), (), is_still=True)
        return Key(
            spec,
            last_run,
            since,
            self.copied is not None and created <= self.copied,
            undelivered,
            pointers,
            tuple(self.rows.mutes.get(number, ())),
            tuple(self.rows.alerts.get(number, ())),
        )

    def _stands(self, number: int, pointers: Standing, since: datetime) -> Stands:
        if number in self.rows.alerts:
            return Stands.MOVES
        return self.still.of(pointers, since, self.by)
