"""What the sweep puts into the store: a body, messages of it, a reader with pointers to move."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import datetime, timedelta

from monitor.mail.message import Sender, address, encode
from monitor.model.subscription import Pointers, SubscriptionSpec
from monitor.store.records import Letter, NewVersion, Telling
from monitor.store.store import Store
from tests.faults.orders import Orders

SENDER = Sender(
    address="monitor@monitor.test",
    name="monitor",
    domain="monitor.test",
    bounce_domain="monitor.test",
    secret=b"only for tests",
    unsubscribe_address="unsubscribe@monitor.test",
)
SITUATION = "talks"
READER = "reader@example.org"
LIFE = timedelta(hours=48)
FIRST_BODY = 1


def add_body(store: Store, size: int) -> int:
    """A digest of about `size` octets, encoded as digests are."""
    line = "Head of delegation: Igor Kostyukov -> Vladimir Medinsky\n"
    text = line * (size // len(line) + 1)
    return store.digests.add_body(encode("Medinsky replaces Kostyukov", text, None, sender=SENDER))


def letter(
    body: int, number: int, now: datetime, *, to: str | None = None, life: timedelta = LIFE
) -> Letter:
    """Message `number`, to a reader of its own unless `to` is given (as it is, poison and all)."""
    recipient = f"reader{number}@example.org"
    addressed = address(
        recipient,
        body_key=f"b{body}",
        message_key=f"m{number}",
        made_at=now,
        sender=SENDER,
        token=None,
    )
    return Letter(
        reason="digest",
        message_id=addressed.splice["message_id"],
        body=body,
        recipient=to or addressed.recipient,
        splice=addressed.splice,
        not_before=now,
        expires_at=now + life,
    )


def owe(store: Store, letters: Sequence[Letter], now: datetime) -> list[str]:
    """Write messages into the outbox; their Message-IDs."""
    store.outbox.post(letters, now=now)
    return [one.message_id for one in letters]


def subscribe(store: Store, now: datetime) -> None:
    """A reader who has been told of the first of two versions."""
    store.situations.ensure(SITUATION, kind="negotiation", title=None, now=now)
    store.situations.remember_kind("k", "negotiation", {})
    first, second = (
        store.versions.add(
            NewVersion(
                situation=SITUATION,
                as_of=f"2026-02-{day}",
                content_hash=day * 32,
                document={"day": day},
                kind_hash="k",
                learned_at=now,
            )
        )
        for day in ("05", "17")
    )
    assert second.id > first.id
    spec = SubscriptionSpec(address=READER, name="digest", situations=(SITUATION,))
    pointers = Pointers(situation=SITUATION, told=first.id, alerted=first.id)
    store.subscriptions.create(spec, [pointers], due_at=now, now=now)
    assert add_body(store, 2000) == FIRST_BODY


def due_telling(store: Store, orders: Orders) -> Telling:
    """What a due run is about to write: seq, pointers, run and message in one transaction."""
    now = orders.clock(time.time())
    reader = store.subscriptions.find(READER, "digest")
    latest = store.versions.latest(SITUATION)
    assert reader is not None and latest is not None
    moved = Pointers(situation=SITUATION, told=latest.id, alerted=latest.id)
    return Telling(
        subscription=reader,
        pointers=(moved,),
        slot=datetime.fromisoformat(orders.slot),
        next_due=now + timedelta(days=1),
        letter=letter(FIRST_BODY, reader.seq + 1, now, to=READER),
    )
