"""Where a SQLite database lies, what is there, and how it is opened: to be written or only read."""

from __future__ import annotations

import glob
import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from monitor.errors import NotFound, StoreDamaged, StoreUnavailable
from monitor.private import FILE, make_folder

LOCK = ".lock"
"""Ends the name of the file beside a database that was used once; it stays for good."""


RESCUED = ".rescued-"
"""Begins what a service that lost its file adds to the name of the copy that it saves."""


def mark_of(path: Path) -> Path:
    """Also what tells a database that is gone or empty from one that has never been."""
    return path.with_name(path.name + LOCK)


def prepare(path: Path) -> None:
    """Creates the file, for its owner alone, unless there was one that is gone or empty.

    Raises StoreDamaged for that, StoreUnavailable when it cannot be created.
    """
    _refuse_lost(path)
    try:
        make_folder(path.parent)
        path.touch(mode=FILE, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        raise StoreUnavailable(f"{path.parent} is not a folder") from None
    except OSError as error:
        if not path.is_file():
            raise StoreUnavailable(f"cannot create {path}: {error.strerror}") from error


def writing(path: Path) -> str:
    """The name to connect to; a file that is gone is not made anew by the way."""
    return f"file:{quote(str(path))}?mode=rw"


class Readable:
    """A database that is only read: nothing is created or changed, where SQLite lets us."""

    def __init__(self, path: Path) -> None:
        self._copy: tempfile.TemporaryDirectory[str] | None = None
        self.name = self._find(path)

    def close(self) -> None:
        if self._copy is not None:
            self._copy.cleanup()

    def _find(self, path: Path) -> str:
        _refuse_lost(path)
        if not _has_content(path):
            raise NotFound(f"no database yet at {path}; `monitor run` makes it")
        # SQLite itself falls back to reading only; opened so, it tidies up beside the file.
        plain = writing(path)
        if _opens(plain):
            return plain
        _refuse_unreadable(path)
        if not _has_content(path.with_name(path.name + "-wal")):
            # Nobody has it open, and we may write nothing beside it, which SQLite wants to.
            return f"file:{quote(str(path))}?mode=ro&immutable=1"
        return self._copied(path)

    def _copied(self, path: Path) -> str:
        """What a killed service left has to be put together, which cannot be done in its place."""
        self._copy = tempfile.TemporaryDirectory(prefix="monitor-reading-")
        place = Path(self._copy.name) / path.name
        try:
            for file in (path, path.with_name(path.name + "-wal")):
                shutil.copyfile(file, place.with_name(file.name))
        except OSError as error:
            self._copy.cleanup()
            raise StoreUnavailable(f"cannot read {path}: {error.strerror}") from error
        return writing(place)


def _opens(name: str) -> bool:
    """False where files beside the database would have to be made and cannot be."""
    try:
        with closing(sqlite3.connect(name, uri=True)) as connection:
            connection.execute("SELECT 1 FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        return not error.sqlite_errorname.startswith(("SQLITE_CANTOPEN", "SQLITE_READONLY"))
    except (sqlite3.Error, UnicodeDecodeError):
        # Damaged: whoever reads it finds that, and has the words for it.
        return True
    return True


def _refuse_lost(path: Path) -> None:
    if path.is_dir():
        raise StoreUnavailable(f"{path} is a folder; the database has to be a file")
    mark = mark_of(path)
    if _has_content(path) or not mark.exists():
        return
    what = "is empty" if path.exists() else "is gone"
    saved = sorted(path.parent.glob(f"{glob.escape(path.name)}{RESCUED}*"))
    better = f"{saved[-1]}" if saved else "a backup"
    raise StoreDamaged(
        f"the database {path} {what}, but there was one: put {better} in its place; "
        f"to start anew, with everybody welcomed again, remove {mark} first"
    )


def _refuse_unreadable(path: Path) -> None:
    try:
        with path.open("rb"):
            pass
    except OSError as error:
        raise StoreUnavailable(f"cannot read {path}: {error.strerror}") from error


def _has_content(path: Path) -> bool:
    try:
        return path.stat().st_size > 0
    except PermissionError as error:
        raise StoreUnavailable(f"cannot read {path}: {error.strerror}") from error
    except OSError:
        return False
