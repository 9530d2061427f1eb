"""Column types that mean the same on SQLite and PostgreSQL."""

# ruff: noqa: ARG002 - the signatures are SQLAlchemy's

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, LargeBinary, MetaData, Text
from sqlalchemy.types import TypeDecorator, TypeEngine

from monitor.errors import RowDamaged

# SQLite numbers rows by itself only in a column declared exactly INTEGER.
Id = BigInteger().with_variant(Integer(), "sqlite")

_FAULTS = (ValueError, TypeError, OverflowError, RecursionError)
"""Of reading what we cannot have written."""


@contextmanager
def _readable(column: object) -> Iterator[None]:
    """What we wrote can be read; raises RowDamaged, naming the column, for anything else."""
    try:
        yield
    except _FAULTS as error:
        raise unreadable(getattr(column, "place", "a column"), type(error).__name__) from error


def unreadable(place: str, why: str) -> RowDamaged:
    return RowDamaged(
        f"the database is damaged: {place} holds what monitor cannot have written "
        f"({why}); put a backup in its place, or see what is wrong: "
        "sqlite3 FILE 'PRAGMA integrity_check'"
    )


class Utc(TypeDecorator[datetime]):
    """An aware datetime, stored and returned in UTC.

    On SQLite it is text of fixed width, so that it sorts: SQLAlchemy's own DateTime drops the zone
    there. A naive datetime is refused, since nobody could know what it means.
    """

    place = "a column"
    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "sqlite":
            return dialect.type_descriptor(Text())
        return dialect.type_descriptor(DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        if value.tzinfo is None:
            raise TypeError(f"{value!r} has no time zone")
        moment = value.astimezone(UTC)
        return _text(moment) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        # Without a context: this is called for each time of each row.
        try:
            moment = value if isinstance(value, datetime) else datetime.fromisoformat(value)
            return moment.astimezone(UTC)
        except _FAULTS as error:
            raise unreadable(self.place, type(error).__name__) from error


@lru_cache(maxsize=256)
def _text(moment: datetime) -> str:
    """Cached, because the rows of one statement share most of their times.

    `moment` is in UTC already: the two 02:30 of an autumn night are equal as keys of a cache.
    """
    return moment.replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


class UtcOrNever(Utc):
    """The same where a row must be told whatever its time says: the beginning of all time."""

    cache_ok = True

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        try:
            return super().process_result_value(value, dialect)
        except RowDamaged:
            return datetime.min.replace(tzinfo=UTC)


class Words(TypeDecorator[str]):
    """Text that sorts by code point. What PostgreSQL cannot hold (NUL, lone surrogates) becomes
    U+FFFD: a server's reply or a snapshot's title must not be able to stop a transaction."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        collation = None if dialect.name == "sqlite" else "C"
        return dialect.type_descriptor(Text(collation=collation))

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        if value is None or (value.isascii() and "\0" not in value):
            return value
        clean = value.replace("\0", "\N{REPLACEMENT CHARACTER}")
        return clean.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


_encode = json.JSONEncoder(sort_keys=True, separators=(",", ":"), allow_nan=False).encode


class JsonText(TypeDecorator[Any]):
    """A small JSON value as ASCII text with sorted keys, equal values giving equal text."""

    place = "a column"
    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        if value is None:
            return None
        return _encode(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        if value is None:
            return None
        with _readable(self):
            return json.loads(value)


class JsonOrNone(JsonText):
    """The same in rows that are read many at once: what cannot be read is None, so that the others
    are. Whoever needs it says so of that one row."""

    cache_ok = True

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        try:
            return super().process_result_value(value, dialect)
        except RowDamaged:
            return None


class Unreadable:
    """Stands for a value that cannot be read, where none at all means something else."""


UNREADABLE = Unreadable()


class JsonOrUnreadable(JsonText):
    """As `JsonOrNone`, where None has a meaning of its own."""

    cache_ok = True

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        try:
            return super().process_result_value(value, dialect)
        except RowDamaged:
            return UNREADABLE


class JsonBytes(TypeDecorator[Any]):
    """A whole document as ASCII JSON, which keeps key order, 1 apart from 1.0, and any text."""

    place = "a column"
    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> bytes | None:
        if value is None:
            return None
        return json.dumps(value, separators=(",", ":"), allow_nan=False).encode("ascii")

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        if value is None:
            return None
        with _readable(self):
            return json.loads(value)


def name_places(metadata: MetaData) -> None:
    """Tells each column's type where it stands, for the line about what cannot be read."""
    for table in metadata.tables.values():
        for column in table.columns:
            if isinstance(column.type, (Utc, JsonText, JsonBytes)):
                column.type.place = f"{table.name}.{column.name}"
