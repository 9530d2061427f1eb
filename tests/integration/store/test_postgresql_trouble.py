"""PostgreSQL that refuses, is full, or may only be read: one plain line each."""

from __future__ import annotations

import psycopg
import pytest
from sqlalchemy import make_url
from sqlalchemy.exc import DataError, InternalError, OperationalError, ProgrammingError

from monitor.errors import NotFound, StoreDamaged, StoreUnavailable
from monitor.store import open_store
from monitor.store.damage import judge
from tests.integration.store.world import situation
from tests.postgres import PostgresServer

Failure = type[OperationalError] | type[ProgrammingError] | type[InternalError] | type[DataError]


def failed(kind: Failure, error: psycopg.Error) -> StoreUnavailable | None:
    return judge(kind("INSERT", {}, error), None)


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        (OperationalError, psycopg.errors.DiskFull("could not extend file: No space left")),
        (OperationalError, psycopg.errors.AdminShutdown("terminating connection")),
        (OperationalError, psycopg.errors.TooManyConnections("too many clients already")),
        (InternalError, psycopg.errors.ReadOnlySqlTransaction("in a read-only transaction")),
        (ProgrammingError, psycopg.errors.InsufficientPrivilege("permission denied")),
    ],
)
def test_what_a_person_can_mend_is_a_line(kind: Failure, error: psycopg.Error) -> None:
    judged = failed(kind, error)

    assert str(judged) == f"the database cannot be used: {error}"
    assert not isinstance(judged, StoreDamaged)


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        (InternalError, psycopg.errors.DataCorrupted("invalid page in block 7")),
        (InternalError, psycopg.errors.IndexCorrupted("unexpected zero page")),
        (ProgrammingError, psycopg.errors.UndefinedTable('relation "outbox" does not exist')),
    ],
)
def test_damage_is_told_from_trouble(kind: Failure, error: psycopg.Error) -> None:
    judged = failed(kind, error)

    assert isinstance(judged, StoreDamaged)
    assert str(error) in str(judged)
    assert "pg_restore" in str(judged)


def test_wrong_sql_stays_a_fault_of_the_program() -> None:
    assert failed(ProgrammingError, psycopg.errors.SyntaxError("at or near")) is None
    assert failed(DataError, psycopg.errors.NumericValueOutOfRange("too big")) is None


@pytest.mark.postgresql
def test_a_database_or_a_role_that_is_not_there_is_a_line(
    postgresql_server: PostgresServer,
) -> None:
    url = make_url(postgresql_server.url("nowhere"))
    for wrong in (url, url.set(database="postgres", username="nobody_known")):
        with pytest.raises(StoreUnavailable, match="does not exist") as refused:
            open_store(wrong.render_as_string(hide_password=False))
        assert "\n" not in str(refused.value)


@pytest.mark.postgresql
def test_a_server_that_may_only_be_read_can_be_read(postgresql_url: str) -> None:
    with psycopg.connect(postgresql_url, autocommit=True) as connection:
        name = connection.info.dbname
        connection.execute(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on')
        try:
            store = open_store(postgresql_url, reading=True)
            assert store.situations.all() == ()
            store.close()
            store = open_store(postgresql_url)
            with pytest.raises(StoreUnavailable, match="read-only transaction"):
                situation(store)
            store.close()
        finally:
            connection.execute("SET default_transaction_read_only = off")
            connection.execute(f'ALTER DATABASE "{name}" RESET default_transaction_read_only')


@pytest.mark.postgresql
def test_reading_an_empty_database_makes_no_tables(postgresql_server: PostgresServer) -> None:
    url = postgresql_server.url(postgresql_server.create())
    with pytest.raises(NotFound, match="no tables of monitor yet"):
        open_store(url, reading=True)
    with psycopg.connect(url) as connection:
        found = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
        assert found.fetchone() == (0,)
