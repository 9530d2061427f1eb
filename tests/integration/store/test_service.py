"""Serving a database: one service per SQLite file, copies, backups, forgetting."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from monitor.errors import Conflict, StoreUnavailable
from monitor.store import Store, open_store
from tests.integration.store.world import (
    DAY,
    NOW,
    SENT,
    again,
    at,
    claim,
    digest,
    letter,
    mark,
    messages,
    reader,
    states,
    version,
)

SERVE = """
import sys
from datetime import UTC, datetime
from monitor.store import open_store
store = open_store(sys.argv[1])
now = datetime(2026, 2, 17, 7, tzinfo=UTC)
store.nodes.start(now=now)
print(len(store.outbox.claim(limit=10, now=now)), flush=True)
sys.stdin.read()
"""


HALF_DONE = """
import sys
from datetime import UTC, datetime
from monitor.store import open_store
store = open_store(sys.argv[1])
with store.transaction() as tx:
    tx.situations.ensure("talks", kind="k", title=None, now=datetime(2026, 2, 17, tzinfo=UTC))
    print("written", flush=True)
    sys.stdin.read()
"""


def run(program: str, url: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", program, url],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def serve(url: str) -> subprocess.Popen[str]:
    """A service in a process of its own; it has claimed what was due once its line is read."""
    return run(SERVE, url)


def stop(process: subprocess.Popen[str]) -> None:
    """As a power cut would."""
    process.kill()
    process.communicate(timeout=30)


def test_a_second_service_on_one_file_is_refused_and_commands_may_write(sqlite_url: str) -> None:
    process = serve(sqlite_url)
    assert process.stdout is not None
    assert process.stdout.readline() == "0\n"
    command = open_store(sqlite_url)
    with pytest.raises(Conflict, match=f"process {process.pid}"):
        command.nodes.start(now=NOW)
    command.outbox.post([letter(command)], now=NOW)
    stop(process)
    assert not command.nodes.start(now=NOW).restored
    assert len(claim(command)) == 1
    command.close()


def test_what_a_killed_service_had_claimed_is_sent_by_the_next(sqlite_url: str) -> None:
    command = open_store(sqlite_url)
    command.outbox.post([letter(command)], now=NOW)
    process = serve(sqlite_url)
    assert process.stdout is not None
    assert process.stdout.readline() == "1\n"
    stop(process)
    assert command.nodes.start(now=NOW).recovered == 1
    (second,) = claim(command)
    assert second.attempts == 2
    command.close()


def test_a_killed_service_no_longer_serves_once_another_has_begun(sqlite_url: str) -> None:
    with run(SERVE, sqlite_url) as killed:
        assert killed.stdout is not None
        killed.stdout.readline()
        killed.kill()
    store = open_store(sqlite_url)
    started = store.nodes.start(now=NOW)
    assert [node.id for node in store.nodes.all() if node.ended_at is None] == [started.node]
    store.close()


def test_what_a_killed_process_had_not_committed_was_never_there(database_url: str) -> None:
    process = run(HALF_DONE, database_url)
    assert process.stdout is not None
    assert process.stdout.readline() == "written\n"
    stop(process)
    store = open_store(database_url)
    assert store.situations.all() == ()
    version(store, "2026-02-05")
    store.close()


@pytest.mark.postgresql
def test_two_nodes_share_one_database(postgresql_url: str) -> None:
    first, second = open_store(postgresql_url), open_store(postgresql_url)
    first.nodes.start(now=NOW)
    second.nodes.start(now=NOW + DAY)
    first.outbox.post([letter(first) for _ in range(2)], now=NOW)
    ours, theirs = claim(first, limit=1), claim(second)
    assert len({one.id for one in (*ours, *theirs)}) == 2
    assert len(second.nodes.all()) == 2
    assert len(second.nodes.all(seen_since=NOW + DAY)) == 1
    first.nodes.beat(now=NOW + DAY)
    first.nodes.stop(now=NOW + 2 * DAY)
    assert {node.ended_at for node in second.nodes.all()} == {None, NOW + 2 * DAY}
    first.close()
    second.close()


def owing(store: Store) -> None:
    old, new = version(store, "2026-02-05"), version(store, "2026-02-17")
    assert digest(store, reader(store, old), new)


def test_a_copied_file_holds_what_the_original_owed(sqlite_url: str, tmp_path: Path) -> None:
    original = open_store(sqlite_url)
    assert original.nodes.start(now=NOW).copied_at is None
    owing(original)
    original.close()
    clone = tmp_path / "clone.db"
    shutil.copy(tmp_path / "monitor.db", clone)
    copy = open_store(f"sqlite:///{clone}")
    started = copy.nodes.start(now=NOW + DAY)
    assert (started.restored, started.held) == (True, 1)
    assert claim(copy, now=NOW + DAY) == []
    copy.close()
    # It has a life of its own from now on.
    copy = open_store(f"sqlite:///{clone}")
    later = copy.nodes.start(now=NOW + 2 * DAY)
    assert (later.restored, later.copied_at) == (False, NOW + DAY)
    copy.close()


def test_a_backup_put_back_over_the_original_holds_what_it_owed(
    sqlite_url: str, tmp_path: Path
) -> None:
    store = open_store(sqlite_url)
    store.nodes.start(now=NOW)
    owing(store)
    store.backup(tmp_path / "backup.db")
    assert len(claim(store)) == 1
    store.close()
    inode = (tmp_path / "monitor.db").stat().st_ino
    shutil.copy(tmp_path / "backup.db", tmp_path / "monitor.db")
    assert (tmp_path / "monitor.db").stat().st_ino == inode
    store = open_store(sqlite_url)
    started = store.nodes.start(now=NOW)
    assert (started.restored, started.held) == (True, 1)
    (message,) = messages(store)
    store.outbox.let_go([message.id], now=NOW, expires_at=NOW + DAY)
    assert len(claim(store)) == 1
    with pytest.raises(Conflict, match="claimed, not held"):
        store.outbox.let_go([message.id], now=NOW, expires_at=NOW + DAY)
    store.close()


def test_what_is_held_in_a_copy_and_cancelled_is_told_by_the_next_digest(
    sqlite_url: str, tmp_path: Path
) -> None:
    store = open_store(sqlite_url)
    owing(store)
    store.backup(tmp_path / "backup.db")
    store.close()
    copy = open_store(f"sqlite:///{tmp_path / 'backup.db'}")
    copy.nodes.start(now=NOW)
    copy.outbox.cancel([one.id for one in messages(copy)], "asked", now=NOW)
    (ana,) = copy.subscriptions.all()
    assert ana.pointers == (at(copy.versions.resolve("talks", "2026-02-05")),)
    copy.close()


def test_what_the_original_has_told_is_cancelled_and_told_no_more(
    sqlite_url: str, tmp_path: Path
) -> None:
    store = open_store(sqlite_url)
    owing(store)
    store.backup(tmp_path / "backup.db")
    store.close()
    copy = open_store(f"sqlite:///{tmp_path / 'backup.db'}")
    copy.nodes.start(now=NOW)
    copy.outbox.cancel([one.id for one in messages(copy)], "asked", now=NOW, arrived=True)
    (ana,) = copy.subscriptions.all()
    assert ana.pointers == (at(copy.versions.resolve("talks", "2026-02-17")),)
    assert ana.undelivered_since is None
    copy.close()


@pytest.mark.postgresql
def test_a_database_made_from_a_dump_holds_what_the_original_owed(postgresql_url: str) -> None:
    store = open_store(postgresql_url)
    store.nodes.start(now=NOW)
    owing(store)
    with store.transaction() as tx, tx.outbox._access.write() as connection:
        # What a dump brings along is the number of the database that it was made from.
        connection.exec_driver_sql("UPDATE meta SET value = 'database 1' WHERE name = 'home'")
    started = store.nodes.start(now=NOW)
    assert (started.restored, started.held) == (True, 1)
    assert states(store) == ["held"]
    store.close()


def test_a_backup_is_whole_private_and_never_overwrites(sqlite_url: str, tmp_path: Path) -> None:
    store = open_store(sqlite_url)
    owing(store)
    target = tmp_path / "backup.db"
    store.backup(target)
    assert target.stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in tmp_path.glob("backup*")) == ["backup.db"]
    with pytest.raises(Conflict, match="exists already"):
        store.backup(target)
    with pytest.raises(StoreUnavailable, match="cannot write"):
        store.backup(tmp_path / "nowhere" / "backup.db")
    store.close()
    copy = open_store(f"sqlite:///{target}")
    assert states(copy) == ["pending"]
    copy.close()


@pytest.mark.postgresql
def test_a_backup_of_postgresql_names_its_own_tool(postgresql_url: str, tmp_path: Path) -> None:
    store = open_store(postgresql_url)
    with pytest.raises(
        StoreUnavailable, match=r"pg_dump --format=custom --file=.*b\.dump postgresql://"
    ):
        store.backup(tmp_path / "b.dump")
    store.close()


def test_what_is_over_and_old_is_forgotten_and_nothing_else(service: Store) -> None:
    old, new = version(service, "2026-02-05"), version(service, "2026-02-17")
    ana = reader(service, old)
    digest(service, ana, new)
    mark(service, claim(service), SENT)
    digest(service, again(service, ana), new, slot=NOW + DAY)
    service.notices.open("a", "x", now=NOW)
    assert sum(service.prune(before=NOW).values()) == 0
    gone = service.prune(before=NOW + DAY)
    assert (gone["outbox"], gone["bodies"]) == (1, 1)
    assert states(service) == ["pending"]
    assert len(service.versions.every("talks")) == 2
    assert again(service, ana).seq == 2
    assert len(claim(service)) == 1
    assert os.getpid() in [node.pid for node in service.nodes.all()]
