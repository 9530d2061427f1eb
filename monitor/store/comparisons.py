"""Each version's comparison with the baseline, stored when the version came in."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update

from monitor.model.comparison import Json
from monitor.store import tables
from monitor.store.family import Family, insert_into
from monitor.store.records import BaselineHow

_table = tables.comparisons


class Comparisons(Family):
    def add(
        self,
        version: int,
        baseline: int | None,
        how: BaselineHow,
        document: Json,
        *,
        now: datetime,
    ) -> None:
        """Records what was said, or with no baseline that there was nothing to compare with.

        From then on the version no longer owes its comparison. A repeat is a no-op.
        """
        with self._access.write() as connection:
            if baseline is not None:
                connection.execute(
                    insert_into(connection, _table)
                    .values(
                        version_id=version,
                        baseline_id=baseline,
                        how=how,
                        document=document,
                        made_at=now,
                    )
                    .on_conflict_do_nothing(index_elements=["version_id", "baseline_id"])
                )
            owed = update(tables.versions).where(tables.versions.c.id == version)
            connection.execute(owed.values(compared_at=now))

    def of(self, version: int) -> Json | None:
        """The newest recorded comparison of a version with its baseline; None without one."""
        query = select(_table.c.document).where(_table.c.version_id == version)
        with self._access.read() as connection:
            return connection.execute(query.order_by(_table.c.id.desc()).limit(1)).scalar()
