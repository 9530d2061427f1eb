"""What we know: situations, where snapshots came from, what they said, and the versions."""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    UniqueConstraint,
    text,
)

from monitor.store.columns import Id, JsonBytes, JsonText, Utc, Words
from monitor.store.tables.base import identity, metadata, reference

# As text, in the indexes and in the queries alike: see messages.py.
HELD = text("versions.state = 'held'")
ASIDE = text("snapshots.aside_at IS NOT NULL")
REFUSED = text("files.refused IS NOT NULL")

kinds = Table(
    "kinds",
    metadata,
    Column("hash", Words, primary_key=True),
    Column("name", Words, nullable=False),
    Column("schema", JsonBytes, nullable=False),
)

situations = Table(
    "situations",
    metadata,
    Column("name", Words, primary_key=True),
    Column("kind", Words, nullable=False),
    Column("title", Words),
    # What decides which day a time belongs to; stored times are written in it.
    Column("zone", Words, nullable=False, server_default="UTC"),
    Column("baseline_how", Words, nullable=False),
    # No foreign key: situations and versions would refer to each other.
    Column("baseline_id", Id),
    Column("created_at", Utc, nullable=False),
    # Grows with everything that decides what its readers hear: see revisions.py.
    Column("revision", Integer, nullable=False, server_default="0"),
    Index("ix_situations_revision", "revision"),
    CheckConstraint("baseline_how IN ('previous', 'pinned', 'advanced')", name="baseline_how"),
)

# Bytes as packing.py makes them: beside those of `base_id`, or alone at place 0.
blobs = Table(
    "blobs",
    metadata,
    identity(),
    # SHA-256 of the bytes.
    Column("hash", LargeBinary, nullable=False, unique=True),
    reference("base_id", "blobs.id", nullable=True),
    Column("place", Integer, nullable=False),
    Column("data", LargeBinary, nullable=False),
)

sources = Table(
    "sources",
    metadata,
    Column("name", Words, primary_key=True),
    Column("checked_at", Utc),
    Column("newest", Words),
    Column("trouble", Words),
)

snapshots = Table(
    "snapshots",
    metadata,
    identity(),
    Column("situation", Words, ForeignKey("situations.name"), nullable=False),
    Column("as_of", Words, nullable=False),
    Column("coverage", JsonText, nullable=False),
    Column("kind_hash", Words, ForeignKey("kinds.hash"), nullable=False),
    Column("title", Words),
    Column("source", Words),
    Column("path", Words),
    # NULL in no row: SQLite adds no column that must refer to something.
    reference("data_id", "blobs.id", nullable=True),
    reference("content_id", "blobs.id", nullable=True),
    Column("learned_at", Utc, nullable=False),
    # Who published its bytes, where and when.
    Column("authorship", JsonText),
    # What its writer says of the weight of its changes.
    Column("weigh", JsonText),
    # Why it counts no more (gone, undoing or withdrawn), since when, and in words.
    Column("aside", Words),
    Column("aside_at", Utc),
    Column("aside_reason", Words),
    Index("ix_snapshots_situation_as_of", "situation", "as_of"),
    # Few have any; the others, with all that they hold, need not be looked at.
    Index("ix_snapshots_weigh", "situation", sqlite_where=text("weigh IS NOT NULL"),
          postgresql_where=text("weigh IS NOT NULL")),
    Index("ix_snapshots_aside", "situation", sqlite_where=ASIDE, postgresql_where=ASIDE),
)  # fmt: skip

files = Table(
    "files",
    metadata,
    Column("source", Words, primary_key=True),
    Column("path", Words, primary_key=True),
    Column("digest", Words, nullable=False),
    Column("refused", Words),
    reference("snapshot_id", "snapshots.id", nullable=True),
    Index("ix_files_refused", "source", sqlite_where=REFUSED, postgresql_where=REFUSED),
)

contents = Table(
    "contents",
    metadata,
    Column("hash", Words, primary_key=True),
    reference("document_id", "blobs.id", nullable=True),
)

versions = Table(
    "versions",
    metadata,
    identity(),
    Column("situation", Words, ForeignKey("situations.name"), nullable=False),
    Column("as_of", Words, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("content_hash", Words, ForeignKey("contents.hash"), nullable=False),
    Column("kind_hash", Words, ForeignKey("kinds.hash"), nullable=False),
    Column("title", Words),
    reference("snapshot_id", "snapshots.id", nullable=True),
    Column("state", Words, nullable=False),
    Column("held", Words),
    # accident, early or undone; NULL in a held one of an older program means accident.
    Column("hold", Words),
    Column("learned_at", Utc, nullable=False),
    # NULL: not yet compared with the baseline.
    Column("compared_at", Utc),
    # The days on which something that it plans is over, with blanks between; NULL: not looked for.
    Column("lapses", Words),
    UniqueConstraint("situation", "as_of", "revision"),
    CheckConstraint("state IN ('current', 'held', 'rejected')", name="state"),
    Index("ix_versions_owed", "id", sqlite_where=text("compared_at IS NULL"),
          postgresql_where=text("compared_at IS NULL")),
    Index("ix_versions_held", "id", sqlite_where=HELD, postgresql_where=HELD),
    Index("ix_versions_learned_at", "learned_at"),
)  # fmt: skip

judgements = Table(
    "judgements",
    metadata,
    identity(),
    Column("situation", Words, nullable=False),
    Column("collection", Words, nullable=False),
    Column("verdict", Words, nullable=False),
    Column("left", JsonText, nullable=False),
    Column("right", JsonText, nullable=False),
    Column("reason", Words, nullable=False),
    Column("by", Words, nullable=False),
    Column("at", Utc, nullable=False),
    Column("revoked_at", Utc),
    CheckConstraint("verdict IN ('same-as', 'not-same')", name="verdict"),
)
