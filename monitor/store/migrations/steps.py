"""Alembic, without its command line and its configuration file."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from monitor.errors import StoreUnavailable
from monitor.store.upgrading import newer


def configuration(connection: Connection | None = None) -> Config:
    """Alembic's settings for the steps in this folder, on a connection that is already open."""
    config = Config()
    # A `%` in a path would be read as an interpolation.
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def run(connection: Connection, found: str | None) -> None:
    """Applies every step after `found`. Raises StoreUnavailable for a revision not known here."""
    config = configuration(connection)
    known = {step.revision for step in ScriptDirectory.from_config(config).walk_revisions()}
    if found is not None and found not in known:
        raise StoreUnavailable(newer(found))
    command.upgrade(config, "head")
