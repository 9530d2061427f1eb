"""People who log in, and their sessions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, insert, select, update

from monitor.errors import Conflict, NotFound
from monitor.store import tables
from monitor.store.family import TableFamily
from monitor.store.records import Person, Role, Session

_table = tables.people
_sessions = tables.sessions


class People(TableFamily):
    def add(
        self,
        name: str,
        *,
        role: Role,
        password: str,
        address: str | None = None,
        language: str = "en",
        zone: str = "UTC",
        now: datetime,
    ) -> Person:
        """`password` is its hash. Raises Conflict when the name is taken."""
        row = insert(_table).values(
            name=name,
            address=address,
            role=role,
            password=password,
            language=language,
            zone=zone,
            created_at=now,
        )
        with self._access.write() as connection:
            taken = select(_table.c.id).where(_table.c.name == name)
            if connection.execute(taken).first() is not None:
                raise Conflict(f"there is somebody named {name!r} already")
            return _person(connection.execute(row.returning(*_table.c)).one())

    def all(self) -> tuple[Person, ...]:
        """By name, those who log in no more too."""
        with self._access.read() as connection:
            rows = connection.execute(select(_table).order_by(_table.c.name))
            return tuple(map(_person, rows))

    def find(self, name: str) -> Person | None:
        with self._access.read() as connection:
            row = connection.execute(select(_table).where(_table.c.name == name)).one_or_none()
        return _person(row) if row else None

    def change(
        self,
        number: int,
        *,
        role: Role | None = None,
        password: str | None = None,
        address: str | None = None,
        language: str | None = None,
        zone: str | None = None,
    ) -> None:
        """What is None stays. Another role or password ends her sessions. Raises NotFound."""
        values = {
            "role": role,
            "password": password,
            "address": address,
            "language": language,
            "zone": zone,
        }
        with self._access.write() as connection:
            self._set(connection, number, {k: v for k, v in values.items() if v is not None})
            if role is not None or password is not None:
                connection.execute(delete(_sessions).where(_sessions.c.person_id == number))

    def end(self, number: int, *, now: datetime) -> None:
        """She logs in no more; what she has decided keeps her name. Raises NotFound."""
        with self._access.write() as connection:
            self._set(connection, number, {"ended_at": now})
            connection.execute(delete(_sessions).where(_sessions.c.person_id == number))

    def open_session(
        self, number: int, token_hash: str, *, now: datetime, expires_at: datetime
    ) -> None:
        """Also forgets sessions that are over."""
        row = {
            "hash": token_hash,
            "person_id": number,
            "created_at": now,
            "seen_at": now,
            "expires_at": expires_at,
        }
        with self._access.write() as connection:
            connection.execute(delete(_sessions).where(_sessions.c.expires_at <= now))
            connection.execute(insert(_sessions).values(row))

    def session(self, token_hash: str, *, now: datetime) -> Session | None:
        """None when it is over, or its person logs in no more."""
        query = (
            select(_sessions, *(column.label(f"own_{column.name}") for column in _table.c))
            .join(_table)
            .where(
                _sessions.c.hash == token_hash,
                _sessions.c.expires_at > now,
                _table.c.ended_at.is_(None),
            )
        )
        with self._access.read() as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            return None
        person = {column.name: getattr(row, f"own_{column.name}") for column in _table.c}
        return Session(
            hash=row.hash,
            person=Person(**person),
            created_at=row.created_at,
            seen_at=row.seen_at,
            expires_at=row.expires_at,
        )

    def seen(self, token_hash: str, *, now: datetime, expires_at: datetime) -> None:
        """The session is in use."""
        this = update(_sessions).where(_sessions.c.hash == token_hash)
        with self._access.write() as connection:
            connection.execute(this.values(seen_at=now, expires_at=expires_at))

    def close_session(self, token_hash: str) -> None:
        """A repeat is a no-op."""
        with self._access.write() as connection:
            connection.execute(delete(_sessions).where(_sessions.c.hash == token_hash))

    @staticmethod
    def _set(connection: Any, number: int, values: Mapping[str, object]) -> None:
        if not values:
            return
        done = connection.execute(update(_table).where(_table.c.id == number).values(values))
        if done.rowcount != 1:
            raise NotFound(f"there is no person {number}")


def _person(row: Row[Any]) -> Person:
    return Person(**row._mapping)
