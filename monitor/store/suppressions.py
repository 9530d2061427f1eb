"""Addresses that get no mail, and who decided so."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, exists, insert, or_, select, update

from monitor.errors import NotFound
from monitor.store import tables
from monitor.store.family import TableFamily, insert_into
from monitor.store.reader_changes import changed
from monitor.store.records import Suppression, SuppressionEvent

ALL = "all"
"""The scope that covers every subscription of an address."""

_table = tables.suppressions
_events = tables.suppression_events
_readers = tables.subscriptions


class Suppressions(TableFamily):
    """Addresses are compared as stored: domain as A-label in lower case, local part as given."""

    def add(self, address: str, *, scope: str = ALL, reason: str, by: str, now: datetime) -> None:
        """Suppresses an address, for all subscriptions or one name; a repeat is a no-op."""
        with self._access.write() as connection:
            suppress(connection, address, scope=scope, reason=reason, by=by, now=now)

    def lift(self, address: str, *, scope: str = ALL, reason: str, by: str, now: datetime) -> None:
        """Lets mail through again; what was suppressed goes on from its pointers.

        Raises NotFound.
        """
        with self._access.write() as connection:
            row = delete(_table).where(_table.c.address == address, _table.c.scope == scope)
            if connection.execute(row).rowcount != 1:
                raise NotFound(f"{address} is not suppressed ({scope})")
            _record(connection, address, scope, "lifted", reason, by, now)
            free = update(_readers).where(
                _readers.c.address == address, _readers.c.state == "suppressed", ~suppressed()
            )
            values = {"state": "active", "state_reason": None, "state_at": now, "due_at": None}
            connection.execute(free.values(values | changed()))

    def covers(self, address: str, scope: str = ALL) -> bool:
        """Whether a message of this subscription name would be refused."""
        with self._access.read() as connection:
            return is_suppressed(connection, address, scope)

    def all(self) -> tuple[Suppression, ...]:
        query = select(_table).order_by(_table.c.address, _table.c.scope)
        with self._access.read() as connection:
            return tuple(Suppression(**row._mapping) for row in connection.execute(query))

    def audit(self) -> tuple[SuppressionEvent, ...]:
        """Every decision, oldest first."""
        columns = [column for column in _events.c if column.name != "id"]
        query = select(*columns).order_by(_events.c.id)
        with self._access.read() as connection:
            return tuple(SuppressionEvent(**row._mapping) for row in connection.execute(query))


def suppress(
    connection: Connection, address: str, *, scope: str, reason: str, by: str, now: datetime
) -> None:
    """Suppresses an address and stops its active subscriptions, with an entry in the audit."""
    added = connection.execute(
        insert_into(connection, _table)
        .values(address=address, scope=scope, reason=reason, source=by, at=now)
        .on_conflict_do_nothing(index_elements=["address", "scope"])
        .returning(_table.c.address)
    )
    if added.first() is None:
        return
    _record(connection, address, scope, "suppressed", reason, by, now)
    stopped = update(_readers).where(_readers.c.address == address, _readers.c.state == "active")
    if scope != ALL:
        stopped = stopped.where(_readers.c.name == scope)
    values = {"state": "suppressed", "state_reason": reason, "state_at": now}
    connection.execute(stopped.values(values))


def suppressed() -> ColumnElement[bool]:
    """Whether the subscription in the enclosing query is covered by a suppression."""
    scope = or_(_table.c.scope == ALL, _table.c.scope == _readers.c.name)
    return exists().where(_table.c.address == _readers.c.address, scope)


def is_suppressed(connection: Connection, address: str, name: str) -> bool:
    covering = _table.c.address == address, _table.c.scope.in_((ALL, name))
    return connection.execute(select(_table.c.scope).where(*covering).limit(1)).first() is not None


def _record(connection: Connection, *row: Any) -> None:
    names = ("address", "scope", "action", "reason", "by", "at")
    connection.execute(insert(_events).values(dict(zip(names, row, strict=True))))
