"""What has changed since a node last looked: by situation, and by reader; and indexes of what a
tick asks for, so that it reads nothing of what is over."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

_HELD = "versions.state = 'held'"
_ASIDE = "snapshots.aside_at IS NOT NULL"
_REFUSED = "files.refused IS NOT NULL"
_ACTIVE = "subscriptions.state = 'active'"
_CHANGED = f"subscriptions.changed IS NOT NULL AND {_ACTIVE}"
_UNBEGUN = f"subscriptions.unbegun AND {_ACTIVE}"

_INDEXES = (
    ("situations", "revision", ("revision",), None),
    ("snapshots", "aside", ("situation",), _ASIDE),
    ("files", "refused", ("source",), _REFUSED),
    ("versions", "held", ("id",), _HELD),
    ("versions", "learned_at", ("learned_at",), None),
    ("subscriptions", "changed", ("paused_until", "id"), _CHANGED),
    ("subscriptions", "unbegun", ("id",), _UNBEGUN),
    ("subscriptions", "due_at", ("due_at", "id"), _ACTIVE),
    ("subscriptions", "last_run", ("last_run",), _ACTIVE),
    ("outbox", "held", ("id",), "outbox.state = 'held'"),
    ("outbox", "dead", ("id",), "outbox.state = 'dead'"),
    ("outbox", "operators", ("id",), "outbox.reason = 'operator'"),
)


def upgrade() -> None:
    op.add_column(
        "situations", sa.Column("revision", sa.Integer(), server_default="0", nullable=False)
    )
    op.add_column("subscriptions", sa.Column("changed", sa.Integer(), nullable=True))
    op.add_column(
        "subscriptions",
        sa.Column("unbegun", sa.Boolean(), server_default=sa.true(), nullable=False),
    )
    # What an older program has left undone is found by looking at everybody once.
    op.execute("UPDATE subscriptions SET changed = 1 WHERE state = 'active'")
    for table, name, columns, where in _INDEXES:
        only = None if where is None else sa.text(where)
        op.create_index(
            f"ix_{table}_{name}", table, list(columns), sqlite_where=only, postgresql_where=only
        )
