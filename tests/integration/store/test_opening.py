"""Opening a database: creating, upgrading, refusing, and errors in our words."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.dialects.sqlite import dialect as sqlite_dialect

from monitor.errors import Conflict, SettingsError, StoreUnavailable
from monitor.store import Store, open_store
from monitor.store.columns import Utc
from monitor.store.engine import Database
from monitor.store.migrations import HEAD
from monitor.store.migrations.steps import configuration
from monitor.store.tables import metadata
from tests.integration.store.world import NOW, letter, situation, states
from tests.postgres import PostgresServer


def test_the_migrations_make_exactly_the_tables(database_url: str) -> None:
    database = Database(database_url)
    with database.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
    database.close()


def test_the_head_is_the_last_step() -> None:
    assert ScriptDirectory.from_config(configuration()).get_heads() == [HEAD]


def test_it_makes_the_file_and_its_folder_for_the_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "var" / "deep" / "monitor.db"
    open_store(f"sqlite:///{path}").close()
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_database_of_a_newer_program_is_refused_and_left_alone(sqlite_url: str) -> None:
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    with pytest.raises(StoreUnavailable, match=r"newer monitor \(revision 9999\)"):
        open_store(sqlite_url)


@pytest.mark.postgresql
def test_two_nodes_that_start_on_an_empty_database_both_come_up(
    postgresql_server: PostgresServer,
) -> None:
    url = postgresql_server.url(postgresql_server.create())
    stores = [open_store(url) for _ in range(2)]
    for store in stores:
        assert not store.nodes.start(now=NOW).restored
        store.close()


@pytest.mark.parametrize(
    "url", ["", "monitor.db", "mysql://host/db", "sqlite://", "sqlite:///:memory:"]
)
def test_a_url_of_another_sort_is_refused(url: str) -> None:
    with pytest.raises(SettingsError):
        open_store(url)


def test_a_password_is_in_no_error() -> None:
    with pytest.raises(StoreUnavailable) as refused:
        open_store("postgresql://ana:hunter2@127.0.0.1:1/none")
    assert "hunter2" not in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_place_that_cannot_hold_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreUnavailable, match=r"cannot create|is not a folder"):
        open_store(f"sqlite:///{tmp_path}/file/monitor.db")


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "monitor.db"
    path.write_bytes(b"not a database at all" * 100)
    with pytest.raises(StoreUnavailable, match="not a database"):
        open_store(f"sqlite:///{path}")


def test_a_full_disk_is_an_error_in_our_words_and_writes_nothing(sqlite_url: str) -> None:
    store = open_store(sqlite_url)
    with store.transaction() as tx:
        body = letter(tx)
    database = store._database
    with database.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        # SQLite's own limit gives the very error of a full disk.
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StoreUnavailable, match="full"):
        store.digests.add_body(b"x" * 1_000_000)
    with database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
    store.outbox.post([body], now=NOW)
    assert states(store) == ["pending"]
    store.close()


def test_a_read_only_database_can_be_read_and_says_so_when_written(sqlite_url: str) -> None:
    store = open_store(sqlite_url)
    with store._database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA query_only = ON")
    assert store.situations.all() == ()
    with pytest.raises(StoreUnavailable, match="readonly"):
        situation(store)
    store.close()


def test_a_writer_waits_for_another_and_gives_up_at_its_limit(sqlite_url: str) -> None:
    store = open_store(sqlite_url, busy_timeout=timedelta(milliseconds=50))
    path = sqlite_url.removeprefix("sqlite:///")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreUnavailable, match="locked"):
        situation(store)
    assert store.situations.all() == ()
    other.execute("COMMIT")
    other.close()
    situation(store)
    store.close()


def test_a_read_that_began_before_a_write_still_sees_its_moment(store: Store) -> None:
    with store.reading() as before:
        assert before.situations.all() == ()
        situation(store)
        assert before.situations.all() == ()
    assert len(store.situations.all()) == 1


def test_a_write_inside_a_reading_is_a_fault_of_the_program(store: Store) -> None:
    with store.reading() as tx, pytest.raises(AssertionError):
        situation(tx)


def test_a_transaction_left_by_an_exception_has_written_nothing(store: Store) -> None:
    with pytest.raises(Conflict), store.transaction() as tx:
        situation(tx)
        raise Conflict("changed our mind")
    assert store.situations.all() == ()


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(TypeError, match="no time zone"):
        Utc().process_bind_param(NOW.replace(tzinfo=None), sqlite_dialect())


def test_times_come_back_in_utc_to_the_microsecond(store: Store) -> None:
    local = NOW.replace(microsecond=7).astimezone()
    store.sources.checked("folder", now=local)
    (source,) = store.sources.all()
    assert source.checked_at == local
    assert source.checked_at.utcoffset() == timedelta(0)
