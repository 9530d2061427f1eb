"""100,000 readers of one situation: told in pages, sent from a bounded queue."""

from __future__ import annotations

import asyncio
import resource
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial

from sqlalchemy import insert

from benchmarks import mail_relay
from benchmarks.mail_sample import Mail, deliver, letter, seconds_of
from monitor.model.subscription import Pointers, SubscriptionSpec
from monitor.store import Store, open_store, tables
from monitor.store.records import NewVersion, Telling


class Progress:
    """A line for every 10,000 messages, with the memory of this process so far."""

    def __init__(self) -> None:
        self._sent = 0
        self._began = time.perf_counter()

    def __call__(self, event: str, /, **_facts: object) -> None:
        self._sent += event == "message-sent"
        if event == "message-sent" and self._sent % 10_000 == 0:
            rate = self._sent / (time.perf_counter() - self._began)
            print(f"  {self._sent:7} sent, {rate:5.0f}/s, {_peak():.0f} MB", flush=True)


def measure(fresh: dict[str, Callable[[], str]], number: int = 100_000) -> int:
    """One digest for 100,000 readers: read in pages, told in batches, sent from a bounded queue."""
    with mail_relay.sink() as port:
        for sort, make in fresh.items():
            store = open_store(make())
            _subscribe(store, number)
            store.nodes.start(now=datetime.now(UTC))
            print(f"\n{number} readers on {sort}: {_peak():.0f} MB before")
            seconds = seconds_of(partial(_tell_all, store))
            print(
                f"  told in {seconds:.0f} s ({number / seconds:.0f}/s), {_peak():.0f} MB",
                flush=True,
            )
            seconds = seconds_of(partial(_send_all, store, port))
            print(
                f"  sent in {seconds:.0f} s ({number / seconds:.0f}/s), {_peak():.0f} MB",
                flush=True,
            )
            assert store.outbox.count().by_state == {"sent": number}
            store.close()
    return 0


def _send_all(store: Store, port: int) -> None:
    asyncio.run(deliver(store, port, 4, log=Progress()))


def _subscribe(store: Store, number: int) -> None:
    """Readers of one situation whose digest is due; one template of them is written through the
    store, the others as copies of its row."""
    now = datetime.now(UTC)
    store.situations.remember_kind("k", "negotiation", {})
    store.situations.ensure("talks", kind="negotiation", title=None, now=now)
    versions = [
        store.versions.add(
            NewVersion(
                situation="talks",
                as_of=f"2026-02-{day}",
                content_hash=day * 32,
                document={"day": day},
                kind_hash="k",
                learned_at=now,
            )
        )
        for day in ("05", "17")
    ]
    pointers = Pointers(situation="talks", told=versions[0].id, alerted=versions[0].id)
    spec = SubscriptionSpec(address="reader0@example.org", name="digest", situations=("talks",))
    first = store.subscriptions.create(spec, [pointers], due_at=now, now=now)
    with store._database.engine.connect() as connection:
        connection.execution_options(monitor_writes=True)
        readers, places = tables.subscriptions, tables.pointers
        row = dict(connection.execute(readers.select()).mappings().one())
        place = dict(connection.execute(places.select()).mappings().one())
        ids = range(first.id + 1, first.id + number)
        connection.execute(
            insert(readers),
            [row | {"id": i, "address": f"reader{i}@example.org"} for i in ids],
        )
        connection.execute(insert(places), [place | {"subscription_id": i} for i in ids])
        connection.commit()


def _tell_all(store: Store) -> None:
    now = datetime.now(UTC)
    body = store.digests.add_body(Mail.of(15_000).encoded())
    latest = store.versions.latest("talks")
    assert latest is not None
    moved = Pointers(situation="talks", told=latest.id, alerted=latest.id)
    after = 0
    while readers := store.subscriptions.page(after=after, limit=500):
        store.outbox.tell(
            [
                Telling(
                    subscription=reader,
                    pointers=(moved,),
                    slot=now,
                    next_due=now + timedelta(days=1),
                    letter=letter(body, reader.id, now),
                )
                for reader in readers
            ],
            now=now,
        )
        after = readers[-1].id


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
