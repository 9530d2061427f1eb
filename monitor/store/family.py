"""What the table families share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

from monitor.store.engine import Access

T = TypeVar("T")

CHUNK = 500
"""Ids in one statement. Both databases take more, but gain nothing by it."""


class Family:
    """Calls on one group of tables; each is a transaction, or a part of the one that is open."""

    def __init__(self, access: Access) -> None:
        self._access = access


def insert_into(connection: Connection, table: Table) -> Any:
    """An insert that can say `on_conflict_do_nothing` or `on_conflict_do_update`.

    Both dialects spell the two alike; SQLAlchemy has no common type for them.
    """
    if connection.dialect.name == "sqlite":
        return sqlite.insert(table)
    return postgresql.insert(table)


def chunks(items: Sequence[T], size: int = CHUNK) -> Iterator[Sequence[T]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
