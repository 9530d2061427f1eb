"""The world with its cast; where the database matters, on both."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.pipeline.settled import Settled
from tests.integration.pipeline.world import World


@pytest.fixture(scope="session")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Settled:
    return Settled(tmp_path_factory.mktemp("settled"))


@pytest.fixture
def world(tmp_path: Path, sqlite_url: str, settled: Settled) -> Iterator[World]:
    """Two posts are known, everybody has been welcomed, and cleo has left again."""
    world = settled.copy(tmp_path / "world", sqlite_url)
    yield world
    world.close()


@pytest.fixture
def each_world(tmp_path: Path, database_url: str, settled: Settled) -> Iterator[World]:
    """As `world`, once on SQLite and once on PostgreSQL."""
    world = settled.copy(tmp_path / "world", database_url)
    yield world
    world.close()


@pytest.fixture
def lone_world(tmp_path: Path, sqlite_url: str) -> Iterator[World]:
    """Nothing has been said yet; on SQLite."""
    world = World(tmp_path / "world", sqlite_url)
    yield world
    world.close()
