"""The world with its cast; where the database matters, on both."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.pipeline.world import World


@pytest.fixture
def world(tmp_path: Path, sqlite_url: str) -> Iterator[World]:
    """Two posts are known, everybody has been welcomed, and cleo has left again."""
    yield from _settled(World(tmp_path / "world", sqlite_url))


@pytest.fixture
def each_world(tmp_path: Path, database_url: str) -> Iterator[World]:
    """As `world`, once on SQLite and once on PostgreSQL."""
    yield from _settled(World(tmp_path / "world", database_url))


def _settled(world: World) -> Iterator[World]:
    world.says("2026-03-01", president="Adam", speaker="Berta")
    world.passes()
    welcomed = {mail.to for mail in world.mail()}
    assert welcomed == {"ana@example.org", "ben@example.org", "cleo@example.org"}
    cleo = world.program.store.subscriptions.find("cleo@example.org", "digest")
    assert cleo is not None
    world.program.store.subscriptions.set_state(cleo.id, "unsubscribed", "her wish", now=world.now)
    yield world
    world.close()


@pytest.fixture
def lone_world(tmp_path: Path, sqlite_url: str) -> Iterator[World]:
    """Nothing has been said yet; on SQLite."""
    world = World(tmp_path / "world", sqlite_url)
    yield world
    world.close()
