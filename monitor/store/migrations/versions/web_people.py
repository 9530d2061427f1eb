"""People who log in, their sessions, what they have seen; permits of links and of programs."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from monitor.store.columns import Id, JsonText, Utc, Words

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
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
