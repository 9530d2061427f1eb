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

articles = Table(
    "articles",
    metadata,
    identity(),
    reference("draft_id", "drafts.id"),
    # The id under which facts cite it; none in a kind without publications.
    Column("source", Words),
    # Its bytes as they were given, and the text that places count in.
    reference("blob_id", "blobs.id"),
    Column("text", Words, nullable=False),
    Column("title", Words),
    Column("publisher", Words),
    Column("published", Words),
    Column("url", Words),
    Column("added_at", Utc, nullable=False),
    Column("added_by", Words, nullable=False),
    Index("ix_articles_draft_id_blob_id", "draft_id", "blob_id", unique=True),
)

placings = Table(
    "placings",
    metadata,
    identity(),
    reference("draft_id", "drafts.id"),
    reference("article_id", "articles.id", nullable=True),
    # Which of the article's sentences; none for what was written without one.
    Column("card", Integer),
    Column("choice", Words, nullable=False),
    # What was accepted, as JSON; none of what was rejected or left for later.
    Column("placement", Words),
    Column("quote", Words),
    Column("first", Integer),
    Column("last", Integer),
    Column("how", Words, nullable=False),
    Column("decided_at", Utc, nullable=False),
    Column("decided_by", Words, nullable=False),
    # The draft's text before, so that it can be taken back.
    Column("before", Words),
    CheckConstraint("choice IN ('accepted', 'rejected', 'later')", name="choice"),
    CheckConstraint("how IN ('terminal', 'browser', 'model', 'form')", name="how"),
    Index("ix_placings_draft_id", "draft_id"),
)

answers = Table(
    "answers",
    metadata,
    identity(),
    reference("article_id", "articles.id"),
    Column("model", Words, nullable=False),
    # Of the question without what is drawn anew for each: the same one is not asked twice.
    Column("question", Words, nullable=False),
    Column("asked_at", Utc, nullable=False),
    # Of question and answer, as the endpoint counts them.
    Column("tokens", Integer, nullable=False),
    # As it came; none where there was none, and `outcome` says why.
    Column("answer", Words),
    Column("outcome", Words, nullable=False),
    Index("ix_answers_article_id", "article_id"),
    Index("ix_answers_asked_at", "asked_at"),
)
