"""Release 0.3: documents and files as blobs, each content once and packed beside the one before;
and who published what a source gave."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

from monitor.store.blobs import keep
from monitor.store.columns import Id, JsonText
from monitor.store.documents import rewritten

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "blobs",
        sa.Column("id", Id, nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("base_id", Id, nullable=True),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["base_id"], ["blobs.id"], name=op.f("fk_blobs_base_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_blobs")),
        sa.UniqueConstraint("hash", name=op.f("uq_blobs_hash")),
    )
    op.add_column("snapshots", sa.Column("authorship", JsonText(), nullable=True))
    for table, column in (
        ("snapshots", "data_id"),
        ("snapshots", "content_id"),
        ("contents", "document_id"),
    ):
        _refer(table, column)
    connection = op.get_bind()
    _pack_snapshots(connection)
    _pack_contents(connection)
    op.drop_column("snapshots", "data")
    op.drop_column("snapshots", "content")
    op.drop_column("contents", "document")


def _refer(table: str, column: str) -> None:
    """Alembic makes no such column on SQLite."""
    sort = "INTEGER" if op.get_bind().dialect.name == "sqlite" else "BIGINT"
    key = f"CONSTRAINT fk_{table}_{column} REFERENCES blobs (id)"
    op.execute(f"ALTER TABLE {table} ADD COLUMN {column} {sort} {key}")


def _pack_snapshots(connection: sa.Connection) -> None:
    numbers = "SELECT id, situation FROM snapshots ORDER BY situation, as_of, id"
    bytes_of = sa.text("SELECT data, content FROM snapshots WHERE id = :id")
    change = sa.text("UPDATE snapshots SET data_id = :data, content_id = :content WHERE id = :id")
    before: dict[str, tuple[int, int]] = {}
    for number, situation in connection.execute(sa.text(numbers)).all():
        data, content = connection.execute(bytes_of, {"id": number}).one()
        beside = before.get(situation, (None, None))
        packed = (
            keep(connection, bytes(data), after=beside[0]),
            keep(connection, rewritten(bytes(content)), after=beside[1]),
        )
        connection.execute(change, {"id": number, "data": packed[0], "content": packed[1]})
        before = {situation: packed}


def _pack_contents(connection: sa.Connection) -> None:
    document_of = sa.text("SELECT document FROM contents WHERE hash = :hash")
    change = sa.text("UPDATE contents SET document_id = :document WHERE hash = :hash")
    known: dict[str, int] = {}
    before: dict[Any, int] = {}
    for situation, digest in _contents(connection):
        if digest not in known:
            document = rewritten(connection.execute(document_of, {"hash": digest}).scalar_one())
            known[digest] = keep(connection, document, after=before.get(situation))
            connection.execute(change, {"hash": digest, "document": known[digest]})
        before = {situation: known[digest]}


def _contents(connection: sa.Connection) -> Iterator[tuple[str | None, str]]:
    """As the line of each situation has them; last those that no version names."""
    line = "SELECT situation, content_hash FROM versions ORDER BY situation, as_of, revision"
    yield from ((row[0], row[1]) for row in connection.execute(sa.text(line)).all())
    every = sa.text("SELECT hash FROM contents ORDER BY hash")
    yield from ((None, row[0]) for row in connection.execute(every).all())
