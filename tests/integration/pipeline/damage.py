"""Somebody's hand, or a bad disk, in the tables."""

from __future__ import annotations

from typing import Any

from sqlalchemy import create_engine, text

from tests.integration.pipeline.world import World


def damage(world: World, statement: str, **values: object) -> list[Any]:
    """What the statement returns, if it is a question."""
    engine = create_engine(world.url.replace("postgresql://", "postgresql+psycopg://"))
    try:
        with engine.begin() as connection:
            done = connection.execute(text(statement), values)
            return list(done.all()) if done.returns_rows else []
    finally:
        engine.dispose()
