"""Release 0.2: why each pointer stands where it does, what each message told of each situation,
zones, holds, refusals; and no longer what nobody read."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

from monitor.store.columns import JsonText, Utc, Words

revision = "0009"
down_revision = "0003"


def upgrade() -> None:
    # A database that was brought this far between the releases has all but the last steps behind.
    inspector = sa.inspect(op.get_bind())
    pointers = inspector.get_columns("pointers")
    if "cause" not in {column["name"] for column in pointers}:
        _give_moves_a_cause()
        _mind_time()
        _tell_refusals_apart()
        _complete_starts()
        for name in ("told_seq", "told_owed", "alerted_owed"):
            op.drop_column("subscriptions", name)
        for name in ("told_from", "alerted_from"):
            op.drop_column("outbox", name)
    if inspector.has_table("comparisons"):
        _drop_what_nobody_reads()
    _let_writers_weigh()


def _give_moves_a_cause() -> None:
    op.add_column("pointers", sa.Column("cause", Words(), nullable=True))
    op.add_column("pointers", sa.Column("cause_seq", sa.Integer(), nullable=True))
    op.add_column("pointers", sa.Column("moved_at", Utc(), nullable=True))
    begun = sa.Column("begun_seq", sa.Integer(), nullable=False, server_default="0")
    op.add_column("pointers", begun)


def _mind_time() -> None:
    op.add_column("situations", sa.Column("zone", Words(), server_default="UTC", nullable=False))
    op.add_column("snapshots", sa.Column("aside", Words(), nullable=True))
    op.add_column("snapshots", sa.Column("aside_at", Utc(), nullable=True))
    op.add_column("snapshots", sa.Column("aside_reason", Words(), nullable=True))
    op.add_column("versions", sa.Column("hold", Words(), nullable=True))


def _tell_refusals_apart() -> None:
    losses = sa.Column("losses", sa.Integer(), nullable=False, server_default="0")
    op.add_column("subscriptions", losses)
    op.add_column("subscriptions", sa.Column("paused_until", Utc(), nullable=True))
    op.add_column("outbox", sa.Column("refused_as", Words(), nullable=True))
    op.add_column("outbox", sa.Column("refused_at", Utc(), nullable=True))
    proven: sa.Column[bool] = sa.Column(
        "proven", sa.Boolean(), nullable=False, server_default=sa.false()
    )
    op.add_column("outbox", proven)
    op.create_index(
        "ix_outbox_refused",
        "outbox",
        ["id"],
        sqlite_where=sa.text("refused_as IS NOT NULL"),
        postgresql_where=sa.text("refused_as IS NOT NULL"),
    )


def _let_writers_weigh() -> None:
    op.add_column("snapshots", sa.Column("weigh", JsonText(), nullable=True))
    op.create_index(
        "ix_snapshots_weigh",
        "snapshots",
        ["situation"],
        sqlite_where=sa.text("weigh IS NOT NULL"),
        postgresql_where=sa.text("weigh IS NOT NULL"),
    )


def _drop_what_nobody_reads() -> None:
    op.drop_table("comparisons")
    op.drop_table("sightings")
    op.drop_column("files", "seen_at")
    op.drop_column("sources", "ok_at")
    op.drop_column("snapshots", "note")
    op.drop_column("deliveries", "token")


def _complete_starts() -> None:
    """Where each message began was kept for all situations, and where it ended for none."""
    connection = op.get_bind()
    query = "SELECT id, subscription_id, start FROM outbox WHERE start IS NOT NULL ORDER BY {}"
    rows = connection.execute(sa.text(query.format("subscription_id, seq"))).all()
    stands: dict[int, dict[str, list[int]]] = {}
    for row in connection.execute(sa.text("SELECT * FROM pointers")):
        stands.setdefault(row.subscription_id, {})[row.situation] = [row.told, row.alerted]
    change = sa.text("UPDATE outbox SET start = :start WHERE id = :id")
    for number, start in _completed(rows, stands):
        text = json.dumps(start, sort_keys=True, separators=(",", ":")) if start else None
        connection.execute(change, {"id": number, "start": text})


def _completed(
    rows: Sequence[Any], stands: dict[int, dict[str, list[int]]]
) -> Iterator[tuple[int, dict[str, list[int]]]]:
    """A message ended where its reader's next one began, and the last where the pointers stand."""
    after = dict(stands)
    for row in reversed(rows):
        start: dict[str, list[int]] = json.loads(row.start)
        known = after.get(row.subscription_id, {})
        ends = {name: [*at, *known[name]] for name, at in start.items() if name in known}
        yield row.id, {name: each for name, each in ends.items() if each[:2] != each[2:]}
        after[row.subscription_id] = known | start
