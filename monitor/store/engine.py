"""One engine for SQLite and PostgreSQL, its transactions, and its errors in our words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DatabaseError, DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from monitor.errors import Conflict, ExtraMissing, SettingsError, StoreUnavailable
from monitor.store.damage import damaged, judge, line_of
from monitor.store.file import Readable, prepare, writing

BUSY_TIMEOUT = timedelta(seconds=30)
"""How long a write waits for another one, on both databases. The longest honest transaction of
ours, a batch of messages, takes well under a second."""

IDLE_TIMEOUT = timedelta(seconds=20)
"""After which PostgreSQL takes back what a node that was stopped inside a transaction holds: the
others go on, and of that transaction nothing stands. A third of a lease: who has to wait for the
rows of a stopped node waits no longer than for its claims."""

CONNECT_TIMEOUT = timedelta(seconds=10)


class Access(Protocol):
    """Where a table family gets its connection: one transaction a call, or one that is open."""

    @property
    def sqlite(self) -> bool: ...

    def read(self) -> AbstractContextManager[Connection]: ...

    def write(self) -> AbstractContextManager[Connection]: ...


class Database:
    """Opens a transaction for each call."""

    def __init__(
        self, url: str, *, busy_timeout: timedelta = BUSY_TIMEOUT, reading: bool = False
    ) -> None:
        """`reading`: nothing is created or written, and a database that cannot be will do."""
        self.url = _parse(url)
        self.path = _sqlite_path(self.url)
        self.reading = reading
        self._readable = Readable(self.path) if self.path and reading else None
        if self.path is None:
            self.engine = _postgresql_engine(self.url, busy_timeout)
        elif self._readable is not None:
            self.engine = _sqlite_engine(self._readable.name, busy_timeout, reading=True)
        else:
            prepare(self.path)
            self.engine = _sqlite_engine(writing(self.path), busy_timeout, reading=False)
        self.asked = 0
        event.listen(self.engine, "before_cursor_execute", self._count)

    def _count(self, _connection: object, _cursor: object, statement: str, *_: object) -> None:
        self.asked += not statement.startswith("BEGIN")

    def close(self) -> None:
        self.engine.dispose()
        if self._readable is not None:
            self._readable.close()

    @property
    def sqlite(self) -> bool:
        return self.path is not None

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Reads of one moment: nothing that commits meanwhile is seen."""
        with translated(self.path), self.engine.connect() as connection:
            if not self.sqlite:
                connection.execution_options(isolation_level="REPEATABLE READ")
            with connection.begin():
                yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that commits at the end, unless an exception leaves it."""
        with translated(self.path), self.engine.connect() as connection:
            connection.execution_options(monitor_writes=True)
            with connection.begin():
                yield connection

    @contextmanager
    def raw(self) -> Iterator[sqlite3.Connection]:
        """The driver's own connection, for what SQLite alone can do."""
        with translated(self.path), self.engine.connect() as connection:
            driver = connection.connection.driver_connection
            assert isinstance(driver, sqlite3.Connection)
            try:
                yield driver
            except sqlite3.DatabaseError as error:
                raise DatabaseError(None, None, error) from error


class InTransaction:
    """Lends out the connection of a transaction that is already open."""

    def __init__(self, connection: Connection, database: Database, *, writable: bool) -> None:
        self._connection = connection
        self._writable = writable
        self._path = database.path
        self.sqlite = database.sqlite

    @contextmanager
    def read(self) -> Iterator[Connection]:
        with translated(self._path):
            yield self._connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        assert self._writable, "a write inside store.reading()"
        with translated(self._path):
            yield self._connection


@contextmanager
def translated(path: Path | None = None) -> Iterator[None]:
    """Raises Conflict for a broken unique or foreign key, StoreUnavailable for a database that
    cannot answer now, StoreDamaged for one that is not what we wrote, naming its file. What is a
    fault of ours (wrong SQL, wrong data) passes as it is."""
    try:
        yield
    except IntegrityError as error:
        raise Conflict(f"the database refused it: {line_of(error)}") from error
    except DBAPIError as error:
        if (known := judge(error, path)) is None:
            raise
        raise known from error
    except UnicodeDecodeError as error:
        # The driver's, when it reads a name or a message that is no text any more.
        raise damaged(path, "what should be text is none") from error
    except PoolTimeout as error:
        raise StoreUnavailable("the database cannot be used: no free connection") from error


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


def _sqlite_engine(name: str, busy_timeout: timedelta, *, reading: bool) -> Engine:
    def connect() -> sqlite3.Connection:
        return sqlite3.connect(name, uri=True, check_same_thread=False)

    engine = create_engine("sqlite://", creator=connect, poolclass=QueuePool)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        # The driver would open transactions by itself, and only at the first write.
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {int(busy_timeout.total_seconds() * 1000)}")
        if reading:
            cursor.execute("PRAGMA query_only = ON")
            return
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
    idle = int(IDLE_TIMEOUT.total_seconds() * 1000)
    try:
        return _reached(url, milliseconds, idle)
    except ModuleNotFoundError as error:
        raise ExtraMissing("store.url names PostgreSQL", "postgresql") from error


def _reached(url: URL, milliseconds: int, idle: int) -> Engine:
    return create_engine(
        url,
        # A server that was restarted is noticed at checkout and not in the middle of the work.
        pool_pre_ping=True,
        pool_timeout=CONNECT_TIMEOUT.total_seconds(),
        connect_args={
            "connect_timeout": int(CONNECT_TIMEOUT.total_seconds()),
            "application_name": "monitor",
            "options": f"-c timezone=UTC -c lock_timeout={milliseconds}"
            f" -c idle_in_transaction_session_timeout={idle}",
        },
    )
