"""Opening the store."""

from __future__ import annotations

import sqlite3
from datetime import timedelta

from monitor.errors import StoreUnavailable
from monitor.store.engine import BUSY_TIMEOUT, Database
from monitor.store.store import LEASE, Store
from monitor.store.upgrade import require_current, upgrade

OLDEST_SQLITE = (3, 35)
"""The first with RETURNING."""


def open_store(
    url: str,
    *,
    lease: timedelta = LEASE,
    busy_timeout: timedelta = BUSY_TIMEOUT,
    reading: bool = False,
) -> Store:
    """Opens `sqlite:///FILE` or `postgresql://...`, creating or upgrading its tables.

    With `reading` nothing is created, upgraded or written, and a read-only file or server will do.
    Raises SettingsError for a URL that is not one of these, StoreUnavailable, StoreDamaged, and
    NotFound for reading what does not exist yet.
    """
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise StoreUnavailable(f"SQLite {sqlite3.sqlite_version} is too old; 3.35 is needed")
    database = Database(url, busy_timeout=busy_timeout, reading=reading)
    try:
        require_current(database) if reading else upgrade(database)
    except BaseException:
        database.close()
        raise
    return Store(database, lease=lease)
