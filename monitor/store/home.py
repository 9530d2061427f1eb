"""Telling a database from a copy of it, so that an old clone does not send yesterday's mail."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, delete, select, text

from monitor.store import tables
from monitor.store.family import insert_into

_table = tables.meta

HOME = "home"
COPIED = "copied"
"""Written into the copy that `backup` makes; it stays until a service has seen it."""
COPIED_AT = "copied at"
"""When a service first served this copy (RFC 3339). It stays: whom the original has told
is an open question until each reader has been told again."""


def fingerprint(connection: Connection, path: Path | None) -> str:
    """What a copy does not share: the file's inode, or the number the server gave the database.

    A file copied over the original keeps the inode, hence the marker. A copy of a whole PostgreSQL
    cluster cannot be told from the original.
    """
    if path is not None:
        return f"inode {path.stat().st_ino}"
    query = text("SELECT oid FROM pg_database WHERE datname = current_database()")
    return f"database {connection.execute(query).scalar_one()}"


def is_copy(connection: Connection, here: str) -> bool:
    known = _read(connection, HOME, COPIED)
    return COPIED in known or known.get(HOME, here) != here


def copied_at(connection: Connection) -> datetime | None:
    """When this was last found to be a copy; None for what has always been the original."""
    known = _read(connection, COPIED_AT).get(COPIED_AT)
    return datetime.fromisoformat(known) if known else None


def settle(connection: Connection, here: str, *, copied: datetime | None) -> None:
    """From now on this is the original. `copied`: the time, when it was a copy until now."""
    connection.execute(delete(_table).where(_table.c.name == COPIED))
    _put(connection, HOME, here)
    if copied is not None:
        _put(connection, COPIED_AT, copied.isoformat())


def mark_as_copy(connection: Connection) -> None:
    _put(connection, COPIED, "by monitor backup")


def _read(connection: Connection, *names: str) -> dict[str, str]:
    query = select(_table.c.name, _table.c.value).where(_table.c.name.in_(names))
    return {row.name: row.value for row in connection.execute(query)}


def _put(connection: Connection, name: str, value: str) -> None:
    connection.execute(
        insert_into(connection, _table)
        .values(name=name, value=value)
        .on_conflict_do_update(index_elements=["name"], set_={"value": value})
    )
