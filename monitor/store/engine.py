"""One engine for SQLite and PostgreSQL, its transactions, and its errors in our words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DataError, DBAPIError, IntegrityError, ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from monitor.errors import Conflict, SettingsError, StoreUnavailable
from monitor.private import FILE, make_folder

BUSY_TIMEOUT = timedelta(seconds=30)
"""How long a write waits for another one, on both databases. The longest honest transaction of
ours, a batch of messages, takes well under a second."""

CONNECT_TIMEOUT = timedelta(seconds=10)


class Access(Protocol):
    """Where a table family gets its connection: one transaction a call, or one that is open."""

    @property
    def sqlite(self) -> bool: ...

    def read(self) -> AbstractContextManager[Connection]: ...

    def write(self) -> AbstractContextManager[Connection]: ...


class Database:
    """Opens a transaction for each call."""

    def __init__(self, url: str, *, busy_timeout: timedelta = BUSY_TIMEOUT) -> None:
        self.url = _parse(url)
        self.path = _sqlite_path(self.url)
        if self.path:
            _prepare_file(self.path)
            self.engine = _sqlite_engine(self.url, busy_timeout)
        else:
            self.engine = _postgresql_engine(self.url, busy_timeout)

    @property
    def sqlite(self) -> bool:
        return self.path is not None

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Reads of one moment: nothing that commits meanwhile is seen."""
        with translated(), self.engine.connect() as connection:
            if not self.sqlite:
                connection.execution_options(isolation_level="REPEATABLE READ")
            with connection.begin():
                yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that commits at the end, unless an exception leaves it."""
        with translated(), self.engine.connect() as connection:
            connection.execution_options(monitor_writes=True)
            with connection.begin():
                yield connection


class Joined:
    """Lends out the connection of a transaction that is already open."""

    def __init__(self, connection: Connection, *, sqlite: bool, writable: bool) -> None:
        self._connection = connection
        self._writable = writable
        self.sqlite = sqlite

    @contextmanager
    def read(self) -> Iterator[Connection]:
        with translated():
            yield self._connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        assert self._writable, "a write inside store.reading()"
        with translated():
            yield self._connection


@contextmanager
def translated() -> Iterator[None]:
    """Raises Conflict for a broken unique or foreign key, StoreUnavailable for a database that
    cannot answer now. What is a fault of ours (wrong SQL, wrong data) passes as it is."""
    try:
        yield
    except IntegrityError as error:
        raise Conflict(f"the database refused it: {_line(error)}") from error
    except (ProgrammingError, DataError):
        raise
    except DBAPIError as error:
        raise StoreUnavailable(f"the database cannot be used: {_line(error)}") from error
    except PoolTimeout as error:
        raise StoreUnavailable("the database cannot be used: no free connection") from error


def _line(error: DBAPIError) -> str:
    text = str(error.orig).strip()
    return text.splitlines()[0] if text else type(error.orig).__name__


def _parse(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError:
        # The text is not repeated: it may hold a password.
        raise SettingsError(
            "the database URL is not one; want sqlite:///FILE or postgresql://..."
        ) from None
    if parsed.get_backend_name() == "postgresql":
        return parsed.set(drivername="postgresql+psycopg")
    if parsed.get_backend_name() == "sqlite":
        return parsed.set(drivername="sqlite")
    raise SettingsError(f"the database {parsed.get_backend_name()!r} is not sqlite or postgresql")


def _sqlite_path(url: URL) -> Path | None:
    if url.get_backend_name() != "sqlite":
        return None
    if not url.database or url.database == ":memory:":
        raise SettingsError("a database in memory forgets what it owes; want sqlite:///FILE")
    return Path(url.database)


def _prepare_file(path: Path) -> None:
    """Creates the file, for its owner alone: it holds addresses."""
    try:
        make_folder(path.parent)
        path.touch(mode=FILE, exist_ok=True)
    except FileExistsError:
        raise StoreUnavailable(f"{path.parent} is not a folder") from None
    except OSError as error:
        if not path.is_file():
            raise StoreUnavailable(f"cannot create {path}: {error.strerror}") from error


def _sqlite_engine(url: URL, busy_timeout: timedelta) -> Engine:
    engine = create_engine(url)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        # The driver would open transactions by itself, and only at the first write.
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {int(busy_timeout.total_seconds() * 1000)}")
        cursor.execute("PRAGMA journal_mode = WAL")
        # A commit must survive a power cut: what is marked as sent is not sent again.
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A read that turns into a write fails at once when somebody else wrote in between
        # (SQLITE_BUSY_SNAPSHOT), whatever the timeout: a writer queues up before it reads.
        writes = connection.get_execution_options().get("monitor_writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _postgresql_engine(url: URL, busy_timeout: timedelta) -> Engine:
    milliseconds = int(busy_timeout.total_seconds() * 1000)
    return create_engine(
        url,
        # A server that was restarted is noticed at checkout and not in the middle of the work.
        pool_pre_ping=True,
        pool_timeout=CONNECT_TIMEOUT.total_seconds(),
        connect_args={
            "connect_timeout": int(CONNECT_TIMEOUT.total_seconds()),
            "application_name": "monitor",
            "options": f"-c timezone=UTC -c lock_timeout={milliseconds}",
        },
    )
