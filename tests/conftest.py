"""Fixtures for all floors."""

from tests.databases import (
    database_url,
    postgresql_server,
    postgresql_shared,
    postgresql_url,
    sqlite_template,
    sqlite_url,
    store,
)

__all__ = [
    "database_url",
    "postgresql_server",
    "postgresql_shared",
    "postgresql_url",
    "sqlite_template",
    "sqlite_url",
    "store",
]
