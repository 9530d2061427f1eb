"""What engines of tests do without: statements compiled anew for each test's own database, and
waiting for a disk. Other processes that a test starts have both."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, MutableMapping
from contextlib import suppress
from typing import Any

from sqlalchemy import Connection, Engine, event


class Compiled(MutableMapping[Any, Any]):
    """What SQLAlchemy keeps for one engine, kept for all engines of one dialect."""

    def __init__(self) -> None:
        self._kept: dict[Any, Any] = {}

    def __getitem__(self, key: Any) -> Any:
        return self._kept[_shared(key)]

    def __setitem__(self, key: Any, value: Any) -> None:
        self._kept[_shared(key)] = value

    def __delitem__(self, key: Any) -> None:
        del self._kept[_shared(key)]

    def __iter__(self) -> Iterator[Any]:
        return iter(self._kept)

    def __len__(self) -> int:
        return len(self._kept)


COMPILED = Compiled()


def hurry() -> None:
    """From here on, for each connection of this process."""
    event.listen(Engine, "engine_connect", _prepare)


def _prepare(connection: Connection) -> None:
    connection.execution_options(compiled_cache=COMPILED)
    if connection.dialect.name == "sqlite" and "hurries" not in connection.info:
        connection.info["hurries"] = True
        # What is committed outlives a process that is killed; no test cuts the power.
        raw: Any = connection.connection.dbapi_connection
        # A file that is damaged is for the program to find.
        with suppress(sqlite3.Error):
            raw.execute("PRAGMA synchronous = OFF")


def _shared(key: Any) -> Any:
    """The key begins with the engine's own dialect, of which only the sort matters."""
    dialect, *rest = key
    return (type(dialect), dialect.server_version_info, *rest)
