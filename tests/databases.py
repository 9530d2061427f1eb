"""Fixtures that run a test on SQLite and on PostgreSQL, each time on a database of its own."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from monitor.store import Store, open_store
from tests.postgres import PostgresServer, fresh_database, postgres_problem

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
def postgresql_template(postgresql_server: PostgresServer) -> str:
    """The name of a database with our tables, to copy."""
    name = postgresql_server.create()
    open_store(postgresql_server.url(name)).close()
    return name


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
def postgresql_url(postgresql_server: PostgresServer, postgresql_template: str) -> Iterator[str]:
    with fresh_database(postgresql_server, template=postgresql_template) as url:
        yield url


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
