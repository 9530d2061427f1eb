"""What each person has seen: all of a situation up to a version, and single changes after it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, select

from monitor.store import tables
from monitor.store.family import TableFamily, insert_into
from monitor.store.records import Looked

_table = tables.looks
_seen = tables.seen


class Looks(TableFamily):
    """Apart from what a reader was told: mail moves nothing here."""

    def of(self, person: int) -> dict[str, Looked]:
        """By situation."""
        query = select(_table).where(_table.c.person_id == person)
        with self._access.read() as connection:
            return {
                row.situation: Looked(situation=row.situation, version=row.version_id, at=row.at)
                for row in connection.execute(query)
            }

    def move(self, person: int, situation: str, version: int, *, now: datetime) -> None:
        """All of the situation up to this version is seen; single marks are not needed any more."""
        row = {"person_id": person, "situation": situation, "version_id": version, "at": now}
        with self._access.write() as connection:
            there = insert_into(connection, _table).values(row)
            connection.execute(
                there.on_conflict_do_update(
                    index_elements=["person_id", "situation"],
                    set_={"version_id": version, "at": now},
                )
            )
            mine = (_seen.c.person_id == person) & (_seen.c.situation == situation)
            connection.execute(delete(_seen).where(mine))

    def marks(self, person: int) -> dict[str, frozenset[str]]:
        """By situation: the changes that she has seen one by one."""
        query = select(_seen.c.situation, _seen.c.mark).where(_seen.c.person_id == person)
        found: dict[str, set[str]] = {}
        with self._access.read() as connection:
            for row in connection.execute(query):
                found.setdefault(row.situation, set()).add(row.mark)
        return {name: frozenset(marks) for name, marks in found.items()}

    def mark(self, person: int, situation: str, marks: Collection[str], *, now: datetime) -> None:
        """These changes are seen; a repeat is a no-op."""
        rows = [
            {"person_id": person, "situation": situation, "mark": one, "at": now} for one in marks
        ]
        if not rows:
            return
        with self._access.write() as connection:
            fresh = insert_into(connection, _seen).values(rows)
            connection.execute(fresh.on_conflict_do_nothing())

    def unmark(self, person: int, situation: str, marks: Collection[str]) -> None:
        """They are to be seen again."""
        with self._access.write() as connection:
            mine = (_seen.c.person_id == person) & (_seen.c.situation == situation)
            connection.execute(delete(_seen).where(mine, _seen.c.mark.in_(sorted(marks))))
