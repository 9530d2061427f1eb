"""Forgetting what is old and no longer needed. Versions and snapshots are never forgotten."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Table, delete, select

from monitor.store import tables
from monitor.store.family import TableFamily

_outbox = tables.outbox
_digests = tables.digests
_bodies = tables.bodies


class Housekeeping(TableFamily):
    def prune(self, *, before: datetime) -> Mapping[str, int]:
        """Deletes messages that ended before, with their attempts, and then what only they used.

        Rows deleted per table. A subscription's runs stay as long as they are younger.
        """
        over = _outbox.c.ended_at < before
        with self._access.write() as connection:
            return {
                "outbox": _delete(connection, _outbox, over),
                "runs": _delete(connection, tables.runs, tables.runs.c.at < before),
                "notices": _delete(connection, tables.notices, tables.notices.c.over_at < before),
                "nodes": _delete(connection, tables.nodes, tables.nodes.c.ended_at < before),
                "digests": _delete(connection, _digests, _unused_digests(before)),
                "bodies": _delete(connection, _bodies, _unused_bodies()),
            }


def _delete(connection: Connection, table: Table, where: ColumnElement[bool]) -> int:
    return connection.execute(delete(table).where(where)).rowcount


def _unused_digests(before: datetime) -> ColumnElement[bool]:
    used = select(_outbox.c.digest_id).where(_outbox.c.digest_id.is_not(None))
    return (_digests.c.made_at < before) & _digests.c.id.not_in(used)


def _unused_bodies() -> ColumnElement[bool]:
    by_messages = select(_outbox.c.body_id)
    by_digests = select(_digests.c.body_id)
    return _bodies.c.id.not_in(by_messages) & _bodies.c.id.not_in(by_digests)
