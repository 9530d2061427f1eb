"""Where snapshots come from, and what each source gave under each path."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select, update

from monitor.store import tables
from monitor.store.family import TableFamily, chunks, insert_into
from monitor.store.records import Given, SeenFile, SourceRow

REFUSED_FILES = tables.knowledge.REFUSED

_table = tables.sources
_files = tables.files
_meta = tables.meta
_snapshots = tables.snapshots
_versions = tables.versions

USUAL = "files of source "
IGNORED = "not read of source "
MEMORY = "memory of source "
REFUSED = "refused of source "
TURN = "turn to ask source "
"""Begin the names of facts that are kept of a source; its name follows."""


class Sources(TableFamily):
    def checked(
        self, name: str, *, now: datetime, trouble: str | None = None, newest: str | None = None
    ) -> None:
        """Records a look at a source. `newest`, when given, is the as_of that it gave last."""
        values = {"checked_at": now, "trouble": trouble}
        if newest is not None:
            values["newest"] = newest
        with self._access.write() as connection:
            connection.execute(
                insert_into(connection, _table)
                .values(name=name, **values)
                .on_conflict_do_update(index_elements=["name"], set_=values)
            )

    def usual(self, name: str) -> int | None:
        """How many files the source was last known to have; None before that was noted."""
        noted = self._noted(f"{USUAL}{name}")
        return int(noted) if noted else None

    def note_usual(self, name: str, count: int) -> None:
        self._note(f"{USUAL}{name}", str(count))

    def ignored(self, name: str) -> str:
        """Which of its files are passed over, in a line; empty when there are none."""
        return self._noted(f"{IGNORED}{name}") or ""

    def note_ignored(self, name: str, line: str) -> None:
        self._note(f"{IGNORED}{name}", line)

    def memory(self, name: str) -> str | None:
        """What the source asked to be remembered at the last look whose items were all handled."""
        return self._noted(f"{MEMORY}{name}")

    def note_memory(self, name: str, memory: str) -> None:
        self._note(f"{MEMORY}{name}", memory)

    def turn(self, name: str) -> str | None:
        """What was written of whose turn it is to ask a source that several nodes could ask."""
        return self._noted(f"{TURN}{name}")

    def take_turn(self, name: str, turn: str, *, instead_of: str | None) -> bool:
        """Write whose turn it is; False where somebody else was quicker. `instead_of` is what was
        written before."""
        row = f"{TURN}{name}"
        with self._access.write() as connection:
            if instead_of is None:
                insert = insert_into(connection, _meta).values(name=row, value=turn)
                done = insert.on_conflict_do_nothing().returning(_meta.c.name)
                return connection.execute(done).first() is not None
            before = update(_meta).where(_meta.c.name == row, _meta.c.value == instead_of)
            return connection.execute(before.values(value=turn)).rowcount == 1

    def given(self) -> dict[str, Given]:
        """What each source has given, by its name."""
        current, held = (
            func.count(_versions.c.id).filter(_versions.c.state == state)
            for state in ("current", "held")
        )
        newest = func.max(_versions.c.as_of).filter(_versions.c.state == "current")
        query = (
            select(_snapshots.c.source, current, held, newest)
            .join(_versions, _versions.c.snapshot_id == _snapshots.c.id)
            .where(_snapshots.c.source.is_not(None))
            .group_by(_snapshots.c.source)
        )
        with self._access.read() as connection:
            rows = connection.execute(query).all()
        return {
            name: Given(versions=versions, held=waiting, newest=last)
            for name, versions, waiting, last in rows
        }

    def giving(self, situation: str) -> frozenset[str]:
        """Names of the sources that have given any of its snapshots."""
        query = select(_snapshots.c.source).distinct().where(_snapshots.c.situation == situation)
        with self._access.read() as connection:
            return frozenset(filter(None, connection.execute(query).scalars()))

    def refused_at(self, name: str) -> dict[str, frozenset[str]]:
        """Items by machine that it has refused or is about to judge."""
        begin = f"{REFUSED}{name} at "
        query = select(_meta).where(_meta.c.name.startswith(begin, autoescape=True))
        with self._access.read() as connection:
            rows = connection.execute(query).all()
        return {row.name.removeprefix(begin): frozenset(json.loads(row.value)) for row in rows}

    def note_refused_at(self, name: str, host: str, items: Iterable[str]) -> None:
        self._note(f"{REFUSED}{name} at {host}", json.dumps(sorted(items)))

    def all(self) -> tuple[SourceRow, ...]:
        with self._access.read() as connection:
            rows = connection.execute(select(_table).order_by(_table.c.name)).all()
        return tuple(SourceRow(**row._mapping) for row in rows)

    def files(self, source: str) -> dict[str, SeenFile]:
        """What was seen under each path when it was last read."""
        query = select(_files).where(_files.c.source == source).order_by(_files.c.path)
        with self._access.read() as connection:
            rows = connection.execute(query).all()
        return {row.path: _seen(row) for row in rows}

    def refused(self) -> tuple[SeenFile, ...]:
        """What is refused now, of all sources."""
        with self._access.read() as connection:
            rows = connection.execute(select(_files).where(REFUSED_FILES)).all()
        return tuple(_seen(row) for row in sorted(rows, key=lambda row: (row.source, row.path)))

    def file(self, source: str, path: str) -> SeenFile | None:
        """What was seen under one path."""
        query = select(_files).where(_files.c.source == source, _files.c.path == path)
        with self._access.read() as connection:
            row = connection.execute(query).one_or_none()
        return None if row is None else _seen(row)

    def taken(self, source: str, digests: Mapping[str, str]) -> frozenset[str]:
        """Those of these paths whose bytes, by their hash, have been taken in."""
        found: set[str] = set()
        query = select(_files.c.path, _files.c.digest).where(
            _files.c.source == source, _files.c.snapshot_id.is_not(None)
        )
        with self._access.read() as connection:
            for some in chunks(list(digests)):
                rows = connection.execute(query.where(_files.c.path.in_(some)))
                found.update(row.path for row in rows if digests[row.path] == row.digest)
        return frozenset(found)

    def saw(
        self,
        source: str,
        path: str,
        digest: str,
        *,
        refused: str | None = None,
        snapshot: int | None = None,
    ) -> None:
        """Remembers (path, hash of bytes), and the error line when it was refused."""
        values = {"digest": digest, "refused": refused, "snapshot_id": snapshot}
        with self._access.write() as connection:
            connection.execute(
                insert_into(connection, _files)
                .values(source=source, path=path, **values)
                .on_conflict_do_update(index_elements=["source", "path"], set_=values)
            )

    def _noted(self, name: str) -> str | None:
        query = select(_meta.c.value).where(_meta.c.name == name)
        with self._access.read() as connection:
            value: str | None = connection.execute(query).scalar_one_or_none()
        return value

    def _note(self, name: str, value: str) -> None:
        with self._access.write() as connection:
            connection.execute(
                insert_into(connection, _meta)
                .values(name=name, value=value)
                .on_conflict_do_update(index_elements=["name"], set_={"value": value})
            )


def _seen(row: Row[Any]) -> SeenFile:
    return SeenFile(
        source=row.source,
        path=row.path,
        digest=row.digest,
        refused=row.refused,
        snapshot=row.snapshot_id,
    )
