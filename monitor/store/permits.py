"""What a link allows once, and what the tokens of programs allow until they end.

Of a token only the SHA-256 is kept; it has 128 random bits or more, so nothing slower is needed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final, Literal

from sqlalchemy import Row, delete, insert, select, update

from monitor.errors import Conflict, NotFound
from monitor.model.comparison import Json
from monitor.store import tables
from monitor.store.family import TableFamily
from monitor.store.records import Machine, Permit

_table = tables.permits
_machines = tables.machines

REMEMBERED: Final = timedelta(days=30)
"""For so long one that is over is told from one that never was. What it was about goes at once."""


class Permits(TableFamily):
    def add(
        self, token_hash: str, purpose: str, about: Json, *, now: datetime, expires_at: datetime
    ) -> None:
        """Also forgets what others were about that are over, and those themselves some time
        after."""
        row = {
            "hash": token_hash,
            "purpose": purpose,
            "about": about,
            "created_at": now,
            "expires_at": expires_at,
        }
        with self._access.write() as connection:
            connection.execute(delete(_table).where(_table.c.expires_at <= now - REMEMBERED))
            over = update(_table).where(_table.c.expires_at <= now)
            connection.execute(over.values(about={}))
            connection.execute(insert(_table).values(row))

    def standing(
        self, token_hash: str, purpose: str, *, now: datetime
    ) -> Literal["good", "used", "over", "unknown"]:
        """Why `find` finds nothing, for whoever has the link."""
        query = select(_table.c.used_at, _table.c.expires_at).where(
            _table.c.hash == token_hash, _table.c.purpose == purpose
        )
        with self._access.read() as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            return "unknown"
        if row.used_at is not None:
            return "used"
        return "good" if row.expires_at > now else "over"

    def find(self, token_hash: str, purpose: str, *, now: datetime) -> Permit | None:
        """None when it is used or over, or was made for something else."""
        query = select(_table).where(
            _table.c.hash == token_hash,
            _table.c.purpose == purpose,
            _table.c.expires_at > now,
            _table.c.used_at.is_(None),
        )
        with self._access.read() as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            return None
        return Permit(
            about=row.about,
            created_at=row.created_at,
            expires_at=row.expires_at,
        )

    def use(self, token_hash: str, purpose: str, *, now: datetime) -> Permit | None:
        """As `find`, and it is used up: of two who come at once one gets it."""
        with self._access.write() as connection:
            this = update(_table).where(
                _table.c.hash == token_hash,
                _table.c.purpose == purpose,
                _table.c.expires_at > now,
                _table.c.used_at.is_(None),
            )
            used = connection.execute(this.values(used_at=now).returning(*_table.c)).one_or_none()
            # Nobody needs it any more, and it may say who somebody is.
            emptied = update(_table).where(_table.c.hash == token_hash, _table.c.used_at == now)
            connection.execute(emptied.values(about={}))
        if used is None:
            return None
        return Permit(
            about=used.about,
            created_at=used.created_at,
            expires_at=used.expires_at,
        )

    def forget(self, purpose: str) -> None:
        """All of a purpose are void."""
        with self._access.write() as connection:
            connection.execute(delete(_table).where(_table.c.purpose == purpose))


class Machines(TableFamily):
    def add(
        self, name: str, token_hash: str, scopes: Sequence[str], *, by: str, now: datetime
    ) -> None:
        """Raises Conflict when the name is taken."""
        row = {
            "hash": token_hash,
            "name": name,
            "scopes": list(scopes),
            "created_at": now,
            "created_by": by,
        }
        with self._access.write() as connection:
            taken = select(_machines.c.name).where(_machines.c.name == name)
            if connection.execute(taken).first() is not None:
                raise Conflict(f"there is a token named {name!r} already")
            connection.execute(insert(_machines).values(row))

    def find(self, token_hash: str) -> Machine | None:
        """None when it has ended."""
        query = select(_machines).where(
            _machines.c.hash == token_hash, _machines.c.ended_at.is_(None)
        )
        with self._access.read() as connection:
            row = connection.execute(query).one_or_none()
        return _machine(row) if row else None

    def all(self) -> tuple[Machine, ...]:
        with self._access.read() as connection:
            rows = connection.execute(select(_machines).order_by(_machines.c.name))
            return tuple(map(_machine, rows))

    def end(self, name: str, *, now: datetime) -> None:
        """Raises NotFound."""
        this = update(_machines).where(_machines.c.name == name, _machines.c.ended_at.is_(None))
        with self._access.write() as connection:
            if connection.execute(this.values(ended_at=now)).rowcount != 1:
                raise NotFound(f"there is no token {name!r}")


def _machine(row: Row[Any]) -> Machine:
    return Machine(
        name=row.name,
        scopes=tuple(row.scopes),
        created_at=row.created_at,
        created_by=row.created_by,
        ended_at=row.ended_at,
    )
