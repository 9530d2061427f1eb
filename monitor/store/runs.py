"""Digest runs, recorded whether or not a message came of them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, select

from monitor.store import tables
from monitor.store.family import TableFamily
from monitor.store.records import Run

_table = tables.runs
_outbox = tables.outbox


class Runs(TableFamily):
    def of(self, subscription: int, *, limit: int = 50) -> tuple[Run, ...]:
        """The last runs of one subscription, newest first."""
        theirs = _query().where(_table.c.subscription_id == subscription)
        newest = theirs.order_by(_table.c.id.desc()).limit(limit)
        with self._access.read() as connection:
            rows = connection.execute(newest).all()
        return tuple(
            Run(
                subscription=row.subscription_id,
                slot=row.slot,
                at=row.at,
                outcome=row.outcome,
                message=None if row.message is None else str(row.message),
            )
            for row in rows
        )


def _query() -> Select[Any]:
    same = _outbox.c.subscription_id == _table.c.subscription_id, _outbox.c.seq == _table.c.seq
    joined = _table.outerjoin(_outbox, same[0] & same[1])
    return select(_table, _outbox.c.id.label("message")).select_from(joined)
