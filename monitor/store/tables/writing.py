"""What is being written."""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    Table,
    text,
)

from monitor.store.columns import Utc, Words
from monitor.store.tables.base import identity, metadata, reference

# As text, in the index and in the queries alike: see messages.py.
OPEN = text("drafts.ended_at IS NULL")

drafts = Table(
    "drafts",
    metadata,
    identity(),
    Column("situation", Words, ForeignKey("situations.name"), nullable=False),
    # The snapshot as its writer has it, comments and faults included.
    Column("text", Words, nullable=False),
    # The version over which it was opened.
    reference("base_id", "versions.id", nullable=True),
    Column("opened_at", Utc, nullable=False),
    Column("opened_by", Words, nullable=False),
    # Grows with each save, so that of two who write at once none loses what she wrote.
    Column("edition", Integer, nullable=False, server_default="1"),
    Column("saved_at", Utc, nullable=False),
    Column("saved_by", Words, nullable=False),
    Column("ending", Words),
    Column("ended_at", Utc),
    Column("ended_by", Words),
    Index("ix_drafts_open", "situation", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),
    CheckConstraint("ending IN ('published', 'discarded')", name="ending"),
)
