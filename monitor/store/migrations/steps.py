"""Alembic, without its command line and its configuration file."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

from monitor.store.migrations import BETWEEN


def configuration(connection: Connection | None = None) -> Config:
    """Alembic's settings for the steps in this folder, on a connection that is already open."""
    config = Config()
    # A `%` in a path would be read as an interpolation.
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def run(connection: Connection, found: str | None) -> None:
    """Applies every step after `found`, one of the KNOWN revisions or None."""
    if found in BETWEEN:
        # The step from 0.1 looks for itself how much of it is left to do.
        connection.execute(text("UPDATE alembic_version SET version_num = '0003'"))
    command.upgrade(configuration(connection), "head")
