"""Drafts, one open at a time for each situation."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select, update

from monitor.errors import Conflict, NotFound
from monitor.store import tables
from monitor.store.family import TableFamily
from monitor.store.records import Draft, Ending

_table = tables.drafts
_OPEN = _table.c.ended_at.is_(None)


class Drafts(TableFamily):
    """Nothing of them is deleted: one that was discarded can be read again."""

    def open(self, situation: str, text: str, *, base: int | None, by: str, now: datetime) -> Draft:
        """Raises Conflict when one is open."""
        row = {
            "situation": situation,
            "text": text,
            "base_id": base,
            "opened_at": now,
            "opened_by": by,
            "edition": 1,
            "saved_at": now,
            "saved_by": by,
        }
        with self._access.write() as connection:
            there = connection.execute(
                select(_table).where(_table.c.situation == situation, _OPEN)
            ).one_or_none()
            if there is not None:
                raise Conflict(f"{situation} has a draft already, opened by {there.opened_by}")
            made = connection.execute(insert(_table).values(row).returning(*_table.c)).one()
        return _draft(made)

    def of(self, situation: str) -> Draft | None:
        """The open one."""
        query = select(_table).where(_table.c.situation == situation, _OPEN)
        with self._access.read() as connection:
            row = connection.execute(query).one_or_none()
        return _draft(row) if row is not None else None

    def all(self) -> tuple[Draft, ...]:
        """The open ones, by situation."""
        query = select(_table).where(_OPEN).order_by(_table.c.situation)
        with self._access.read() as connection:
            return tuple(map(_draft, connection.execute(query)))

    def last(self, situation: str) -> Draft | None:
        """The newest of a situation, open or not."""
        query = select(_table).where(_table.c.situation == situation).order_by(_table.c.id.desc())
        with self._access.read() as connection:
            row = connection.execute(query.limit(1)).one_or_none()
        return _draft(row) if row is not None else None

    def get(self, number: int) -> Draft:
        """Open or not. Raises NotFound."""
        with self._access.read() as connection:
            row = connection.execute(select(_table).where(_table.c.id == number)).one_or_none()
        if row is None:
            raise NotFound(f"there is no draft {number}")
        return _draft(row)

    def save(self, draft: Draft, text: str, *, by: str, now: datetime) -> Draft:
        """Raises Conflict when somebody saved it since it was read, or it is open no more."""
        values = {"text": text, "edition": draft.edition + 1, "saved_at": now, "saved_by": by}
        return self._change(draft, values)

    def end(self, draft: Draft, ending: Ending, *, by: str, now: datetime) -> Draft:
        """Raises Conflict as `save` does."""
        return self._change(draft, {"ending": ending, "ended_at": now, "ended_by": by})

    def _change(self, draft: Draft, values: dict[str, Any]) -> Draft:
        this = update(_table).where(
            _table.c.id == draft.id, _table.c.edition == draft.edition, _OPEN
        )
        with self._access.write() as connection:
            row = connection.execute(this.values(values).returning(*_table.c)).one_or_none()
            if row is None:
                now = connection.execute(select(_table).where(_table.c.id == draft.id)).one()
                what = f"was {now.ending}" if now.ending else f"was saved by {now.saved_by}"
                raise Conflict(f"the draft of {draft.situation} {what} meanwhile; read it again")
        return _draft(row)


def _draft(row: Row[Any]) -> Draft:
    return Draft(
        id=row.id,
        situation=row.situation,
        text=row.text,
        base=row.base_id,
        opened_at=row.opened_at,
        opened_by=row.opened_by,
        edition=row.edition,
        saved_at=row.saved_at,
        saved_by=row.saved_by,
        ending=row.ending,
        ended_at=row.ended_at,
        ended_by=row.ended_by,
    )
