"""Databases of earlier programs, brought over when they are opened, or refused in one line.

`releases/0.1.sql` is a dump of what the program of release 0.1 left: three readers who have been
welcomed, alerted and sent digests. Letters in it are shortened.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from monitor.errors import StoreUnavailable
from monitor.store import Store, open_store
from monitor.store.engine import Database
from monitor.store.migrations import BETWEEN, HEAD
from monitor.store.migrations.steps import configuration
from monitor.store.tables import metadata
from tests.databases import BOTH
from tests.integration.store.world import NOW
from tests.postgres import PostgresServer

DUMP = Path(__file__).parent / "releases" / "0.1.sql"

DUE = "alembic_version"


def _sqlite(path: Path) -> str:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(DUMP.read_text())
    return f"sqlite:///{path}"


def _postgresql(server: PostgresServer, of: Path) -> str:
    """The same rows in tables that the step of release 0.1 has made."""
    url = server.url(server.create())
    database = Database(url)
    with database.write() as connection:
        command.upgrade(configuration(connection), "0003")
    database.close()
    with closing(sqlite3.connect(of)) as old, psycopg.connect(url, autocommit=True) as new:
        old.row_factory = sqlite3.Row
        names = [row[0] for row in old.execute("SELECT name FROM sqlite_master WHERE type='table'")]
        new.execute("SET session_replication_role = replica")
        for name in set(names) - {DUE}:
            for row in old.execute(f'SELECT * FROM "{name}"'):
                values = [str(one) if isinstance(one, int) else one for one in row]
                columns = ", ".join(f'"{column}"' for column in row.keys())  # noqa: SIM118
                marks = ", ".join(["%s"] * len(values))
                new.execute(f'INSERT INTO "{name}" ({columns}) VALUES ({marks})', values)
    return url


@pytest.fixture(params=BOTH)
def of_release_0_1(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    url = _sqlite(tmp_path / "monitor.db")
    if request.param == "sqlite":
        return url
    return _postgresql(request.getfixturevalue("postgresql_server"), tmp_path / "monitor.db")


def _differences(store: Store) -> list[object]:
    with store._database.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, metadata))


def test_a_database_of_release_0_1_is_brought_over_with_all_it_holds(of_release_0_1: str) -> None:
    with closing(open_store(of_release_0_1)) as store:
        assert _differences(store) == []
        assert [one.ref.as_of for one in store.versions.history("posts")] == [
            "2026-03-01",
            "2026-03-02",
            "2026-03-04",
        ]
        assert [as_of for _, as_of in store.snapshots.seen_again("posts")] == ["2026-03-03"]
        latest = store.versions.latest("posts")
        assert latest is not None
        readers = store.subscriptions.all()
        assert [one.spec.address.split("@")[0] for one in readers] == ["ana", "ben", "cleo"]
        assert {one.pointers[0].told for one in readers} == {latest.id}
        sent = store.outbox.find(limit=100)
        assert len(sent) == 10
        assert all(store.digests.input(one.digest) for one in sent if one.digest)
        assert [one.result for one in store.outbox.deliveries(sent[0].id)] == ["sent"]


def test_what_was_said_and_what_followed_is_read_as_it_was_written(of_release_0_1: str) -> None:
    _to("0009", of_release_0_1)
    with closing(Database(of_release_0_1)) as database, database.read() as connection:
        said = connection.execute(text("SELECT id, data, content FROM snapshots")).all()
        states = connection.execute(
            text("SELECT versions.id, document FROM versions JOIN contents ON hash = content_hash")
        ).all()
    with closing(open_store(of_release_0_1)) as store:
        assert len(said) > len(states) > 1
        for number, data, content in said:
            assert store.snapshots.data(number) == bytes(data)
            assert store.snapshots.content(number) == json.loads(content)
            assert store.snapshots.get(number).authorship is None
        for number, document in states:
            assert store.versions.state(number).document == json.loads(document)


def test_its_messages_get_where_they_ended(of_release_0_1: str) -> None:
    with closing(open_store(of_release_0_1)) as store, store._database.read() as connection:
        query = text("SELECT start FROM outbox WHERE subscription_id = 1 ORDER BY seq")
        spans = connection.execute(query).scalars().all()
    assert spans == [None, '{"posts":[1,1,1,2]}', '{"posts":[1,2,1,3]}', '{"posts":[1,3,3,3]}']


@pytest.mark.parametrize("revision", BETWEEN)
def test_one_that_stopped_just_before_release_0_2_lacks_only_the_end(
    of_release_0_1: str, revision: str
) -> None:
    _back_to(revision, of_release_0_1)
    with closing(open_store(of_release_0_1)) as store:
        assert _differences(store) == []
        assert len(store.outbox.find(limit=100)) == 10
    with closing(Database(of_release_0_1)) as database, database.read() as connection:
        assert connection.execute(text(f"SELECT version_num FROM {DUE}")).scalar() == HEAD


DROPPED_LAST = (
    "CREATE TABLE comparisons (id INTEGER)",
    "CREATE TABLE sightings (id INTEGER)",
    "ALTER TABLE files ADD COLUMN seen_at TEXT",
    "ALTER TABLE sources ADD COLUMN ok_at TEXT",
    "ALTER TABLE snapshots ADD COLUMN note TEXT",
    "ALTER TABLE deliveries ADD COLUMN token TEXT",
)
ADDED_LAST = ("DROP INDEX ix_snapshots_weigh", "ALTER TABLE snapshots DROP COLUMN weigh")


def _back_to(revision: str, url: str) -> None:
    """As a program between the releases left it: brought over but for the last steps."""
    _to("0009", url)
    undone = (*DROPPED_LAST, *ADDED_LAST) if revision == BETWEEN[0] else ADDED_LAST
    with closing(Database(url)) as database, database.write() as connection:
        for statement in (*undone, f"UPDATE {DUE} SET version_num = '{revision}'"):
            connection.execute(text(statement))


@pytest.mark.parametrize("revision", ["0001", "0002", "0004", "0005", "0006"])
def test_one_between_two_releases_is_refused_in_a_line_and_left_alone(
    of_release_0_1: str, revision: str
) -> None:
    _stamp(of_release_0_1, revision)
    for reading in (False, True):
        with pytest.raises(StoreUnavailable, match="between two releases") as refused:
            open_store(of_release_0_1, reading=reading)
        line = str(refused.value)
        assert f"revision {revision}" in line
        assert "put back what release 0.1 left" in line
        assert "\n" not in line


def _to(revision: str, url: str) -> None:
    with closing(Database(url)) as database, database.write() as connection:
        command.upgrade(configuration(connection), revision)


def _stamp(url: str, revision: str) -> None:
    with closing(Database(url)) as database, database.write() as connection:
        connection.execute(text(f"UPDATE {DUE} SET version_num = :now"), {"now": revision})


def test_it_is_copied_beside_itself_before_it_is_brought_over(tmp_path: Path) -> None:
    with closing(open_store(_sqlite(tmp_path / "monitor.db"))):
        pass
    with closing(sqlite3.connect(tmp_path / f"monitor.db.before-{HEAD}")) as old:
        assert old.execute(f"SELECT version_num FROM {DUE}").fetchall() == [("0003",)]


def test_room_that_an_upgrade_frees_is_given_back(tmp_path: Path) -> None:
    url = _sqlite(tmp_path / "monitor.db")
    _to("0009", url)
    with closing(sqlite3.connect(tmp_path / "monitor.db")) as connection, connection:
        connection.execute("UPDATE snapshots SET data = CAST(printf('%.*c', 500000, 'x') AS BLOB)")
    before = (tmp_path / "monitor.db").stat().st_size
    open_store(url).close()
    assert (tmp_path / "monitor.db").stat().st_size < before / 3


def test_an_upgrade_that_is_tried_again_keeps_each_copy(tmp_path: Path) -> None:
    url = _sqlite(tmp_path / "monitor.db")
    (tmp_path / f"monitor.db.before-{HEAD}").write_text("of an upgrade that failed")
    open_store(url).close()
    assert (tmp_path / f"monitor.db.before-{HEAD}").read_text() == "of an upgrade that failed"
    assert (tmp_path / f"monitor.db.before-{HEAD}.2").stat().st_size > 0


def test_a_service_starts_on_what_was_brought_over(of_release_0_1: str) -> None:
    with closing(open_store(of_release_0_1)) as store:
        store.nodes.start(now=NOW)
        store.nodes.stop(now=NOW)
