"""Digests as they were sent: input, rendered parts, and the body that messages are made from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, insert, select

from monitor.errors import NotFound
from monitor.model.comparison import Json
from monitor.model.digest import Digest
from monitor.store import tables
from monitor.store.family import TableFamily, among, insert_into
from monitor.store.records import StoredDigest
from monitor.store.tables.messages import OF_A_DIGEST

_table = tables.digests
_bodies = tables.bodies
_editions = tables.editions
_outbox = tables.outbox
_light = [column for column in _table.c if column.name != "input"]


class Digests(TableFamily):
    def add(self, digest: Digest, document: Json, body: bytes, *, now: datetime) -> StoredDigest:
        """Stores a digest once for all who share its input; the first rendering stays.

        `document` is the DigestInput as JSON, `body` what compose made to be spliced.
        """
        with self._access.write() as connection:
            there = select(_table.c.id).where(_table.c.input_hash == digest.input_hash)
            if connection.execute(there).first() is None:
                number = _add_body(connection, body)
                connection.execute(
                    insert_into(connection, _table)
                    .values(
                        input_hash=digest.input_hash,
                        input=document,
                        subject=digest.subject,
                        text=digest.text,
                        html=digest.html,
                        shown=list(digest.shown),
                        sentences=list(digest.sentences),
                        muted=list(digest.muted),
                        left_out=digest.left_out,
                        body_id=number,
                        made_at=now,
                    )
                    .on_conflict_do_nothing(index_elements=["input_hash"])
                )
            stored = select(*_light).where(_table.c.input_hash == digest.input_hash)
            return _digest(connection.execute(stored).one())

    def by_hash(self, input_hash: str) -> StoredDigest | None:
        with self._access.read() as connection:
            query = select(*_light).where(_table.c.input_hash == input_hash)
            row = connection.execute(query).one_or_none()
        return _digest(row) if row else None

    def edition(self, key: str) -> StoredDigest | None:
        """What was made for all whose digest has this key, once it has been."""
        query = select(*_light).join(_editions).where(_editions.c.key == key)
        with self._access.read() as connection:
            row = connection.execute(query).one_or_none()
        return _digest(row) if row else None

    def publish(self, key: str, number: int, *, now: datetime) -> None:
        """This digest is what all hear whose digest has this key; the first one stays."""
        row = {"key": key, "digest_id": number, "made_at": now}
        with self._access.write() as connection:
            first = insert_into(connection, _editions).values(row)
            connection.execute(first.on_conflict_do_nothing(index_elements=["key"]))

    def get(self, number: int) -> StoredDigest:
        """Raises NotFound."""
        with self._access.read() as connection:
            row = connection.execute(select(*_light).where(_table.c.id == number)).one_or_none()
        if row is None:
            raise NotFound(f"there is no digest {number}")
        return _digest(row)

    def page(self, *, first: int, limit: int) -> tuple[StoredDigest, ...]:
        """The newest first, from the place `first` on."""
        query = select(*_light).order_by(_table.c.id.desc()).offset(first).limit(limit)
        with self._access.read() as connection:
            return tuple(map(_digest, connection.execute(query)))

    def count(self) -> int:
        with self._access.read() as connection:
            return int(connection.execute(select(func.count()).select_from(_table)).scalar_one())

    def readers(self, numbers: Sequence[int]) -> dict[int, int]:
        """How many were written to, by digest, as long as their messages are kept."""
        digest = _outbox.c.digest_id
        readers = func.count(_outbox.c.subscription_id.distinct())
        with self._access.read() as connection:
            query = select(digest, readers).where(OF_A_DIGEST, among(connection, digest, numbers))
            return {row[0]: row[1] for row in connection.execute(query.group_by(digest))}

    def input(self, number: int) -> Json:
        """The DigestInput as JSON. Raises NotFound."""
        with self._access.read() as connection:
            found = connection.execute(select(_table.c.input).where(_table.c.id == number)).scalar()
        if found is None:
            raise NotFound(f"there is no digest {number}")
        return found

    def add_body(self, data: bytes) -> int:
        """Stores the body of a message that is no digest; returns its id."""
        with self._access.write() as connection:
            return _add_body(connection, data)

    def body(self, number: int) -> bytes:
        """Raises NotFound."""
        with self._access.read() as connection:
            query = select(_bodies.c.data).where(_bodies.c.id == number)
            data: bytes | None = connection.execute(query).scalar_one_or_none()
        if data is None:
            raise NotFound(f"there is no message body {number}")
        return data


def _add_body(connection: Any, data: bytes) -> int:
    number: int = connection.execute(
        insert(_bodies).values(data=data).returning(_bodies.c.id)
    ).scalar_one()
    return number


def _digest(row: Row[Any]) -> StoredDigest:
    return StoredDigest(
        id=row.id,
        body=row.body_id,
        input_hash=row.input_hash,
        subject=row.subject,
        text=row.text,
        html=row.html,
        shown=tuple(row.shown),
        sentences=tuple(row.sentences),
        muted=tuple(row.muted),
        left_out=row.left_out,
        made_at=row.made_at,
    )
