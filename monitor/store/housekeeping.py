"""Forgetting what is old and no longer needed. Versions and snapshots are never forgotten.

It goes in slices, each a short transaction in the order of ids, which is that of time: nobody waits
for it, nothing that stays is read through, and whoever is stopped in between goes on with what is
left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Table,
    and_,
    delete,
    exists,
    func,
    select,
    text,
    true,
)

from monitor.model.tuples import NamedTuple
from monitor.store import tables
from monitor.store.engine import Access
from monitor.store.family import TableFamily, among

_outbox = tables.outbox
_digests = tables.digests
_bodies = tables.bodies

SLICE: Final = 1000
"""Rows that one transaction looks at: some tens of milliseconds."""


class Slice(NamedTuple):
    """What one transaction has looked at and let go."""

    table: str
    gone: int


class _Kind(NamedTuple):
    """How rows of one table leave."""

    table: Table
    may_go: ColumnElement[bool]
    is_old: ColumnElement[bool]
    """Whether the row was written before; behind the first that was not, nothing is looked at."""
    first: Callable[[Connection, Sequence[int]], None] | None = None
    """Lets go of what hangs on them."""


class Housekeeping(TableFamily):
    def __init__(self, access: Access) -> None:
        super().__init__(access)

    def prune(self, *, before: datetime) -> Mapping[str, int]:
        """All slices at once: rows deleted per table."""
        gone: dict[str, int] = {}
        for one in self.slices(before=before):
            gone[one.table] = gone.get(one.table, 0) + one.gone
        return gone

    def slices(self, *, before: datetime) -> Iterator[Slice]:
        """Deletes messages that ended before, with their attempts, and then what only they used.

        A subscription's runs stay as long as they are younger. On PostgreSQL one node does it at a
        time; another one finds nothing to do.
        """
        for table, column in (
            (tables.notices, "over_at"),
            (tables.nodes, "ended_at"),
            (tables.editions, "made_at"),
        ):
            with self._access.write() as connection:
                old = delete(table).where(table.c[column] < before)
                gone = connection.execute(old).rowcount
            yield Slice(table.name, gone)
        for kind in (_messages(before), _runs(before), _unused_digests(before)):
            yield from self._walk(kind)
        yield from self._walk(_unused_bodies(self._oldest_kept(before)))

    def _walk(self, kind: _Kind) -> Iterator[Slice]:
        after = 0
        while True:
            with self._access.write() as connection:
                if not _is_ours(connection):
                    return
                rows = connection.execute(_next(kind, after)).all()
                ids = [row.id for row in rows if row.is_old and row.may_go]
                gone = _let_go(connection, kind, ids)
            yield from gone
            if len(rows) < SLICE or not rows[-1].is_old:
                return
            after = rows[-1].id

    def _oldest_kept(self, before: datetime) -> int:
        """The body of the first digest that is young: what is older belongs to nobody younger."""
        young = select(_digests.c.body_id).where(_digests.c.made_at >= before)
        with self._access.read() as connection:
            first = connection.execute(young.order_by(_digests.c.id).limit(1)).scalar()
        return first or 0


def _next(kind: _Kind, after: int) -> Any:
    number, may_go, is_old = kind.table.c.id, kind.may_go, kind.is_old
    query = select(number, may_go.label("may_go"), is_old.label("is_old"))
    return query.where(number > after).order_by(number).limit(SLICE)


def _let_go(connection: Connection, kind: _Kind, ids: Sequence[int]) -> list[Slice]:
    table = kind.table
    if not ids:
        return [Slice(table.name, 0)]
    these = among(connection, table.c.id, ids), kind.may_go
    if kind.first is not None:
        kind.first(connection, ids)
    if "body_id" not in table.c:
        return [Slice(table.name, connection.execute(delete(table).where(*these)).rowcount)]
    used = connection.execute(select(table.c.body_id).distinct().where(*these)).scalars().all()
    gone = connection.execute(delete(table).where(*these)).rowcount
    unused = delete(_bodies).where(among(connection, _bodies.c.id, used), _is_unused(_bodies))
    return [Slice(table.name, gone), Slice("bodies", connection.execute(unused).rowcount)]


def _messages(before: datetime) -> _Kind:
    over = and_(_outbox.c.ended_at.is_not(None), _outbox.c.ended_at < before)
    return _Kind(_outbox, over, _outbox.c.created_at < before, _forget_attempts)


def _forget_attempts(connection: Connection, ids: Sequence[int]) -> None:
    """In one statement, where the foreign key would do it message by message."""
    attempts = tables.deliveries
    connection.execute(delete(attempts).where(among(connection, attempts.c.message_id, ids)))


def _runs(before: datetime) -> _Kind:
    old = tables.runs.c.at < before
    return _Kind(tables.runs, true(), old)


def _unused_digests(before: datetime) -> _Kind:
    return _Kind(_digests, _is_unused(_digests), _digests.c.made_at < before)


def _unused_bodies(below: int) -> _Kind:
    return _Kind(_bodies, _is_unused(_bodies), _bodies.c.id < below)


def _is_unused(table: Table) -> ColumnElement[bool]:
    """Whether no row of any table names it."""
    return and_(*(~exists().where(column == table.c.id) for column in _naming(table)))


def _naming(table: Table) -> Iterator[Column[Any]]:
    for other in tables.metadata.sorted_tables:
        for key in other.foreign_keys:
            if key.column is table.c.id:
                yield key.parent


def _is_ours(connection: Connection) -> bool:
    if connection.dialect.name == "sqlite":
        return True
    lock = func.pg_try_advisory_xact_lock(func.hashtext(text("'monitor.tidy'")))
    return bool(connection.execute(select(lock)).scalar())
