"""What people have decided about versions: who, when and why."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from monitor.store.columns import Id, Utc, Words

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.create_table(
        "decisions",
        sa.Column("id", Id, nullable=False),
        sa.Column("situation", Words(), nullable=False),
        sa.Column("what", Words(), nullable=False),
        sa.Column("version", Words(), nullable=False),
        sa.Column("content_hash", Words(), nullable=False),
        sa.Column("by", Words(), nullable=False),
        sa.Column("reason", Words(), nullable=False),
        sa.Column("at", Utc, nullable=False),
        sa.ForeignKeyConstraint(
            ["situation"], ["situations.name"], name=op.f("fk_decisions_situation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decisions")),
    )
    op.create_index("ix_decisions_situation", "decisions", ["situation", "id"])
