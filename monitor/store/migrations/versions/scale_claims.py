"""Work that nodes share: who holds each piece, until when, and what was done of it last."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from monitor.store.columns import Utc, Words

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "work",
        sa.Column("sort", Words, nullable=False),
        sa.Column("key", Words, nullable=False),
        sa.Column("node", Words, nullable=True),
        sa.Column("token", Words, nullable=True),
        sa.Column("lease_until", Utc, nullable=True),
        sa.Column("note", Words, server_default="", nullable=False),
        sa.PrimaryKeyConstraint("sort", "key", name=op.f("pk_work")),
    )
