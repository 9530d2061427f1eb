"""A small world for the store's tests: one situation, its versions, and who follows it.

ana reads daily, ben at once, cleo has unsubscribed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection

from monitor.errors import StoreUnavailable
from monitor.model.message import Claimed, Mark, Outcome, Reason, Result, Scope
from monitor.model.record import replace
from monitor.model.subscription import Pointers, Subscription, SubscriptionSpec
from monitor.store import Families, Store
from monitor.store.records import Letter, MessageRow, NewVersion, Telling, Version

NOW = datetime(2026, 2, 17, 7, 0, tzinfo=UTC)
SECOND, MINUTE, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(days=1)
TALKS = "talks"

SENT = Outcome(result=Result.SENT, phase="dot", code=250, text="queued")
REFUSED = Outcome(result=Result.PERMANENT, phase="rcpt", code=550, text="no")
LATER = Outcome(result=Result.TEMPORARY, phase="rcpt", code=450, text="later")
DOUBT = Outcome(result=Result.UNKNOWN, phase="dot")
NO_RELAY = Outcome(result=Result.TEMPORARY, scope=Scope.CONNECTION, phase="connect")


def situation(store: Families, name: str = TALKS) -> None:
    store.situations.remember_kind("k1", "negotiation", {"type": "object"})
    store.situations.ensure(name, kind="negotiation", title="Talks", now=NOW)


def new_version(as_of: str, says: str = "", **values: object) -> NewVersion:
    document = {"says": says or as_of}
    content = hashlib.sha256(json.dumps(document).encode()).hexdigest()
    new = NewVersion(
        situation=TALKS,
        as_of=as_of,
        content_hash=content,
        document=document,
        kind_hash="k1",
        learned_at=NOW,
        lapses=(),
    )
    return replace(new, **values)


def version(store: Families, as_of: str, says: str = "", **values: object) -> Version:
    situation(store)
    return store.versions.add(new_version(as_of, says, **values))


def at(told: Version, alerted: Version | None = None) -> Pointers:
    return Pointers(situation=TALKS, told=told.id, alerted=(alerted or told).id)


def reader(
    store: Families, told: Version, *, name: str = "daily", address: str = "ana@example.org"
) -> Subscription:
    spec = SubscriptionSpec(address=address, name=name, situations=(TALKS,))
    return store.subscriptions.create(spec, [at(told)], due_at=NOW, now=NOW)


def letter(store: Families, to: str = "ana@example.org", reason: Reason = "digest") -> Letter:
    return Letter(
        reason=reason,
        message_id=f"<d.1.{to}>",
        body=store.digests.add_body(b"Subject: talks\r\n\r\nnews\r\n"),
        recipient=to,
        splice={"to": to},
        not_before=NOW,
        expires_at=NOW + 2 * DAY,
    )


def digest(store: Families, ana: Subscription, told: Version, slot: datetime | None = NOW) -> bool:
    """A digest run that tells ana everything up to a version."""
    telling = Telling(
        subscription=ana,
        pointers=(at(told),),
        slot=slot,
        next_due=slot and slot + DAY,
        letter=letter(store, ana.spec.address),
    )
    return store.outbox.tell([telling], now=NOW)[0]


def alert(store: Families, ana: Subscription, alerted: Version) -> bool:
    """An alert: told stays where it is."""
    moved = replace(ana.pointers[0], alerted=alerted.id)
    message = letter(store, ana.spec.address, "alert")
    telling = Telling(subscription=ana, pointers=(moved,), letter=message)
    return store.outbox.tell([telling], now=NOW)[0]


def again(store: Families, ana: Subscription) -> Subscription:
    """The subscription as it stands now."""
    return store.subscriptions.get(ana.id)


def claim(store: Store, now: datetime = NOW, limit: int = 50) -> list[Claimed]:
    return store.outbox.claim(limit=limit, now=now)


def mark(
    store: Store,
    claims: Sequence[Claimed],
    outcome: Outcome,
    next_attempt: datetime | None = None,
    now: datetime = NOW,
) -> list[bool]:
    marks = [Mark(message=one, outcome=outcome, next_attempt=next_attempt) for one in claims]
    return store.outbox.mark(marks, now=now)


def messages(store: Families) -> tuple[MessageRow, ...]:
    """Oldest first."""
    return store.outbox.find()[::-1]


def states(store: Families) -> list[str]:
    return [message.state for message in messages(store)]


class Answers:
    """What the database says to a store. It commits, and inside `lost` we do not hear of it."""

    def __init__(self, store: Store) -> None:
        self._database = store._database
        self._write = self._database.write

    @contextmanager
    def lost(self) -> Iterator[None]:
        self._database.write = self._unheard  # type: ignore[method-assign]
        try:
            with pytest.raises(StoreUnavailable):
                yield
        finally:
            self._database.write = self._write  # type: ignore[method-assign]

    @contextmanager
    def _unheard(self) -> Iterator[Connection]:
        with self._write() as connection:
            yield connection
        raise StoreUnavailable("the connection was lost")
