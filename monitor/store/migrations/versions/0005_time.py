"""Zones of situations, what a version is held for, and snapshots that count no more."""

import sqlalchemy as sa
from alembic import op

from monitor.store.columns import Utc, Words

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("situations", sa.Column("zone", Words(), server_default="UTC", nullable=False))
    op.add_column("snapshots", sa.Column("aside", Words(), nullable=True))
    op.add_column("snapshots", sa.Column("aside_at", Utc(), nullable=True))
    op.add_column("snapshots", sa.Column("aside_reason", Words(), nullable=True))
    op.add_column("versions", sa.Column("hold", Words(), nullable=True))
