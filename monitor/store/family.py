"""What the table families share."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from typing import Any, TypeVar

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Dialect,
    Table,
    Text,
    any_,
    bindparam,
    func,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import NullType, TypeDecorator

from monitor.store.engine import Access

T = TypeVar("T")

CHUNK = 1000
"""Rows in one statement: more gain little speed, and cost memory."""


class TableFamily:
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


class rarely(FunctionElement[bool]):  # noqa: N801 - it reads as the SQL that it is
    """A condition that few rows fulfil, as SQLite is told: it would rather read all rows in the
    order of their ids than sort the few that are wanted. PostgreSQL reckons how few they are."""

    type: Any = (
        NullType()
    )  # of a Boolean SQLAlchemy would ask whether it is 1, which no index knows
    inherit_cache = True


@compiles(rarely)
def _plainly(element: rarely, compiler: SQLCompiler, **options: Any) -> str:
    return compiler.process(element.clauses, **options)


@compiles(rarely, "sqlite")
def _rarely(element: rarely, compiler: SQLCompiler, **options: Any) -> str:
    return f"likelihood({compiler.process(element.clauses, **options)}, 0.0001)"


class _Ids(TypeDecorator[Any]):
    """An array that is sent as its text: the driver takes longer to write one out than the server
    to read it."""

    impl = postgresql.ARRAY(BigInteger)
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> None:  # noqa: ARG002 - the signature is SQLAlchemy's
        return None


def among(connection: Connection, column: ColumnElement[int], ids: Collection[int]) -> Any:
    """`column IN ids` as one parameter.

    A parameter per id would make each length another statement, to be compiled, parsed and planned
    anew: with hundreds of ids that took longer than the work itself.
    """
    if connection.dialect.name == "sqlite":
        return column.in_(
            select(func.json_each(json.dumps(list(ids))).table_valued("value").c.value)
        )
    listed = f"{{{','.join(map(str, ids))}}}"
    return column == any_(bindparam(None, listed, type_=_Ids()))


def among_texts(connection: Connection, column: ColumnElement[str], texts: Collection[str]) -> Any:
    """The same for texts."""
    if connection.dialect.name == "sqlite":
        return column.in_(
            select(func.json_each(json.dumps(list(texts))).table_valued("value").c.value)
        )
    return column == any_(bindparam(None, list(texts), type_=postgresql.ARRAY(Text)))


def chunks(items: Sequence[T], size: int = CHUNK) -> Iterator[Sequence[T]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
