"""What came back: a row for each report, never the mail itself; and how far a mailbox is read."""

from __future__ import annotations

from sqlalchemy import Column, Index, Table, UniqueConstraint

from monitor.store.columns import Id, Utc, UtcOrNever, Words
from monitor.store.tables.base import identity, metadata

bounces = Table(
    "bounces",
    metadata,
    identity(),
    Column("report", Words, nullable=False),
    Column("at", UtcOrNever, nullable=False),
    Column("way", Words, nullable=False),
    Column("sort", Words, nullable=False),
    Column("verdict", Words, nullable=False),
    Column("status", Words),
    Column("text", Words, nullable=False),
    Column("reporter", Words, nullable=False),
    Column("address", Words),
    # Of the outbox, where it may be kept no more.
    Column("message", Id),
    UniqueConstraint("report"),
    Index("ix_bounces_at", "at"),
    Index("ix_bounces_address", "address"),
    Index("ix_bounces_message", "message"),
)

mailboxes = Table(
    "mailboxes",
    metadata,
    Column("name", Words, primary_key=True),
    # Of IMAP: numbers of mail mean the same as long as this one does (RFC 3501, 2.3.1.1).
    Column("validity", Id, nullable=False),
    Column("read_to", Id, nullable=False),
    Column("trouble", Words),
    Column("trouble_at", Utc),
)
