"""What a database's own errors mean: gone, full, locked, or damaged. One place, in our words."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sqlalchemy.exc import DataError, DBAPIError, ProgrammingError

from monitor.errors import StoreDamaged, StoreUnavailable

WHAT_TO_DO = (
    "stop the service and put a backup in its place, or rescue what can still be read: "
    "sqlite3 FILE .recover"
)

_DAMAGED = {"SQLITE_CORRUPT", "SQLITE_NOTADB"}
_DAMAGED_READS = {"SQLITE_IOERR_SHORT_READ", "SQLITE_IOERR_CORRUPTFS", "SQLITE_IOERR_DATA"}
_DAMAGED_WORDS = (
    "could not decode to utf-8",
    "no such table",
    "no such column",
    "unsupported file format",
)
"""What Python and SQLite say of a value that is no text, of a schema that is not the one we made,
and of a header with other numbers; they have no codes of their own."""

_POSTGRESQL_DAMAGED = {"XX001", "XX002", "42P01", "42703", "22021"}
"""data_corrupted, index_corrupted; a table or a column of ours that is gone; text that is none."""

_POSTGRESQL_PLAIN = {"42501", "3F000"}
"""insufficient_privilege, invalid_schema_name: what a person can mend, unlike wrong SQL."""


_NOT_OPENED = "unable to open database file"
"""SQLite's only words, whatever hinders it: a folder that cannot be written, a read-only mount."""

_LIMIT = 300
"""Characters of a database's own words: some repeat the whole value that they cannot read."""


def judge(error: DBAPIError, path: Path | None) -> StoreUnavailable | None:
    """The error in our words; None for wrong SQL or wrong data, a fault of the program."""
    text = line_of(error)
    if is_damage(error.orig):
        return damaged(path, text)
    code = getattr(error.orig, "sqlstate", None)
    if isinstance(error, (ProgrammingError, DataError)) and code not in _POSTGRESQL_PLAIN:
        return None
    if path is not None and text == _NOT_OPENED:
        text = (
            f"{path}, or a file beside it, cannot be opened for writing; mend its rights or mount"
        )
    return StoreUnavailable(f"the database cannot be used: {text}")


def damaged(path: Path | None, detail: str) -> StoreDamaged:
    if path is None:
        return StoreDamaged(
            f"the database is damaged: {detail}; restore it from a dump (pg_restore)"
        )
    return StoreDamaged(
        f"the database {path} is damaged: {detail}; {WHAT_TO_DO.replace('FILE', str(path))}"
    )


def line_of(error: DBAPIError) -> str:
    text = str(error.orig).strip()
    first = text.splitlines()[0] if text else type(error.orig).__name__
    return "".join(
        letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in first
    )


def check(connection: sqlite3.Connection) -> str | None:
    """The first fault in the structure of a SQLite file; None when there is none."""
    (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    text = " ".join(str(verdict).split())
    return None if verdict == "ok" else text.removeprefix("*** in database main *** ")


def is_damage(error: BaseException | None) -> bool:
    if isinstance(error, UnicodeDecodeError):
        return True
    if isinstance(error, sqlite3.Error):
        name = getattr(error, "sqlite_errorname", None) or ""
        return (
            any(name == known or name.startswith(f"{known}_") for known in _DAMAGED)
            or name in _DAMAGED_READS
            or any(words in str(error).lower() for words in _DAMAGED_WORDS)
        )
    return getattr(error, "sqlstate", None) in _POSTGRESQL_DAMAGED
