"""What readers are owed: subscriptions, digests, outbox."""

import sqlalchemy as sa
from alembic import op

from monitor.store.columns import Id, JsonBytes, JsonText, Utc, Words

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "bodies",
        sa.Column("id", Id, nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bodies")),
    )
    op.create_table(
        "subscriptions",
        sa.Column("id", Id, nullable=False),
        sa.Column("address", Words(), nullable=False),
        sa.Column("name", Words(), nullable=False),
        sa.Column("spec", Words(), nullable=False),
        sa.Column("state", Words(), nullable=False),
        sa.Column("state_reason", Words(), nullable=True),
        sa.Column("state_at", Utc(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("last_run", Utc(), nullable=True),
        sa.Column("due_at", Utc(), nullable=True),
        sa.Column("created_at", Utc(), nullable=False),
        sa.Column("told_seq", sa.Integer(), nullable=False),
        sa.Column("told_owed", sa.Integer(), nullable=True),
        sa.Column("alerted_owed", sa.Integer(), nullable=True),
        sa.Column("undelivered_since", Utc(), nullable=True),
        sa.CheckConstraint(
            "state IN ('active', 'suspended', 'unsubscribed', 'suppressed', 'ended')",
            name=op.f("ck_subscriptions_state"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscriptions")),
        sa.UniqueConstraint("address", "name", name=op.f("uq_subscriptions_address_name")),
    )
    op.create_table(
        "suppression_events",
        sa.Column("id", Id, nullable=False),
        sa.Column("address", Words(), nullable=False),
        sa.Column("scope", Words(), nullable=False),
        sa.Column("action", Words(), nullable=False),
        sa.Column("reason", Words(), nullable=False),
        sa.Column("by", Words(), nullable=False),
        sa.Column("at", Utc(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suppression_events")),
    )
    op.create_table(
        "suppressions",
        sa.Column("address", Words(), nullable=False),
        sa.Column("scope", Words(), nullable=False),
        sa.Column("reason", Words(), nullable=False),
        sa.Column("source", Words(), nullable=False),
        sa.Column("at", Utc(), nullable=False),
        sa.PrimaryKeyConstraint("address", "scope", name=op.f("pk_suppressions")),
    )
    op.create_table(
        "alerts",
        sa.Column("subscription_id", Id, nullable=False),
        sa.Column("situation", Words(), nullable=False),
        sa.Column("old_id", Id, nullable=False),
        sa.Column("new_id", Id, nullable=False),
        sa.Column("finding", Words(), nullable=False),
        sa.Column("sentence", Words(), nullable=False),
        sa.Column("at", Utc(), nullable=False),
        sa.ForeignKeyConstraint(["new_id"], ["versions.id"], name=op.f("fk_alerts_new_id")),
        sa.ForeignKeyConstraint(["old_id"], ["versions.id"], name=op.f("fk_alerts_old_id")),
        sa.ForeignKeyConstraint(
            ["subscription_id"], ["subscriptions.id"], name=op.f("fk_alerts_subscription_id")
        ),
    )
    op.create_index("ix_alerts_subscription_id", "alerts", ["subscription_id"], unique=False)
    op.create_table(
        "digests",
        sa.Column("id", Id, nullable=False),
        sa.Column("input_hash", Words(), nullable=False),
        sa.Column("input", JsonBytes(), nullable=False),
        sa.Column("subject", Words(), nullable=False),
        sa.Column("text", Words(), nullable=False),
        sa.Column("html", Words(), nullable=False),
        sa.Column("shown", JsonText(), nullable=False),
        sa.Column("sentences", JsonText(), nullable=False),
        sa.Column("muted", JsonText(), nullable=False),
        sa.Column("left_out", sa.Integer(), nullable=False),
        sa.Column("body_id", Id, nullable=False),
        sa.Column("made_at", Utc(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["bodies.id"], name=op.f("fk_digests_body_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digests")),
        sa.UniqueConstraint("input_hash", name=op.f("uq_digests_input_hash")),
    )
    op.create_table(
        "mutes",
        sa.Column("id", Id, nullable=False),
        sa.Column("subscription_id", Id, nullable=False),
        sa.Column("what", Words(), nullable=False),
        sa.Column("reason", Words(), nullable=False),
        sa.Column("until", Words(), nullable=True),
        sa.Column("created_at", Utc(), nullable=False),
        sa.ForeignKeyConstraint(
            ["subscription_id"], ["subscriptions.id"], name=op.f("fk_mutes_subscription_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mutes")),
    )
    op.create_index("ix_mutes_subscription_id", "mutes", ["subscription_id"], unique=False)
    op.create_table(
        "runs",
        sa.Column("id", Id, nullable=False),
        sa.Column("subscription_id", Id, nullable=False),
        sa.Column("slot", Utc(), nullable=False),
        sa.Column("at", Utc(), nullable=False),
        sa.Column("outcome", Words(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["subscription_id"], ["subscriptions.id"], name=op.f("fk_runs_subscription_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_runs")),
        sa.UniqueConstraint("subscription_id", "slot", name=op.f("uq_runs_subscription_id_slot")),
    )
    op.create_table(
        "outbox",
        sa.Column("id", Id, nullable=False),
        sa.Column("subscription_id", Id, nullable=True),
        sa.Column("seq", sa.Integer(), nullable=True),
        sa.Column("reason", Words(), nullable=False),
        sa.Column("recipient", Words(), nullable=False),
        sa.Column("message_id", Words(), nullable=False),
        sa.Column("digest_id", Id, nullable=True),
        sa.Column("body_id", Id, nullable=False),
        sa.Column("splice", JsonText(), nullable=False),
        sa.Column("state", Words(), nullable=False),
        sa.Column("state_reason", Words(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("uncertain", sa.Boolean(), nullable=False),
        sa.Column("created_at", Utc(), nullable=False),
        sa.Column("next_attempt", Utc(), nullable=True),
        sa.Column("expires_at", Utc(), nullable=False),
        sa.Column("ended_at", Utc(), nullable=True),
        sa.Column("token", Words(), nullable=True),
        sa.Column("node", Words(), nullable=True),
        sa.Column("lease_until", Utc(), nullable=True),
        sa.Column("start", JsonText(), nullable=True),
        sa.Column("told_from", sa.Integer(), nullable=True),
        sa.Column("alerted_from", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "state IN ('pending', 'held', 'claimed', 'sent', 'retry', 'dead', 'cancelled')",
            name=op.f("ck_outbox_state"),
        ),
        sa.ForeignKeyConstraint(["body_id"], ["bodies.id"], name=op.f("fk_outbox_body_id")),
        sa.ForeignKeyConstraint(["digest_id"], ["digests.id"], name=op.f("fk_outbox_digest_id")),
        sa.ForeignKeyConstraint(
            ["subscription_id"], ["subscriptions.id"], name=op.f("fk_outbox_subscription_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("subscription_id", "seq", name=op.f("uq_outbox_subscription_id_seq")),
    )
    op.create_index(
        "ix_outbox_claimed",
        "outbox",
        ["id"],
        unique=False,
        sqlite_where=sa.text("state = 'claimed'"),
        postgresql_where=sa.text("state = 'claimed'"),
    )
    op.create_index(
        "ix_outbox_owed",
        "outbox",
        ["next_attempt", "id"],
        unique=False,
        sqlite_where=sa.text("state IN ('pending', 'retry')"),
        postgresql_where=sa.text("state IN ('pending', 'retry')"),
    )
    op.create_table(
        "deliveries",
        sa.Column("id", Id, nullable=False),
        sa.Column("message_id", Id, nullable=False),
        sa.Column("token", Words(), nullable=False),
        sa.Column("node", Words(), nullable=False),
        sa.Column("started_at", Utc(), nullable=False),
        sa.Column("ended_at", Utc(), nullable=True),
        sa.Column("result", Words(), nullable=True),
        sa.Column("phase", Words(), nullable=True),
        sa.Column("code", sa.Integer(), nullable=True),
        sa.Column("status", Words(), nullable=True),
        sa.Column("text", Words(), nullable=True),
        sa.Column("bounce", Words(), nullable=True),
        sa.ForeignKeyConstraint(
            ["message_id"], ["outbox.id"], name=op.f("fk_deliveries_message_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
    )
    op.create_index("ix_deliveries_message_id", "deliveries", ["message_id"], unique=False)
    op.create_table(
        "pointers",
        sa.Column("subscription_id", Id, nullable=False),
        sa.Column("situation", Words(), nullable=False),
        sa.Column("told", Id, nullable=False),
        sa.Column("alerted", Id, nullable=False),
        sa.ForeignKeyConstraint(["alerted"], ["versions.id"], name=op.f("fk_pointers_alerted")),
        sa.ForeignKeyConstraint(
            ["situation"], ["situations.name"], name=op.f("fk_pointers_situation")
        ),
        sa.ForeignKeyConstraint(
            ["subscription_id"], ["subscriptions.id"], name=op.f("fk_pointers_subscription_id")
        ),
        sa.ForeignKeyConstraint(["told"], ["versions.id"], name=op.f("fk_pointers_told")),
        sa.PrimaryKeyConstraint("subscription_id", "situation", name=op.f("pk_pointers")),
    )
    op.create_index(
        "ix_pointers_situation",
        "pointers",
        ["situation", "alerted", "subscription_id"],
        unique=False,
    )
