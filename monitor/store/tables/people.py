"""Who logs in, what each has seen, and what a link or a machine may do once or until it ends."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Table

from monitor.store.columns import JsonText, Utc, Words
from monitor.store.tables.base import identity, metadata, reference

people = Table(
    "people",
    metadata,
    identity(),
    Column("name", Words, nullable=False, unique=True),
    # Whose subscriptions are hers; NULL: she follows all situations, and gets no mail.
    Column("address", Words),
    Column("role", Words, nullable=False),
    Column("password", Words, nullable=False),
    Column("language", Words, nullable=False),
    Column("zone", Words, nullable=False),
    Column("created_at", Utc, nullable=False),
    Column("ended_at", Utc),
    CheckConstraint("role IN ('reader', 'editor', 'admin')", name="role"),
)

# Of a token only its hash is kept: who reads the database cannot log in with it.
sessions = Table(
    "sessions",
    metadata,
    Column("hash", Words, primary_key=True),
    reference("person_id", "people.id"),
    Column("created_at", Utc, nullable=False),
    Column("seen_at", Utc, nullable=False),
    Column("expires_at", Utc, nullable=False),
    Index("ix_sessions_person_id", "person_id"),
)

looks = Table(
    "looks",
    metadata,
    Column("person_id", ForeignKey("people.id"), primary_key=True),
    Column("situation", Words, ForeignKey("situations.name"), primary_key=True),
    reference("version_id", "versions.id"),
    Column("at", Utc, nullable=False),
)

seen = Table(
    "seen",
    metadata,
    Column("person_id", ForeignKey("people.id"), primary_key=True),
    Column("situation", Words, ForeignKey("situations.name"), primary_key=True),
    Column("mark", Words, primary_key=True),
    Column("at", Utc, nullable=False),
)

machines = Table(
    "machines",
    metadata,
    Column("hash", Words, primary_key=True),
    Column("name", Words, nullable=False, unique=True),
    Column("scopes", JsonText, nullable=False),
    Column("created_at", Utc, nullable=False),
    Column("created_by", Words, nullable=False),
    Column("ended_at", Utc),
)

# What people have decided about versions; `by` is a person's name, or says that it was a command.
decisions = Table(
    "decisions",
    metadata,
    identity(),
    Column("situation", Words, ForeignKey("situations.name"), nullable=False),
    Column("what", Words, nullable=False),
    # As of when it is, and what it holds; both are empty where no single version was meant.
    Column("version", Words, nullable=False),
    Column("content_hash", Words, nullable=False),
    Column("by", Words, nullable=False),
    Column("reason", Words, nullable=False),
    Column("at", Utc, nullable=False),
    Index("ix_decisions_situation", "situation", "id"),
)

# What one link allows once: to make the first person, to confirm a subscription.
permits = Table(
    "permits",
    metadata,
    Column("hash", Words, primary_key=True),
    Column("purpose", Words, nullable=False),
    Column("about", JsonText, nullable=False),
    Column("created_at", Utc, nullable=False),
    Column("expires_at", Utc, nullable=False),
    Column("used_at", Utc),
)

# What strangers have asked for lately, under keys from which nobody reads who it was.
tries = Table(
    "tries",
    metadata,
    identity(),
    Column("key", Words, nullable=False),
    Column("at", Utc, nullable=False),
    Index("ix_tries_key", "key", "at"),
)

# That somebody was erased, not who: a keyed hash of what the configuration may call her.
erasures = Table(
    "erasures",
    metadata,
    Column("hash", Words, primary_key=True),
    Column("at", Utc, nullable=False),
)
