"""A database that is emptied, gone, cut short, overwritten or not ours: one line, exit status 2."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.acceptance.site import Site

READER = "reader@localhost"
COMMANDS = (("status",), ("subscriptions",), ("diff", "ukraine-talks"), ("run", "--once"))


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("served")
    Site(folder).monitor("run", "--once")
    return folder


@pytest.fixture
def site(served: Path, tmp_path: Path) -> Site:
    shutil.copytree(served, tmp_path / "site")
    return Site(tmp_path / "site")


def database(site: Site) -> Path:
    return site.folder / "var" / "monitor.db"


def last_line(site: Site, *command: str) -> str:
    """What a command that must fail says; status, which a person asks, says it as its answer."""
    output, errors = site.monitor_bytes(*command, code=1 if command == ("status",) else 2)
    said = (output.decode() + errors).splitlines()
    assert not [line for line in said if "a fault in monitor" in line or "Traceback" in line]
    return said[-1]


def empties(file: Path) -> None:
    file.write_bytes(b"")


def deletes(file: Path) -> None:
    file.unlink()


@pytest.mark.parametrize("loses", [empties, deletes])
@pytest.mark.parametrize("command", [*COMMANDS, ("unsubscribe", READER)], ids=" ".join)
def test_a_database_that_is_lost_is_not_taken_for_a_new_one(
    site: Site, loses: Callable[[Path], None], command: tuple[str, ...]
) -> None:
    told = len(site.mail(READER))
    loses(database(site))
    line = last_line(site, *command)

    assert f"{database(site)} is {'gone' if loses is deletes else 'empty'}" in line
    assert f"to start anew, with everybody welcomed again, remove {database(site)}.lock" in line
    assert len(site.mail(READER)) == told


@pytest.mark.parametrize("loses", [empties, deletes])
def test_a_person_may_start_anew(site: Site, loses: Callable[[Path], None]) -> None:
    told = len(site.mail(READER))
    loses(database(site))
    database(site).with_name("monitor.db.lock").unlink()
    site.monitor("run", "--once")

    assert len(site.mail(READER)) > told


def test_an_empty_file_that_was_never_served_is_a_beginning(tmp_path: Path) -> None:
    (tmp_path / "var").mkdir()
    empties(tmp_path / "var" / "monitor.db")
    Site(tmp_path).monitor("run", "--once")


def test_a_database_that_only_a_command_made_is_missed_as_well(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.monitor("provision")
    deletes(database(site))

    assert "is gone" in last_line(site, "run", "--once")


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("kept", [0, 16])
def test_bytes_flipped_anywhere_are_damage_and_no_fault_of_ours(
    site: Site, seed: int, kept: int
) -> None:
    chance, data = random.Random(seed), bytearray(database(site).read_bytes())
    for _ in range(4000):
        data[chance.randrange(kept, len(data))] = chance.randrange(256)
    for command in COMMANDS:
        database(site).write_bytes(data)
        line = last_line(site, *command)

        assert "is damaged: " in line
        assert "put a backup in its place" in line


@pytest.mark.parametrize("left", [100, 512, 4096, 40_960, 409_600])
def test_a_file_that_was_cut_short_is_damaged(site: Site, left: int) -> None:
    data = database(site).read_bytes()[:left]
    for command in COMMANDS:
        database(site).write_bytes(data)
        assert "is damaged: " in last_line(site, *command)


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("blobs", "data = x'7b2241'"),
        ("blobs", "data = x'ff00fe'"),
        ("subscriptions", "spec = CAST(x'7bff' AS TEXT)"),
        ("outbox", "created_at = 'the day before'"),
    ],
)
def test_a_value_that_cannot_be_read_names_its_place(site: Site, table: str, change: str) -> None:
    with sqlite3.connect(database(site)) as connection:
        connection.execute(f"UPDATE {table} SET {change}")
    connection.close()
    commands = {"blobs": ("diff", "ukraine-talks"), "outbox": ("status",)}
    line = last_line(site, *commands.get(table, ("subscriptions",)))

    assert "is damaged: " in line
    assert change.partition(" ")[0] in line


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_another_programs_database_is_left_alone(site: Site, command: tuple[str, ...]) -> None:
    deletes(database(site))
    with sqlite3.connect(database(site)) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")
    connection.close()

    assert "is another program's" in last_line(site, *command)
    with sqlite3.connect(database(site)) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master").fetchall()
    connection.close()
    assert tables == [("recipes",)]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_text_and_a_folder_are_no_database(site: Site, command: tuple[str, ...]) -> None:
    database(site).write_text("Dear all, the minutes of Monday are attached.\n" * 99)
    assert "file is not a database" in last_line(site, *command)
    deletes(database(site))
    database(site).mkdir()
    _, errors = site.monitor_bytes(*command, code=2)
    assert "is a folder, want a file" in errors


def test_tables_that_are_gone_are_damage(site: Site) -> None:
    with sqlite3.connect(database(site)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("DROP TABLE outbox")
    connection.close()

    assert "tables are gone (outbox)" in last_line(site, "run", "--once")


def test_a_damaged_database_is_not_copied(site: Site) -> None:
    data = bytearray(database(site).read_bytes())
    data[8192:9000] = random.Random(7).randbytes(808)
    database(site).write_bytes(data)

    assert "damaged" in last_line(site, "backup", "copy.db")
    assert not (site.folder / "copy.db").exists()
