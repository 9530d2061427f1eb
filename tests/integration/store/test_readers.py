"""Limits that all processes share, pauses that readers ask for, and what is left of one erased."""

from __future__ import annotations

from datetime import timedelta

import pytest

from monitor.errors import NotFound
from monitor.model.message import Mark, Outcome, Result
from monitor.store import Store, open_store
from monitor.store.readers import ERASED
from monitor.store.records import Bounce
from monitor.store.tries import Limit
from tests.integration.store.world import (
    DAY,
    MINUTE,
    NOW,
    REFUSED,
    SECOND,
    SENT,
    digest,
    reader,
    version,
)

ANA = "ana@example.org"
BEN = "ben@example.org"

DEAD = Outcome(result=Result.TEMPORARY, phase="rcpt", code=450, text="for too long")


def test_a_limit_holds_and_has_room_again_later(store: Store) -> None:
    limits = [Limit("mailbox", 3, DAY), Limit("network", 100, DAY)]
    assert [store.tries.allow(limits, now=NOW) for _ in range(3)] == [None] * 3
    assert store.tries.allow(limits, now=NOW + MINUTE) == "mailbox"
    assert store.tries.allow(limits, now=NOW + DAY) is None


def test_what_is_refused_counts_nowhere(store: Store) -> None:
    both = [Limit("network", 2, DAY), Limit("mailbox", 1, DAY)]
    assert store.tries.allow(both, now=NOW) is None
    for _ in range(5):
        assert store.tries.allow(both, now=NOW) == "mailbox"
    assert store.tries.allow([Limit("network", 2, DAY)], now=NOW) is None


def test_two_processes_count_together(database_url: str, store: Store) -> None:
    other = open_store(database_url)
    try:
        limits = [Limit("mailbox", 3, DAY)]
        found = [one.tries.allow(limits, now=NOW) for one in (store, other) * 5]
    finally:
        other.close()
    assert found == [None] * 3 + ["mailbox"] * 7


def test_a_pause_that_she_asked_for_outlasts_what_arrives_and_what_is_lost(service: Store) -> None:
    ana = reader(service, version(service, "2026-02-05"))
    news = [version(service, day) for day in ("2026-02-06", "2026-02-07")]
    until = NOW + 7 * DAY
    for new, result in zip(news, (DEAD, SENT), strict=True):
        slot = NOW + new.id * SECOND
        assert digest(service, service.subscriptions.get(ana.id), new, slot)
        (claimed,) = service.outbox.claim(limit=1, now=NOW)
        service.subscriptions.rest(ana.id, until, due_at=until)
        service.outbox.mark([Mark(message=claimed, outcome=result, next_attempt=None)], now=NOW)
        assert service.subscriptions.get(ana.id).rests_until == until
    assert service.subscriptions.page(due_by=until - SECOND) == ()
    assert [one.id for one in service.subscriptions.page(due_by=until)] == [ana.id]
    service.subscriptions.rest(ana.id, None, due_at=None)
    assert service.subscriptions.get(ana.id).rests_until is None
    assert service.subscriptions.page(due_by=NOW) != ()


def test_nobody_rests_who_is_not_there(store: Store) -> None:
    with pytest.raises(NotFound):
        store.subscriptions.rest(999, NOW, due_at=None)


def test_links_end_for_all_of_an_address_and_nobody_else(store: Store) -> None:
    told = version(store, "2026-02-05")
    ana, ben = reader(store, told), reader(store, told, address=BEN)
    store.readers.end_links(ana.spec.address)
    store.readers.end_links(ana.spec.address)
    assert store.readers.links([ana.id, ben.id]) == {ana.id: 2}


def came_back(address: str) -> Bounce:
    return Bounce(
        report=f"of {address}",
        at=NOW,
        way="pipe",
        sort="failed",
        verdict="noted",
        status="5.1.1",
        text=f"<{address}> is unknown",
        reporter="mx.example.org",
        address=None,
        message=None,
    )


def test_of_somebody_erased_nothing_says_who_she_was(service: Store) -> None:
    told = version(service, "2026-02-05")
    ana, ben = reader(service, told), reader(service, told, address=BEN)
    new, address = version(service, "2026-02-06"), ana.spec.address
    assert digest(service, ana, new)
    assert digest(service, ben, new)
    service.subscriptions.mute(ana.id, "statements", "of ana", until=None, now=NOW)
    service.suppressions.add(address, scope="other", reason="asked", by="x", now=NOW)
    service.permits.add("h", "confirm", {"address": address}, now=NOW, expires_at=NOW + DAY)
    assert service.bounces.add(came_back(address))
    assert service.bounces.add(came_back(BEN))
    assert service.readers.erase(address, ["mark"], now=NOW) == 1

    left = service.subscriptions.get(ana.id)
    assert (left.state, left.state_reason) == ("unsubscribed", ERASED)
    assert (left.pointers, left.mutes, left.spec.situations) == ((), (), ())
    (message,) = service.outbox.find(subscription=ana.id)
    assert (message.state, message.recipient, dict(message.splice)) == ("cancelled", ERASED, {})
    assert service.subscriptions.all(address) == ()
    assert service.suppressions.audit() == ()
    assert service.permits.find("h", "confirm", now=NOW) is None
    assert service.bounces.find(f"of {address}") is None
    assert service.bounces.find(f"of {BEN}") is not None
    assert service.readers.erasures() == (NOW,)
    assert service.readers.erased(["mark", "other"]) == {"mark"}
    assert [one.subscription for one in service.outbox.claim(limit=9, now=NOW)] == [ben.id]


def test_a_mail_in_flight_when_she_is_erased_is_tried_no_more(service: Store) -> None:
    ana = reader(service, version(service, "2026-02-05"))
    assert digest(service, ana, version(service, "2026-02-06"))
    (claimed,) = service.outbox.claim(limit=1, now=NOW)
    service.readers.erase(ana.spec.address, [], now=NOW)
    service.outbox.mark([Mark(message=claimed, outcome=REFUSED, next_attempt=NOW)], now=NOW)
    assert service.outbox.claim(limit=1, now=NOW + DAY) == []
    (message,) = service.outbox.find(subscription=ana.id)
    assert (message.state, message.recipient) == ("cancelled", ERASED)
    assert service.suppressions.all() == ()


def test_a_pass_that_had_read_her_before_writes_her_nothing(service: Store) -> None:
    ana = reader(service, version(service, "2026-02-05"))
    service.readers.erase(ana.spec.address, [], now=NOW)
    assert not digest(service, ana, version(service, "2026-02-06"))


@pytest.mark.parametrize(
    ("later", "standing"),
    [(timedelta(0), "good"), (7 * DAY, "over"), (38 * DAY, "unknown")],
)
def test_a_permit_that_is_over_is_told_from_none(
    store: Store, later: timedelta, standing: str
) -> None:
    store.permits.add("h", "confirm", {"address": ANA}, now=NOW, expires_at=NOW + 7 * DAY)
    now = NOW + later
    store.permits.add("other", "confirm", {}, now=now, expires_at=now + DAY)
    assert store.permits.standing("h", "confirm", now=now) == standing
    assert store.permits.standing("h", "first", now=now) == "unknown"


def test_a_permit_that_was_used_says_so_and_of_whom_no_more(store: Store) -> None:
    store.permits.add("h", "confirm", {"address": ANA}, now=NOW, expires_at=NOW + DAY)
    used = store.permits.use("h", "confirm", now=NOW)
    assert used is not None
    assert store.permits.standing("h", "confirm", now=NOW) == "used"
