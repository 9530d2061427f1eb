"""One message for many readers: rows that the database makes of its own, without a word of each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, Text, cast, insert, literal, select

from monitor.model.message import LANES
from monitor.model.subscription import Pointers
from monitor.store import tables
from monitor.store.columns import Words
from monitor.store.family import among
from monitor.store.records import Circular
from monitor.store.spans import to_json

_readers = tables.subscriptions
_outbox = tables.outbox


def post(
    connection: Connection,
    circular: Circular,
    moved: Sequence[tuple[Pointers, Pointers]],
    numbers: Sequence[int],
    now: datetime,
) -> None:
    """Writes it to each of these subscriptions, as the message of the number that it has now.
    `moved`: from where to where it moves the pointers of each."""
    before, after = circular.message_id
    own = cast(_readers.c.id, Text) + "-" + cast(_readers.c.seq, Text)
    alike = {
        "reason": circular.reason,
        "lane": LANES[circular.reason],
        "digest_id": circular.digest,
        "body_id": circular.body,
        "splice": dict(circular.splice),
        "state": "held" if circular.held else "pending",
        "state_reason": circular.held,
        "attempts": 0,
        "uncertain": False,
        "created_at": now,
        "next_attempt": None if circular.held else circular.not_before,
        "expires_at": circular.expires_at,
        "start": to_json(moved),
        "proven": False,
    }
    theirs = {
        "subscription_id": _readers.c.id,
        "seq": _readers.c.seq,
        "recipient": _readers.c.address,
        "message_id": literal(before, Words) + own + literal(after, Words),
    }
    values = theirs | {name: literal(value, _outbox.c[name].type) for name, value in alike.items()}
    made = select(*values.values()).where(among(connection, _readers.c.id, numbers))
    connection.execute(insert(_outbox).from_select(list(values), made.order_by(_readers.c.id)))
