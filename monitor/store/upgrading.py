"""Bringing a database's tables up to date when it is opened."""

from __future__ import annotations

import importlib
import itertools
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from monitor.store.backup import copy_sqlite
from monitor.store.engine import Database
from monitor.store.migrations import HEAD


def upgrade(database: Database) -> None:
    """Runs the missing migrations in one transaction; a SQLite file is copied beside itself first.

    Raises StoreUnavailable when a newer program has written the database.
    """
    with database.read() as connection:
        found = revision(connection)
    if found == HEAD:
        return
    if database.path is not None and found is not None:
        _keep_old(database.path)
    # Alembic takes longer to import than most commands run, and is needed once per release.
    steps = importlib.import_module("monitor.store.migrations.steps")
    with database.write() as connection:
        if not database.sqlite:
            # Nodes that start together upgrade one after the other; SQLite's writers queue anyway.
            connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('monitor.upgrade'))"))
        if (now := revision(connection)) != HEAD:
            steps.run(connection, now)


def revision(connection: Connection) -> str | None:
    """The revision of the tables; None for an empty database."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return found


def _keep_old(path: Path) -> None:
    """Not marked as a copy: whoever goes back to the old program renames it, and goes on."""
    first = path.with_name(f"{path.name}.before-{HEAD}")
    later = (first.with_name(f"{first.name}.{number}") for number in itertools.count(2))
    target = next(name for name in itertools.chain([first], later) if not name.exists())
    copy_sqlite(path, target, marked=False)
