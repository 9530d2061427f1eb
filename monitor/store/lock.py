"""One service per SQLite file, by a lock that the system takes back from a killed process."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from monitor.errors import Conflict, StoreUnavailable
from monitor.store.file import mark_of


class ServiceLock:
    """Held on a file beside the database. Locking the database itself would also keep the
    commands out, which may write beside the service."""

    def __init__(self, database: Path) -> None:
        self._path = mark_of(database)
        self._descriptor: int | None = None

    def take(self) -> None:
        """Raises Conflict when another process holds it."""
        try:
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise StoreUnavailable(f"cannot write {self._path}: {error.strerror}") from error
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            holder = os.read(descriptor, 32).decode("ascii", "replace").strip() or "unknown"
            os.close(descriptor)
            raise Conflict(
                f"another monitor service (process {holder}) runs on this database; "
                f"{self._path} is locked"
            ) from error
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"{os.getpid()}\n".encode("ascii"))
        self._descriptor = descriptor

    def give_back(self) -> None:
        """The file stays: removing it would let two processes lock two files of one name."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
