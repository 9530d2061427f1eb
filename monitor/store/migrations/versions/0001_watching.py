"""What we know: situations, sources, snapshots, versions."""

import sqlalchemy as sa
from alembic import op

from monitor.store.columns import Id, JsonBytes, JsonText, Utc, Words

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "contents",
        sa.Column("hash", Words(), nullable=False),
        sa.Column("document", JsonBytes(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_contents")),
    )
    op.create_table(
        "judgements",
        sa.Column("id", Id, nullable=False),
        sa.Column("situation", Words(), nullable=False),
        sa.Column("collection", Words(), nullable=False),
        sa.Column("verdict", Words(), nullable=False),
        sa.Column("left", JsonText(), nullable=False),
        sa.Column("right", JsonText(), nullable=False),
        sa.Column("reason", Words(), nullable=False),
        sa.Column("by", Words(), nullable=False),
        sa.Column("at", Utc(), nullable=False),
        sa.Column("revoked_at", Utc(), nullable=True),
        sa.CheckConstraint(
            "verdict IN ('same-as', 'not-same')", name=op.f("ck_judgements_verdict")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_judgements")),
    )
    op.create_table(
        "kinds",
        sa.Column("hash", Words(), nullable=False),
        sa.Column("name", Words(), nullable=False),
        sa.Column("schema", JsonBytes(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_kinds")),
    )
    op.create_table(
        "situations",
        sa.Column("name", Words(), nullable=False),
        sa.Column("kind", Words(), nullable=False),
        sa.Column("title", Words(), nullable=True),
        sa.Column("baseline_how", Words(), nullable=False),
        sa.Column("baseline_id", Id, nullable=True),
        sa.Column("created_at", Utc(), nullable=False),
        sa.CheckConstraint(
            "baseline_how IN ('previous', 'pinned', 'advanced')",
            name=op.f("ck_situations_baseline_how"),
        ),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_situations")),
    )
    op.create_table(
        "sources",
        sa.Column("name", Words(), nullable=False),
        sa.Column("checked_at", Utc(), nullable=True),
        sa.Column("ok_at", Utc(), nullable=True),
        sa.Column("newest", Words(), nullable=True),
        sa.Column("trouble", Words(), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_sources")),
    )
    op.create_table(
        "snapshots",
        sa.Column("id", Id, nullable=False),
        sa.Column("situation", Words(), nullable=False),
        sa.Column("as_of", Words(), nullable=False),
        sa.Column("coverage", JsonText(), nullable=False),
        sa.Column("kind_hash", Words(), nullable=False),
        sa.Column("title", Words(), nullable=True),
        sa.Column("note", Words(), nullable=True),
        sa.Column("source", Words(), nullable=True),
        sa.Column("path", Words(), nullable=True),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("content", JsonBytes(), nullable=False),
        sa.Column("learned_at", Utc(), nullable=False),
        sa.ForeignKeyConstraint(["kind_hash"], ["kinds.hash"], name=op.f("fk_snapshots_kind_hash")),
        sa.ForeignKeyConstraint(
            ["situation"], ["situations.name"], name=op.f("fk_snapshots_situation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_snapshots")),
    )
    op.create_index(
        "ix_snapshots_situation_as_of", "snapshots", ["situation", "as_of"], unique=False
    )
    op.create_table(
        "files",
        sa.Column("source", Words(), nullable=False),
        sa.Column("path", Words(), nullable=False),
        sa.Column("digest", Words(), nullable=False),
        sa.Column("refused", Words(), nullable=True),
        sa.Column("snapshot_id", Id, nullable=True),
        sa.Column("seen_at", Utc(), nullable=False),
        sa.ForeignKeyConstraint(
            ["snapshot_id"], ["snapshots.id"], name=op.f("fk_files_snapshot_id")
        ),
        sa.PrimaryKeyConstraint("source", "path", name=op.f("pk_files")),
    )
    op.create_table(
        "versions",
        sa.Column("id", Id, nullable=False),
        sa.Column("situation", Words(), nullable=False),
        sa.Column("as_of", Words(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("content_hash", Words(), nullable=False),
        sa.Column("kind_hash", Words(), nullable=False),
        sa.Column("title", Words(), nullable=True),
        sa.Column("snapshot_id", Id, nullable=True),
        sa.Column("state", Words(), nullable=False),
        sa.Column("held", Words(), nullable=True),
        sa.Column("learned_at", Utc(), nullable=False),
        sa.Column("compared_at", Utc(), nullable=True),
        sa.CheckConstraint(
            "state IN ('current', 'held', 'rejected')", name=op.f("ck_versions_state")
        ),
        sa.ForeignKeyConstraint(
            ["content_hash"], ["contents.hash"], name=op.f("fk_versions_content_hash")
        ),
        sa.ForeignKeyConstraint(["kind_hash"], ["kinds.hash"], name=op.f("fk_versions_kind_hash")),
        sa.ForeignKeyConstraint(
            ["situation"], ["situations.name"], name=op.f("fk_versions_situation")
        ),
        sa.ForeignKeyConstraint(
            ["snapshot_id"], ["snapshots.id"], name=op.f("fk_versions_snapshot_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_versions")),
        sa.UniqueConstraint(
            "situation", "as_of", "revision", name=op.f("uq_versions_situation_as_of_revision")
        ),
    )
    op.create_index(
        "ix_versions_owed",
        "versions",
        ["id"],
        unique=False,
        sqlite_where=sa.text("compared_at IS NULL"),
        postgresql_where=sa.text("compared_at IS NULL"),
    )
    op.create_table(
        "comparisons",
        sa.Column("id", Id, nullable=False),
        sa.Column("version_id", Id, nullable=False),
        sa.Column("baseline_id", Id, nullable=False),
        sa.Column("how", Words(), nullable=False),
        sa.Column("document", JsonBytes(), nullable=False),
        sa.Column("made_at", Utc(), nullable=False),
        sa.ForeignKeyConstraint(
            ["baseline_id"], ["versions.id"], name=op.f("fk_comparisons_baseline_id")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["versions.id"], name=op.f("fk_comparisons_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comparisons")),
        sa.UniqueConstraint(
            "version_id", "baseline_id", name=op.f("uq_comparisons_version_id_baseline_id")
        ),
    )
    op.create_table(
        "sightings",
        sa.Column("id", Id, nullable=False),
        sa.Column("version_id", Id, nullable=False),
        sa.Column("as_of", Words(), nullable=False),
        sa.Column("snapshot_id", Id, nullable=True),
        sa.Column("learned_at", Utc(), nullable=False),
        sa.ForeignKeyConstraint(
            ["snapshot_id"], ["snapshots.id"], name=op.f("fk_sightings_snapshot_id")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["versions.id"], name=op.f("fk_sightings_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sightings")),
    )
    op.create_index("ix_sightings_version_id", "sightings", ["version_id"], unique=False)
