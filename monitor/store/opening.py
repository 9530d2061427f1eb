"""Opening the store."""

from __future__ import annotations

import sqlite3
from datetime import timedelta

from monitor.errors import StoreUnavailable
from monitor.store.engine import BUSY_TIMEOUT, Database
from monitor.store.store import LEASE, Store
from monitor.store.upgrading import upgrade

OLDEST_SQLITE = (3, 35)
"""The first with RETURNING."""


def open_store(
    url: str, *, lease: timedelta = LEASE, busy_timeout: timedelta = BUSY_TIMEOUT
) -> Store:
    """Opens `sqlite:///FILE` or `postgresql://...`, creating or upgrading its tables.

    Raises SettingsError for a URL that is not one of these, and StoreUnavailable.
    """
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise StoreUnavailable(f"SQLite {sqlite3.sqlite_version} is too old; 3.35 is needed")
    database = Database(url, busy_timeout=busy_timeout)
    upgrade(database)
    return Store(database, lease=lease)
