"""Why each pointer stands where it does, and since when."""

import sqlalchemy as sa
from alembic import op

from monitor.store.columns import Utc, Words

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("pointers", sa.Column("cause", Words(), nullable=True))
    op.add_column("pointers", sa.Column("cause_seq", sa.Integer(), nullable=True))
    op.add_column("pointers", sa.Column("moved_at", Utc(), nullable=True))
    op.add_column(
        "pointers", sa.Column("begun_seq", sa.Integer(), nullable=False, server_default="0")
    )
