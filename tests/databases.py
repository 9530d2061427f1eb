"""Fixtures that run a test on SQLite and on PostgreSQL, each time on a database of its own."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from monitor.store import Store, open_store
from monitor.store.tables import metadata
from tests.postgres import PostgresServer, postgres_problem

BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[PostgresServer]:
    """One server for all tests of a worker. Missing: skipped with the reason, an error in CI."""
    problem = postgres_problem()
    if problem is not None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"PostgreSQL: {problem}")
    with PostgresServer() as server:
        yield server


@pytest.fixture(scope="session")
def postgresql_shared(postgresql_server: PostgresServer) -> str:
    """The URL of the one database that all tests of a worker use in turn."""
    url = postgresql_server.url(postgresql_server.create())
    open_store(url).close()
    return url


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with our tables, to copy."""
    path = tmp_path_factory.mktemp("template") / "monitor.db"
    open_store(f"sqlite:///{path}").close()
    return path


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    path = tmp_path / "monitor.db"
    shutil.copy(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def postgresql_url(postgresql_shared: str) -> str:
    """Emptied, not made anew: a database of its own for each test would cost half a second."""
    tables = "; ".join(f'DELETE FROM "{table.name}"' for table in metadata.sorted_tables)
    with psycopg.connect(postgresql_shared, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        connection.execute(f"SET session_replication_role = replica; {tables}")
    return postgresql_shared


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest) -> str:
    """An empty database with our tables; the test runs once on each sort."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    store = open_store(database_url)
    yield store
    store.close()
