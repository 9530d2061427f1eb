"""Bringing a database's tables up to date when it is opened."""

from __future__ import annotations

import itertools
from contextlib import suppress
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from monitor.errors import NotFound, StoreUnavailable
from monitor.private import FILE
from monitor.store.backup import copy_sqlite
from monitor.store.damage import damaged
from monitor.store.engine import Database
from monitor.store.file import mark_of
from monitor.store.migrations import BETWEEN, HEAD, KNOWN

_OURS = frozenset(("contents", "outbox", "situations", "subscriptions", "versions"))
"""Tables that every revision has."""


def upgrade(database: Database) -> None:
    """Runs the missing migrations in one transaction; a SQLite file is copied beside itself first.

    Raises StoreUnavailable when a newer program or one between two releases has written the
    database, StoreDamaged when another one has.
    """
    with database.read() as connection:
        found = revision(connection)
        _refuse_foreign(connection, found, database)
    _refuse_unknown(found, database)
    if found == HEAD:
        return
    if database.path is not None and found is not None:
        _keep_old(database, database.path)
    # Alembic takes longer to import than most commands run, and is needed once per release.
    from monitor.store.migrations import steps

    with database.write() as connection:
        if not database.sqlite:
            # Nodes that start together upgrade one after the other; SQLite's writers queue anyway.
            connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('monitor.upgrade'))"))
        if (now := revision(connection)) != HEAD:
            steps.run(connection, now)
    if database.path is not None:
        # From now on a file that is gone or empty is a loss and not a beginning.
        mark_of(database.path).touch(mode=FILE, exist_ok=True)
    if database.path is not None and found is not None:
        _give_back_room(database)


def require_current(database: Database) -> None:
    """For those who only read: raises NotFound for a database without tables, StoreUnavailable
    for one of another version of the program, StoreDamaged for one of another program."""
    with database.read() as connection:
        found = revision(connection)
        _refuse_foreign(connection, found, database)
    place = database.path or "the database"
    if found is None:
        raise NotFound(f"no tables of monitor yet in {place}; `monitor run` makes them")
    _refuse_unknown(found, database)
    if found < HEAD:
        raise StoreUnavailable(
            f"{place} was written by an older monitor (revision {found}, want {HEAD}); "
            "`monitor run --once`, or `monitor run`, brings it up to date"
        )


def _refuse_unknown(found: str | None, database: Database) -> None:
    if found is None or found in KNOWN:
        return
    if found > HEAD:
        text = f"the database was written by a newer monitor (revision {found})"
        raise StoreUnavailable(f"{text}; upgrade the program")
    copy = f"{database.path}.before-{found}" if database.path else "a backup"
    raise StoreUnavailable(
        f"{database.path or 'the database'} was written between two releases (revision {found}); "
        f"put back what release 0.1 left ({copy}), or open it once with a monitor of revision "
        f"{BETWEEN[0]}"
    )


def _refuse_foreign(connection: Connection, found: str | None, database: Database) -> None:
    tables = set(inspect(connection).get_table_names()) - {"alembic_version"}
    if found is None and not tables:
        return
    if found is None or not found.isdigit():
        names = ", ".join(sorted(tables)[:3]) or "none"
        raise StoreUnavailable(
            f"{database.path or 'the database'} is another program's: it has no revision of "
            f"monitor's, but tables ({names}); name another one in store.url"
        )
    if not tables >= _OURS:
        missing = ", ".join(sorted(_OURS - tables))
        raise damaged(database.path, f"tables are gone ({missing})")


def revision(connection: Connection) -> str | None:
    """The revision of the tables; None for an empty database."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return found


def _give_back_room(database: Database) -> None:
    """A step that makes much small leaves a file that is mostly empty. Nothing depends on it: where
    there is no room to write it anew, or another process reads it, it stays as it is."""
    with suppress(StoreUnavailable), database.raw() as connection:
        (free,) = connection.execute("PRAGMA freelist_count").fetchone()
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        if 4 * free > pages:
            connection.execute("VACUUM")


def _keep_old(database: Database, path: Path) -> None:
    """Not marked as a copy: whoever goes back to the old program renames it, and goes on."""
    first = path.with_name(f"{path.name}.before-{HEAD}")
    later = (first.with_name(f"{first.name}.{number}") for number in itertools.count(2))
    target = next(name for name in itertools.chain([first], later) if not name.exists())
    with database.raw() as connection:
        copy_sqlite(connection, target, marked=False)
