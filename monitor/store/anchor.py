"""The SQLite file that is served, held open: to notice when it goes, and to copy it out then."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from monitor.errors import MonitorError, StoreReplaced
from monitor.private import FILE, make_folder
from monitor.store.backup import copy_sqlite
from monitor.store.file import RESCUED, mark_of, writing


class Anchor:
    """Taken when serving begins. What is open stays whole although its name leads elsewhere."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known: tuple[int, int] | None = None
        self._connection: sqlite3.Connection | None = None

    def take(self) -> None:
        self._known = _identity(self._path)
        self._connection = sqlite3.connect(
            writing(self._path), uri=True, check_same_thread=False, isolation_level=None
        )
        # The log beside the file is opened by the first read, and by its name.
        self._connection.execute("SELECT count(*) FROM sqlite_master").fetchone()

    def check(self) -> None:
        """Raises StoreReplaced when another file, or none, lies in the place of the served one."""
        if self._known is None:
            return
        here = _identity(self._path)
        if here is None:
            raise StoreReplaced(f"the database {self._path} was deleted or renamed while in use")
        if here != self._known:
            raise StoreReplaced(f"the database {self._path} was replaced while in use")
        if self._path.stat().st_size == 0:
            raise StoreReplaced(f"the database {self._path} was emptied while in use")

    def rescue(self, now: datetime) -> Path | None:
        """Copies what is still open beside its old place; None when it cannot be read any more.

        The copy is no copy but what goes on: nothing else has sent what it owes.
        """
        if self._connection is None:
            return None
        target = self._path.with_name(f"{self._path.name}{RESCUED}{now:%Y%m%dT%H%M%SZ}")
        try:
            make_folder(target.parent)
            copy_sqlite(self._connection, target, marked=False)
            with closing(sqlite3.connect(target)) as there, there:
                there.execute("DELETE FROM meta WHERE name = 'home'")
            # The next start must not take what it finds for a beginning.
            mark_of(self._path).touch(mode=FILE, exist_ok=True)
        except (MonitorError, OSError, sqlite3.Error):
            return None
        return target

    def let_go(self) -> None:
        self._known = None
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    return found.st_dev, found.st_ino
