"""A person's word on which entities are the same; dated, and reversible."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import insert, select, update

from monitor.errors import NotFound
from monitor.model.comparison import Json
from monitor.store import tables
from monitor.store.family import TableFamily
from monitor.store.records import StoredJudgement
from monitor.store.revisions import grow

_table = tables.judgements


class Judgements(TableFamily):
    def add(
        self,
        *,
        situation: str,
        collection: str,
        verdict: str,
        left: Json,
        right: Json,
        reason: str,
        by: str,
        now: datetime,
    ) -> StoredJudgement:
        """`verdict` is `same-as` or `not-same`; `left` and `right` are keys of entities."""
        values = {
            "situation": situation,
            "collection": collection,
            "verdict": verdict,
            "left": left,
            "right": right,
            "reason": reason,
            "by": by,
            "at": now,
        }
        with self._access.write() as connection:
            grow(connection, situation)
            row = connection.execute(insert(_table).values(values).returning(_table)).one()
        return StoredJudgement(**row._mapping)

    def of(self, situation: str, *, revoked: bool = False) -> tuple[StoredJudgement, ...]:
        """In the order they were made; `revoked` includes those taken back."""
        query = select(_table).where(_table.c.situation == situation).order_by(_table.c.id)
        if not revoked:
            query = query.where(_table.c.revoked_at.is_(None))
        with self._access.read() as connection:
            return tuple(StoredJudgement(**row._mapping) for row in connection.execute(query))

    def revoke(self, number: int, *, now: datetime) -> None:
        """Raises NotFound when there is no such judgement in force."""
        standing = update(_table).where(_table.c.id == number, _table.c.revoked_at.is_(None))
        with self._access.write() as connection:
            done = connection.execute(standing.values(revoked_at=now).returning(_table.c.situation))
            situation = done.scalar_one_or_none()
            if situation is None:
                raise NotFound(f"there is no judgement {number} in force")
            grow(connection, situation)
