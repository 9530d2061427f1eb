"""Release 0.1: what we know, what readers are owed, and what there is about ourselves."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from monitor.store.columns import Id, JsonBytes, JsonText, Utc, Words

revision = "0003"
down_revision = None


def upgrade() -> None:
    _watching()
    _telling()
    _running()


def _must(name: str, of: Any) -> sa.Column[Any]:
    return sa.Column(name, of, nullable=False)


def _may(name: str, of: Any) -> sa.Column[Any]:
    return sa.Column(name, of, nullable=True)


def _refer(name: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=op.f(name))


def _where(condition: str) -> dict[str, Any]:
    """Of an index over some rows."""
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


def _watching() -> None:
    op.create_table(
        "contents",
        _must("hash", Words()),
        _must("document", JsonBytes()),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_contents")),
    )
    op.create_table(
        "judgements",
        _must("id", Id),
        _must("situation", Words()),
        _must("collection", Words()),
        _must("verdict", Words()),
        _must("left", JsonText()),
        _must("right", JsonText()),
        _must("reason", Words()),
        _must("by", Words()),
        _must("at", Utc()),
        _may("revoked_at", Utc()),
        sa.CheckConstraint(
            "verdict IN ('same-as', 'not-same')", name=op.f("ck_judgements_verdict")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_judgements")),
    )
    op.create_table(
        "kinds",
        _must("hash", Words()),
        _must("name", Words()),
        _must("schema", JsonBytes()),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_kinds")),
    )
    op.create_table(
        "situations",
        _must("name", Words()),
        _must("kind", Words()),
        _may("title", Words()),
        _must("baseline_how", Words()),
        _may("baseline_id", Id),
        _must("created_at", Utc()),
        sa.CheckConstraint(
            "baseline_how IN ('previous', 'pinned', 'advanced')",
            name=op.f("ck_situations_baseline_how"),
        ),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_situations")),
    )
    op.create_table(
        "sources",
        _must("name", Words()),
        _may("checked_at", Utc()),
        _may("ok_at", Utc()),
        _may("newest", Words()),
        _may("trouble", Words()),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_sources")),
    )
    op.create_table(
        "snapshots",
        _must("id", Id),
        _must("situation", Words()),
        _must("as_of", Words()),
        _must("coverage", JsonText()),
        _must("kind_hash", Words()),
        _may("title", Words()),
        _may("note", Words()),
        _may("source", Words()),
        _may("path", Words()),
        _must("data", sa.LargeBinary()),
        _must("content", JsonBytes()),
        _must("learned_at", Utc()),
        _refer("fk_snapshots_kind_hash", "kind_hash", "kinds.hash"),
        _refer("fk_snapshots_situation", "situation", "situations.name"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_snapshots")),
    )
    op.create_index("ix_snapshots_situation_as_of", "snapshots", ["situation", "as_of"])
    op.create_table(
        "files",
        _must("source", Words()),
        _must("path", Words()),
        _must("digest", Words()),
        _may("refused", Words()),
        _may("snapshot_id", Id),
        _must("seen_at", Utc()),
        _refer("fk_files_snapshot_id", "snapshot_id", "snapshots.id"),
        sa.PrimaryKeyConstraint("source", "path", name=op.f("pk_files")),
    )
    op.create_table(
        "versions",
        _must("id", Id),
        _must("situation", Words()),
        _must("as_of", Words()),
        _must("revision", sa.Integer()),
        _must("content_hash", Words()),
        _must("kind_hash", Words()),
        _may("title", Words()),
        _may("snapshot_id", Id),
        _must("state", Words()),
        _may("held", Words()),
        _must("learned_at", Utc()),
        _may("compared_at", Utc()),
        sa.CheckConstraint(
            "state IN ('current', 'held', 'rejected')", name=op.f("ck_versions_state")
        ),
        _refer("fk_versions_content_hash", "content_hash", "contents.hash"),
        _refer("fk_versions_kind_hash", "kind_hash", "kinds.hash"),
        _refer("fk_versions_situation", "situation", "situations.name"),
        _refer("fk_versions_snapshot_id", "snapshot_id", "snapshots.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_versions")),
        sa.UniqueConstraint(
            "situation", "as_of", "revision", name=op.f("uq_versions_situation_as_of_revision")
        ),
    )
    op.create_index("ix_versions_owed", "versions", ["id"], **_where("compared_at IS NULL"))
    op.create_table(
        "comparisons",
        _must("id", Id),
        _must("version_id", Id),
        _must("baseline_id", Id),
        _must("how", Words()),
        _must("document", JsonBytes()),
        _must("made_at", Utc()),
        _refer("fk_comparisons_baseline_id", "baseline_id", "versions.id"),
        _refer("fk_comparisons_version_id", "version_id", "versions.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comparisons")),
        sa.UniqueConstraint(
            "version_id", "baseline_id", name=op.f("uq_comparisons_version_id_baseline_id")
        ),
    )
    op.create_table(
        "sightings",
        _must("id", Id),
        _must("version_id", Id),
        _must("as_of", Words()),
        _may("snapshot_id", Id),
        _must("learned_at", Utc()),
        _refer("fk_sightings_snapshot_id", "snapshot_id", "snapshots.id"),
        _refer("fk_sightings_version_id", "version_id", "versions.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sightings")),
    )
    op.create_index("ix_sightings_version_id", "sightings", ["version_id"])


def _telling() -> None:
    op.create_table(
        "bodies",
        _must("id", Id),
        _must("data", sa.LargeBinary()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bodies")),
    )
    op.create_table(
        "subscriptions",
        _must("id", Id),
        _must("address", Words()),
        _must("name", Words()),
        _must("spec", Words()),
        _must("state", Words()),
        _may("state_reason", Words()),
        _must("state_at", Utc()),
        _must("seq", sa.Integer()),
        _may("last_run", Utc()),
        _may("due_at", Utc()),
        _must("created_at", Utc()),
        _must("told_seq", sa.Integer()),
        _may("told_owed", sa.Integer()),
        _may("alerted_owed", sa.Integer()),
        _may("undelivered_since", Utc()),
        sa.CheckConstraint(
            "state IN ('active', 'suspended', 'unsubscribed', 'suppressed', 'ended')",
            name=op.f("ck_subscriptions_state"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscriptions")),
        sa.UniqueConstraint("address", "name", name=op.f("uq_subscriptions_address_name")),
    )
    op.create_table(
        "suppression_events",
        _must("id", Id),
        _must("address", Words()),
        _must("scope", Words()),
        _must("action", Words()),
        _must("reason", Words()),
        _must("by", Words()),
        _must("at", Utc()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suppression_events")),
    )
    op.create_table(
        "suppressions",
        _must("address", Words()),
        _must("scope", Words()),
        _must("reason", Words()),
        _must("source", Words()),
        _must("at", Utc()),
        sa.PrimaryKeyConstraint("address", "scope", name=op.f("pk_suppressions")),
    )
    op.create_table(
        "alerts",
        _must("subscription_id", Id),
        _must("situation", Words()),
        _must("old_id", Id),
        _must("new_id", Id),
        _must("finding", Words()),
        _must("sentence", Words()),
        _must("at", Utc()),
        _refer("fk_alerts_new_id", "new_id", "versions.id"),
        _refer("fk_alerts_old_id", "old_id", "versions.id"),
        _refer("fk_alerts_subscription_id", "subscription_id", "subscriptions.id"),
    )
    op.create_index("ix_alerts_subscription_id", "alerts", ["subscription_id"])
    op.create_table(
        "digests",
        _must("id", Id),
        _must("input_hash", Words()),
        _must("input", JsonBytes()),
        _must("subject", Words()),
        _must("text", Words()),
        _must("html", Words()),
        _must("shown", JsonText()),
        _must("sentences", JsonText()),
        _must("muted", JsonText()),
        _must("left_out", sa.Integer()),
        _must("body_id", Id),
        _must("made_at", Utc()),
        _refer("fk_digests_body_id", "body_id", "bodies.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digests")),
        sa.UniqueConstraint("input_hash", name=op.f("uq_digests_input_hash")),
    )
    op.create_table(
        "mutes",
        _must("id", Id),
        _must("subscription_id", Id),
        _must("what", Words()),
        _must("reason", Words()),
        _may("until", Words()),
        _must("created_at", Utc()),
        _refer("fk_mutes_subscription_id", "subscription_id", "subscriptions.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mutes")),
    )
    op.create_index("ix_mutes_subscription_id", "mutes", ["subscription_id"])
    op.create_table(
        "runs",
        _must("id", Id),
        _must("subscription_id", Id),
        _must("slot", Utc()),
        _must("at", Utc()),
        _must("outcome", Words()),
        _may("seq", sa.Integer()),
        _refer("fk_runs_subscription_id", "subscription_id", "subscriptions.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_runs")),
        sa.UniqueConstraint("subscription_id", "slot", name=op.f("uq_runs_subscription_id_slot")),
    )
    op.create_table(
        "outbox",
        _must("id", Id),
        _may("subscription_id", Id),
        _may("seq", sa.Integer()),
        _must("reason", Words()),
        _must("recipient", Words()),
        _must("message_id", Words()),
        _may("digest_id", Id),
        _must("body_id", Id),
        _must("splice", JsonText()),
        _must("state", Words()),
        _may("state_reason", Words()),
        _must("attempts", sa.Integer()),
        _must("uncertain", sa.Boolean()),
        _must("created_at", Utc()),
        _may("next_attempt", Utc()),
        _must("expires_at", Utc()),
        _may("ended_at", Utc()),
        _may("token", Words()),
        _may("node", Words()),
        _may("lease_until", Utc()),
        _may("start", JsonText()),
        _may("told_from", sa.Integer()),
        _may("alerted_from", sa.Integer()),
        sa.CheckConstraint(
            "state IN ('pending', 'held', 'claimed', 'sent', 'retry', 'dead', 'cancelled')",
            name=op.f("ck_outbox_state"),
        ),
        _refer("fk_outbox_body_id", "body_id", "bodies.id"),
        _refer("fk_outbox_digest_id", "digest_id", "digests.id"),
        _refer("fk_outbox_subscription_id", "subscription_id", "subscriptions.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("subscription_id", "seq", name=op.f("uq_outbox_subscription_id_seq")),
    )
    op.create_index("ix_outbox_claimed", "outbox", ["id"], **_where("state = 'claimed'"))
    op.create_index(
        "ix_outbox_owed",
        "outbox",
        ["next_attempt", "id"],
        **_where("state IN ('pending', 'retry')"),
    )
    op.create_table(
        "deliveries",
        _must("id", Id),
        _must("message_id", Id),
        _must("token", Words()),
        _must("node", Words()),
        _must("started_at", Utc()),
        _may("ended_at", Utc()),
        _may("result", Words()),
        _may("phase", Words()),
        _may("code", sa.Integer()),
        _may("status", Words()),
        _may("text", Words()),
        _may("bounce", Words()),
        sa.ForeignKeyConstraint(
            ["message_id"], ["outbox.id"], name=op.f("fk_deliveries_message_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
    )
    op.create_index("ix_deliveries_message_id", "deliveries", ["message_id"])
    op.create_table(
        "pointers",
        _must("subscription_id", Id),
        _must("situation", Words()),
        _must("told", Id),
        _must("alerted", Id),
        _refer("fk_pointers_alerted", "alerted", "versions.id"),
        _refer("fk_pointers_situation", "situation", "situations.name"),
        _refer("fk_pointers_subscription_id", "subscription_id", "subscriptions.id"),
        _refer("fk_pointers_told", "told", "versions.id"),
        sa.PrimaryKeyConstraint("subscription_id", "situation", name=op.f("pk_pointers")),
    )
    op.create_index(
        "ix_pointers_situation", "pointers", ["situation", "alerted", "subscription_id"]
    )


def _running() -> None:
    op.create_table(
        "meta",
        _must("name", Words()),
        _must("value", Words()),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_meta")),
    )
    op.create_table(
        "nodes",
        _must("id", Words()),
        _must("host", Words()),
        _must("pid", sa.Integer()),
        _must("started_at", Utc()),
        _must("seen_at", Utc()),
        _may("ended_at", Utc()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nodes")),
    )
    op.create_table(
        "notices",
        _must("id", Id),
        _must("condition", Words()),
        _must("text", Words()),
        _must("opened_at", Utc()),
        _may("told_at", Utc()),
        _may("over_at", Utc()),
        _may("over_told_at", Utc()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
    )
    op.create_index(
        "uq_notices_open", "notices", ["condition"], unique=True, **_where("over_at IS NULL")
    )
