"""Release 0.4: work shared by claims, what changed since a look, lanes and rates of the outbox,
digests made once for many, people who log in, who decided what, and mail that came back."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from monitor.store.columns import Id, JsonText, Utc, Words

revision = "0017"
down_revision = "0010"

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

OWED = "state IN ('pending', 'retry')"
OPEN = ("pending", "retry", "claimed", "held", "dead")
LANES = {0: ("operator", "alert"), 1: ("welcome", "manual")}
_OUTBOX = sa.table("outbox", sa.column("lane"), sa.column("reason"), sa.column("state"))
PARTIAL = {
    "ix_outbox_digest_id": ("digest_id", "digest_id IS NOT NULL"),
}


def upgrade() -> None:
    _claims()
    # Looked for when somebody asks: NULL until then.
    op.add_column("versions", sa.Column("lapses", Words, nullable=True))
    _revisions()
    _lanes()
    _breakers()
    _people()
    _editions()
    _decisions()
    _returned()
    _readers()
    _drafts()


def _claims() -> None:
    op.create_table(
        "work",
        sa.Column("sort", Words, nullable=False),
        sa.Column("key", Words, nullable=False),
        sa.Column("node", Words, nullable=True),
        sa.Column("token", Words, nullable=True),
        sa.Column("lease_until", Utc, nullable=True),
        sa.Column("note", Words, server_default="", nullable=False),
        sa.PrimaryKeyConstraint("sort", "key", name=op.f("pk_work")),
    )
    op.add_column("nodes", _time("lease_until", nullable=True))


def _revisions() -> None:
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


def _lanes() -> None:
    """Lanes in the outbox, rates over all nodes, and what lets finished rows leave unseen."""
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


def _breakers() -> None:
    op.create_table(
        "breakers",
        _words("name"),
        sa.Column("failures", sa.Integer(), nullable=False),
        _time("since"),
        _time("until"),
        _words("text"),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_breakers")),
    )


def _people() -> None:
    op.create_table(
        "people",
        sa.Column("id", Id, nullable=False),
        _words("name"),
        _words("address", nullable=True),
        _words("role"),
        _words("password"),
        _words("language"),
        _words("zone"),
        _time("created_at"),
        _time("ended_at", nullable=True),
        sa.CheckConstraint("role IN ('reader', 'editor', 'admin')", name=op.f("ck_people_role")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
        sa.UniqueConstraint("name", name=op.f("uq_people_name")),
    )
    op.create_table(
        "sessions",
        _words("hash"),
        sa.Column("person_id", Id, nullable=False),
        _time("created_at"),
        _time("seen_at"),
        _time("expires_at"),
        _of_a_person("sessions"),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_sessions")),
    )
    op.create_index("ix_sessions_person_id", "sessions", ["person_id"])
    op.create_table(
        "looks",
        sa.Column("person_id", Id, nullable=False),
        _words("situation"),
        sa.Column("version_id", Id, nullable=False),
        _time("at"),
        _of_a_person("looks"),
        _of_a_situation("looks"),
        sa.ForeignKeyConstraint(["version_id"], ["versions.id"], name=op.f("fk_looks_version_id")),
        sa.PrimaryKeyConstraint("person_id", "situation", name=op.f("pk_looks")),
    )
    op.create_table(
        "seen",
        sa.Column("person_id", Id, nullable=False),
        _words("situation"),
        _words("mark"),
        _time("at"),
        _of_a_person("seen"),
        _of_a_situation("seen"),
        sa.PrimaryKeyConstraint("person_id", "situation", "mark", name=op.f("pk_seen")),
    )
    op.create_table(
        "machines",
        _words("hash"),
        _words("name"),
        sa.Column("scopes", JsonText(), nullable=False),
        _time("created_at"),
        _words("created_by"),
        _time("ended_at", nullable=True),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_machines")),
        sa.UniqueConstraint("name", name=op.f("uq_machines_name")),
    )
    op.create_table(
        "permits",
        _words("hash"),
        _words("purpose"),
        sa.Column("about", JsonText(), nullable=False),
        _time("created_at"),
        _time("expires_at"),
        _time("used_at", nullable=True),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_permits")),
    )


def _editions() -> None:
    """A digest for many is one row: which one, by all that decides it."""
    op.create_table(
        "editions",
        sa.Column("key", Words, nullable=False),
        sa.Column("digest_id", Id, nullable=False),
        sa.Column("made_at", Utc, nullable=False),
        sa.ForeignKeyConstraint(["digest_id"], ["digests.id"], name=op.f("fk_editions_digest_id")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_editions")),
    )
    op.create_index("ix_editions_digest_id", "editions", ["digest_id"])


def _decisions() -> None:
    """What people have decided about versions: who, when and why."""
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


def _returned() -> None:
    """Mail that came back, and how far the mailbox is read where it comes."""
    op.create_table(
        "bounces",
        sa.Column("id", Id, nullable=False),
        _words("report"),
        _time("at"),
        _words("way"),
        _words("sort"),
        _words("verdict"),
        _words("status", nullable=True),
        _words("text"),
        _words("reporter"),
        _words("address", nullable=True),
        sa.Column("message", Id, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bounces")),
        sa.UniqueConstraint("report", name=op.f("uq_bounces_report")),
    )
    op.create_index("ix_bounces_at", "bounces", ["at"])
    op.create_index("ix_bounces_address", "bounces", ["address"])
    op.create_index("ix_bounces_message", "bounces", ["message"])
    op.create_table(
        "mailboxes",
        _words("name"),
        sa.Column("validity", Id, nullable=False),
        sa.Column("read_to", Id, nullable=False),
        _words("trouble", nullable=True),
        _time("trouble_at", nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_mailboxes")),
    )


def _readers() -> None:
    """Readers who look after themselves: links that can be ended, pauses, limits, erasures."""
    no = sa.false()
    op.add_column(
        "subscriptions", sa.Column("rests", sa.Boolean(), server_default=no, nullable=False)
    )
    op.add_column(
        "subscriptions", sa.Column("links", sa.Integer(), server_default="0", nullable=False)
    )
    op.create_table(
        "tries",
        sa.Column("id", Id, nullable=False),
        _words("key"),
        _time("at"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tries")),
    )
    op.create_index("ix_tries_key", "tries", ["key", "at"])
    op.create_table(
        "erasures",
        _words("hash"),
        _time("at"),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_erasures")),
    )


def _drafts() -> None:
    """What is being written."""
    op.create_table(
        "drafts",
        sa.Column("id", Id, nullable=False),
        _words("situation"),
        _words("text"),
        sa.Column("base_id", Id, nullable=True),
        _time("opened_at"),
        _words("opened_by"),
        sa.Column("edition", sa.Integer(), server_default="1", nullable=False),
        _time("saved_at"),
        _words("saved_by"),
        _words("ending", nullable=True),
        _time("ended_at", nullable=True),
        _words("ended_by", nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
        sa.ForeignKeyConstraint(
            ["situation"], ["situations.name"], name=op.f("fk_drafts_situation")
        ),
        sa.ForeignKeyConstraint(["base_id"], ["versions.id"], name=op.f("fk_drafts_base_id")),
        sa.CheckConstraint("ending IN ('published', 'discarded')", name=op.f("ck_drafts_ending")),
    )
    is_open = sa.text("drafts.ended_at IS NULL")
    op.create_index(
        "ix_drafts_open",
        "drafts",
        ["situation"],
        unique=True,
        sqlite_where=is_open,
        postgresql_where=is_open,
    )
    _articles()
    _placings()
    _answers()


def _articles() -> None:
    op.create_table(
        "articles",
        sa.Column("id", Id, nullable=False),
        sa.Column("draft_id", Id, nullable=False),
        _words("source", nullable=True),
        sa.Column("blob_id", Id, nullable=False),
        _words("text"),
        _words("title", nullable=True),
        _words("publisher", nullable=True),
        _words("published", nullable=True),
        _words("url", nullable=True),
        _time("added_at"),
        _words("added_by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_articles")),
        sa.ForeignKeyConstraint(["draft_id"], ["drafts.id"], name=op.f("fk_articles_draft_id")),
        sa.ForeignKeyConstraint(["blob_id"], ["blobs.id"], name=op.f("fk_articles_blob_id")),
    )
    op.create_index(
        "ix_articles_draft_id_blob_id", "articles", ["draft_id", "blob_id"], unique=True
    )


def _placings() -> None:
    """What was made of articles, by whom and from which words."""
    op.create_table(
        "placings",
        sa.Column("id", Id, nullable=False),
        sa.Column("draft_id", Id, nullable=False),
        sa.Column("article_id", Id, nullable=True),
        sa.Column("card", sa.Integer(), nullable=True),
        _words("choice"),
        _words("placement", nullable=True),
        _words("quote", nullable=True),
        sa.Column("first", sa.Integer(), nullable=True),
        sa.Column("last", sa.Integer(), nullable=True),
        _words("how"),
        _time("decided_at"),
        _words("decided_by"),
        _words("before", nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_placings")),
        sa.ForeignKeyConstraint(["draft_id"], ["drafts.id"], name=op.f("fk_placings_draft_id")),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_placings_article_id")
        ),
        sa.CheckConstraint(
            "choice IN ('accepted', 'rejected', 'later')", name=op.f("ck_placings_choice")
        ),
        sa.CheckConstraint(
            "how IN ('terminal', 'browser', 'model', 'form')", name=op.f("ck_placings_how")
        ),
    )
    op.create_index("ix_placings_draft_id", "placings", ["draft_id"])


def _answers() -> None:
    """What a model said of articles."""
    op.create_table(
        "answers",
        sa.Column("id", Id, nullable=False),
        sa.Column("article_id", Id, nullable=False),
        _words("model"),
        _words("question"),
        _time("asked_at"),
        sa.Column("tokens", sa.Integer(), nullable=False),
        _words("answer", nullable=True),
        _words("outcome"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answers")),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_answers_article_id")
        ),
    )
    op.create_index("ix_answers_article_id", "answers", ["article_id"])
    op.create_index("ix_answers_asked_at", "answers", ["asked_at"])


def _partial(name: str, columns: list[str], where: str) -> None:
    only = sa.text(where)
    op.create_index(name, "outbox", columns, sqlite_where=only, postgresql_where=only)


def _words(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, Words(), nullable=nullable)


def _time(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, Utc(), nullable=nullable)


def _of_a_person(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_person_id")
    return sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=name)


def _of_a_situation(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_situation")
    return sa.ForeignKeyConstraint(["situation"], ["situations.name"], name=name)
