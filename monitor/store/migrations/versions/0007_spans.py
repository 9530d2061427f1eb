"""What each message told of each situation; what had gone back follows from that."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    _complete_starts()
    for name in ("told_seq", "told_owed", "alerted_owed"):
        op.drop_column("subscriptions", name)
    for name in ("told_from", "alerted_from"):
        op.drop_column("outbox", name)


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
