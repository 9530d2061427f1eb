"""A world in which two posts are known: made once for a worker, then copied for each test."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from datetime import datetime
from pathlib import Path

import psycopg

from monitor.store.tables import metadata
from tests.integration.pipeline.world import World

_TABLES = [table.name for table in metadata.sorted_tables]
_KEPT = "settled"
"""The schema of PostgreSQL in which the rows stay."""


class Settled:
    """Templates of files and rows, by sort of database."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._until: dict[str, datetime] = {}

    def copy(self, folder: Path, url: str) -> World:
        """A world whose database is empty until now. It has been restarted since it settled."""
        sort = url.partition(":")[0]
        template = self._folder / sort
        if sort not in self._until:
            self._until[sort] = _settle(World(template, url))
            _keep(template, url)
        else:
            _fill(template, url)
        shutil.copytree(template / "snapshots", folder / "snapshots")
        return World(folder, url, now=self._until[sort])


def _settle(world: World) -> datetime:
    """Everybody has been welcomed, and cleo has left again."""
    world.says("2026-03-01", president="Adam", speaker="Berta")
    world.passes()
    welcomed = {mail.to for mail in world.mail()}
    assert welcomed == {"ana@example.org", "ben@example.org", "cleo@example.org"}
    cleo = world.program.store.subscriptions.find("cleo@example.org", "digest")
    assert cleo is not None
    world.program.store.subscriptions.set_state(cleo.id, "unsubscribed", "her wish", now=world.now)
    world.close()
    return world.now


def _keep(template: Path, url: str) -> None:
    if _is_sqlite(url):
        # Where the file lies, its first node has written into it; a copy has no home yet.
        with closing(sqlite3.connect(_file(url))) as connection, connection:
            connection.execute("DELETE FROM meta WHERE name = 'home'")
        shutil.copy(_file(url), template / "monitor.db")
    else:
        copies = (f'CREATE TABLE {_KEPT}."{name}" AS TABLE public."{name}"' for name in _TABLES)
        _run(url, [f"CREATE SCHEMA {_KEPT}", *copies])


def _fill(template: Path, url: str) -> None:
    if _is_sqlite(url):
        shutil.copy(template / "monitor.db", _file(url))
    else:
        _run(url, (f'INSERT INTO "{name}" TABLE {_KEPT}."{name}"' for name in _TABLES))


def _run(url: str, statements: Iterable[str]) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(";".join(["SET session_replication_role = replica", *statements]))


def _is_sqlite(url: str) -> bool:
    return url.startswith("sqlite:")


def _file(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))
