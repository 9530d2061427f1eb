"""Where snapshots come from, and what each source gave under each path."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from monitor.store import tables
from monitor.store.family import Family, insert_into
from monitor.store.records import SeenFile, SourceRow

_table = tables.sources
_files = tables.files


class Sources(Family):
    def checked(
        self, name: str, *, now: datetime, trouble: str | None = None, newest: str | None = None
    ) -> None:
        """Records a look at a source. `newest`, when given, is the as_of that it gave last."""
        values = {"checked_at": now, "trouble": trouble}
        if trouble is None:
            values["ok_at"] = now
        if newest is not None:
            values["newest"] = newest
        with self._access.write() as connection:
            connection.execute(
                insert_into(connection, _table)
                .values(name=name, **values)
                .on_conflict_do_update(index_elements=["name"], set_=values)
            )

    def all(self) -> tuple[SourceRow, ...]:
        with self._access.read() as connection:
            rows = connection.execute(select(_table).order_by(_table.c.name)).all()
        return tuple(SourceRow(**row._mapping) for row in rows)

    def files(self, source: str) -> dict[str, SeenFile]:
        """What was seen under each path when it was last read."""
        query = select(_files).where(_files.c.source == source).order_by(_files.c.path)
        with self._access.read() as connection:
            rows = connection.execute(query).all()
        return {
            row.path: SeenFile(
                source=row.source,
                path=row.path,
                digest=row.digest,
                refused=row.refused,
                snapshot=row.snapshot_id,
                seen_at=row.seen_at,
            )
            for row in rows
        }

    def saw(
        self,
        source: str,
        path: str,
        digest: str,
        *,
        now: datetime,
        refused: str | None = None,
        snapshot: int | None = None,
    ) -> None:
        """Remembers (path, hash of bytes), and the error line when it was refused."""
        values = {"digest": digest, "refused": refused, "snapshot_id": snapshot, "seen_at": now}
        with self._access.write() as connection:
            connection.execute(
                insert_into(connection, _files)
                .values(source=source, path=path, **values)
                .on_conflict_do_update(index_elements=["source", "path"], set_=values)
            )
