"""A digest for many is one row: which one, by all that decides it."""

import sqlalchemy as sa
from alembic import op

from monitor.store.columns import Id, Utc, Words

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.create_table(
        "editions",
        sa.Column("key", Words, nullable=False),
        sa.Column("digest_id", Id, nullable=False),
        sa.Column("made_at", Utc, nullable=False),
        sa.ForeignKeyConstraint(["digest_id"], ["digests.id"], name=op.f("fk_editions_digest_id")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_editions")),
    )
    op.create_index("ix_editions_digest_id", "editions", ["digest_id"])
