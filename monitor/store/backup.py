"""Copying a SQLite database while the service runs."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import create_engine
from sqlalchemy.engine import URL

from monitor.errors import Conflict, StoreDamaged, StoreUnavailable
from monitor.store.damage import check, is_damage
from monitor.store.home import mark_as_copy


def copy_sqlite(source: sqlite3.Connection, target: Path, *, marked: bool) -> None:
    """Writes a whole, checked copy to `target`, or nothing.

    It is of one moment, in one file, and for its owner alone. `marked` says in it that it is a
    copy. Raises Conflict when `target` exists, StoreUnavailable when it cannot be written.
    """
    if target.exists():
        raise Conflict(f"{target} exists already; choose another name")
    draft = target.with_name(target.name + ".part")
    try:
        draft.unlink(missing_ok=True)
        os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        _copy(source, draft)
        if marked:
            _leave_marker(draft)
        _make_durable(draft)
        # Not a rename, which would replace a file that appeared meanwhile.
        os.link(draft, target)
    except FileExistsError:
        raise Conflict(f"{target} exists already; choose another name") from None
    except OSError as error:
        raise StoreUnavailable(f"cannot write {target}: {error.strerror}") from error
    except sqlite3.Error as error:
        if is_damage(error):
            raise StoreDamaged(f"the database is damaged and cannot be copied: {error}") from error
        raise StoreUnavailable(f"cannot copy the database to {target}: {error}") from error
    finally:
        draft.unlink(missing_ok=True)


def _copy(source: sqlite3.Connection, draft: Path) -> None:
    with closing(sqlite3.connect(draft)) as there:
        source.backup(there)
        there.execute("PRAGMA journal_mode = DELETE")
        fault = check(there)
    if fault is not None:
        raise StoreDamaged(f"the database is damaged, and so would be a copy of it: {fault}")


def _leave_marker(draft: Path) -> None:
    engine = create_engine(URL.create("sqlite", database=str(draft)))
    with engine.begin() as connection:
        mark_as_copy(connection)
    engine.dispose()


def _make_durable(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)
