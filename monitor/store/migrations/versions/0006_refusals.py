"""What a message was refused for, and how long a reader is left alone after messages that died."""

import sqlalchemy as sa
from alembic import op

from monitor.store.columns import Utc, Words

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column(
        "subscriptions", sa.Column("losses", sa.Integer(), nullable=False, server_default="0")
    )
    op.add_column("subscriptions", sa.Column("paused_until", Utc(), nullable=True))
    op.add_column("outbox", sa.Column("refused_as", Words(), nullable=True))
    op.add_column("outbox", sa.Column("refused_at", Utc(), nullable=True))
    op.add_column(
        "outbox", sa.Column("proven", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.create_index(
        "ix_outbox_refused",
        "outbox",
        ["id"],
        unique=False,
        sqlite_where=sa.text("refused_as IS NOT NULL"),
        postgresql_where=sa.text("refused_as IS NOT NULL"),
    )
