"""Lanes in the outbox, rates over all nodes, and what lets finished rows leave unseen."""

import sqlalchemy as sa
from alembic import op

from monitor.store.columns import JsonText, Words

revision = "0014"
down_revision = "0012"

OWED = "state IN ('pending', 'retry')"
OPEN = ("pending", "retry", "claimed", "held", "dead")
LANES = {0: ("operator", "alert"), 1: ("welcome", "manual")}
_OUTBOX = sa.table("outbox", sa.column("lane"), sa.column("reason"), sa.column("state"))
PARTIAL = {
    "ix_outbox_digest_id": ("digest_id", "digest_id IS NOT NULL"),
}


def upgrade() -> None:
    op.add_column(
        "outbox", sa.Column[int]("lane", sa.Integer(), nullable=False, server_default="2")
    )
    op.add_column("outbox", sa.Column[str]("pool", Words(), nullable=False, server_default=""))
    for lane, reasons in LANES.items():
        # What is over is in no lane any more, and so need not be touched.
        moved = _OUTBOX.update().where(_OUTBOX.c.reason.in_(reasons), _OUTBOX.c.state.in_(OPEN))
        op.execute(moved.values(lane=lane))
    op.drop_index("ix_outbox_owed", "outbox")
    _partial("ix_outbox_owed", ["pool", "lane", "next_attempt", "id"], OWED)
    for name, (column, where) in PARTIAL.items():
        _partial(name, [column], where)
    op.create_index("ix_outbox_body_id", "outbox", ["body_id"])
    op.create_index("ix_digests_body_id", "digests", ["body_id"])
    op.create_table(
        "allowances",
        sa.Column("name", Words(), nullable=False),
        sa.Column("taken", JsonText(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_allowances")),
    )
    if op.get_bind().dialect.name == "postgresql":
        # Each message is written three times and deleted once: a fifth of a million dead entries
        # in the index of what is owed would be read by every claim.
        for table in ("outbox", "deliveries"):
            op.execute(f"ALTER TABLE {table} SET (autovacuum_vacuum_scale_factor = 0.02)")


def _partial(name: str, columns: list[str], where: str) -> None:
    only = sa.text(where)
    op.create_index(name, "outbox", columns, sqlite_where=only, postgresql_where=only)
