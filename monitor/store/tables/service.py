"""About ourselves: facts of this database, the nodes that serve it, what the operator must know."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table, text

from monitor.store.columns import Utc, UtcOrNever, Words
from monitor.store.tables.base import identity, metadata

meta = Table(
    "meta",
    metadata,
    Column("name", Words, primary_key=True),
    Column("value", Words, nullable=False),
)

nodes = Table(
    "nodes",
    metadata,
    Column("id", Words, primary_key=True),
    Column("host", Words, nullable=False),
    Column("pid", Integer, nullable=False),
    Column("started_at", Utc, nullable=False),
    Column("seen_at", Utc, nullable=False),
    Column("ended_at", Utc),
    # Until when it lives unless it says so again, by the database's clock; NULL on SQLite.
    Column("lease_until", Utc),
)

# Pieces of work that one node does for all: who holds each and until when by the database's clock
# (NULL: nobody), and what was done of it last.
work = Table(
    "work",
    metadata,
    Column("sort", Words, primary_key=True),
    Column("key", Words, primary_key=True),
    Column("node", Words),
    Column("token", Words),
    Column("lease_until", Utc),
    Column("note", Words, nullable=False, server_default=""),
)

notices = Table(
    "notices",
    metadata,
    identity(),
    Column("condition", Words, nullable=False),
    Column("text", Words, nullable=False),
    Column("opened_at", UtcOrNever, nullable=False),
    Column("told_at", UtcOrNever),
    Column("over_at", UtcOrNever),
    Column("over_told_at", UtcOrNever),
    # One open notice per condition, whoever sees it first.
    Index(
        "uq_notices_open",
        "condition",
        unique=True,
        sqlite_where=text("over_at IS NULL"),
        postgresql_where=text("over_at IS NULL"),
    ),
)
