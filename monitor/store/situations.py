"""Situations, the kinds they were read under, and their baselines."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select, update

from monitor.errors import NotFound
from monitor.model.as_of import DATE, in_zone
from monitor.model.comparison import Json
from monitor.model.record import replace
from monitor.store import tables
from monitor.store.family import TableFamily, among_texts, chunks, insert_into
from monitor.store.records import BaselineHow, Situation, Version
from monitor.store.revisions import grown
from monitor.store.versions import Versions

_table = tables.situations


class Situations(TableFamily):
    def ensure(self, name: str, *, kind: str, title: str | None, now: datetime) -> Situation:
        """Creates or updates a situation and holds it until the transaction ends, so that two
        nodes that take in the same snapshot do it one after the other."""
        with self._access.write() as connection:
            connection.execute(
                insert_into(connection, _table)
                .values(name=name, kind=kind, title=title, baseline_how="previous", created_at=now)
                .on_conflict_do_nothing(index_elements=["name"])
            )
            locked = select(_table).where(_table.c.name == name).with_for_update()
            found = _situation(connection.execute(locked).one())
            wanted = replace(found, kind=kind, title=title or found.title)
            if wanted != found:
                changed = {"kind": wanted.kind, "title": wanted.title, **grown()}
                connection.execute(update(_table).where(_table.c.name == name).values(changed))
        return wanted

    def lock(self, name: str) -> Situation:
        """Holds a situation until the transaction ends against everybody who takes in or out.
        Raises NotFound."""
        with self._access.write() as connection:
            locked = select(_table).where(_table.c.name == name).with_for_update()
            row = connection.execute(locked).one_or_none()
        if row is None:
            raise NotFound(f"there is no situation {name!r}")
        return _situation(row)

    def hold(self, names: Sequence[str]) -> None:
        """No version of these comes in or goes until the transaction ends. Take this before any
        version or subscription is held."""
        query = select(_table.c.name).where(_table.c.name.in_(sorted(names)))
        with self._access.write() as connection:
            connection.execute(query.order_by(_table.c.name).with_for_update(read=True))

    def set_zone(self, name: str, zone: str) -> bool:
        """Writes the times of a situation in another zone; true when it was another before.

        An instant has one text in each zone, so no two rows come to have the same.
        """
        with self._access.write() as connection:
            changed = update(_table).where(_table.c.name == name, _table.c.zone != zone)
            if connection.execute(changed.values(zone=zone, **grown())).rowcount != 1:
                return False
            for table, mine in (
                (tables.snapshots, tables.snapshots.c.situation == name),
                (tables.versions, tables.versions.c.situation == name),
            ):
                times = select(table.c.as_of).where(mine, func.length(table.c.as_of) > DATE)
                for as_of in connection.execute(times.distinct()).scalars().all():
                    at = update(table).where(mine, table.c.as_of == as_of)
                    connection.execute(at.values(as_of=in_zone(as_of, zone)))
        return True

    def get(self, name: str) -> Situation:
        """Raises NotFound."""
        with self._access.read() as connection:
            row = connection.execute(select(_table).where(_table.c.name == name)).one_or_none()
        if row is None:
            raise NotFound(f"there is no situation {name!r}")
        return _situation(row)

    def all(self) -> tuple[Situation, ...]:
        with self._access.read() as connection:
            rows = connection.execute(select(_table).order_by(_table.c.name)).all()
        return tuple(_situation(row) for row in rows)

    def some(self, names: Collection[str] | None) -> tuple[Situation, ...]:
        """These, or with None all, by name."""
        if names is None:
            return self.all()
        found: list[Situation] = []
        with self._access.read() as connection:
            for few in chunks(sorted(names)):
                query = select(_table).where(among_texts(connection, _table.c.name, few))
                rows = connection.execute(query.order_by(_table.c.name))
                found += [_situation(row) for row in rows]
        return tuple(found)

    def pin_first(self, name: str, version: int) -> bool:
        """Pins a baseline where nobody has chosen one; False when a person has meanwhile."""
        free = update(_table).where(_table.c.name == name, _table.c.baseline_how == "previous")
        with self._access.write() as connection:
            pinned = {"baseline_how": "pinned", "baseline_id": version, **grown()}
            done = connection.execute(free.values(pinned))
            return bool(done.rowcount == 1)

    def set_baseline(self, name: str, how: BaselineHow, version: int | None) -> None:
        """`version` is None with `previous` only. Raises NotFound."""
        assert (version is None) == (how == "previous")
        change = update(_table).where(_table.c.name == name)
        with self._access.write() as connection:
            chosen = {"baseline_how": how, "baseline_id": version, **grown()}
            done = connection.execute(change.values(chosen))
            if done.rowcount != 1:
                raise NotFound(f"there is no situation {name!r}")

    def baseline(self, name: str) -> Version | None:
        """The version that the latest one is compared with; None when there is no such yet.

        With `previous` it is the one before the latest. Raises NotFound for the situation.
        """
        return Versions(self._access).baseline(name)

    def remember_kind(self, digest: str, name: str, schema: Mapping[str, Json]) -> None:
        """Keeps a kind as it was, by its hash; a second time is a no-op."""
        with self._access.write() as connection:
            connection.execute(
                insert_into(connection, tables.kinds)
                .values(hash=digest, name=name, schema=dict(schema))
                .on_conflict_do_nothing(index_elements=["hash"])
            )

    def kind(self, digest: str) -> tuple[str, Mapping[str, Json]]:
        """Name and schema of a kind as it was when a version was read under it. Raises NotFound."""
        table = tables.kinds
        query = select(table.c.name, table.c.schema).where(table.c.hash == digest)
        with self._access.read() as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            raise NotFound(f"no kind with the hash {digest} was ever used here")
        return row.name, row.schema


def _situation(row: Row[Any]) -> Situation:
    return Situation(
        name=row.name,
        kind=row.kind,
        title=row.title,
        baseline_how=row.baseline_how,
        baseline=row.baseline_id,
        created_at=row.created_at,
        zone=row.zone,
    )
