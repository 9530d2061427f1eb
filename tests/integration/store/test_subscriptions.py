"""Subscriptions, mutes and suppressions."""

from __future__ import annotations

import pytest

from monitor.errors import Conflict, NotFound
from monitor.model.comparison import Significance
from monitor.model.record import replace
from monitor.model.subscription import Filter, Quiet, SubscriptionSpec
from monitor.store import Store
from tests.integration.store.world import (
    DAY,
    NOW,
    SECOND,
    TALKS,
    again,
    alert,
    at,
    digest,
    reader,
    situation,
    version,
)

FULL = SubscriptionSpec(
    address="ben@example.org",
    name="at once",
    situations=(TALKS, "other"),
    cadence="cron 0 7 * * 1",
    zone="Europe/Kyiv",
    filter=Filter(
        minimum=Significance.MAJOR,
        collections=("delegations",),
        parties=("russia",),
        issues=("security-guarantees",),
        entities=("people[medinsky]",),
    ),
    alert_level=None,
    quiet=Quiet(start="22:00", end="07:00"),
    receipts=True,
    language="de",
    start="baseline",
    origin="config",
)


def test_a_specification_comes_back_whole(store: Store) -> None:
    created = store.subscriptions.create(FULL, [], due_at=None, now=NOW)
    assert created.spec == FULL
    assert store.subscriptions.find("ben@example.org", "at once") == created
    assert (created.state, created.seq, created.created_at) == ("active", 0, NOW)


def test_address_and_name_identify_a_subscription(store: Store) -> None:
    store.subscriptions.create(FULL, [], due_at=None, now=NOW)
    with pytest.raises(Conflict, match="has a subscription named 'at once' already"):
        store.subscriptions.create(FULL, [], due_at=None, now=NOW)
    other = store.subscriptions.create(replace(FULL, name="b"), [], due_at=None, now=NOW)
    assert [one.spec.name for one in store.subscriptions.all("ben@example.org")] == ["at once", "b"]
    assert store.subscriptions.find("ben@example.org", "c") is None
    assert other.id != 0


def test_an_update_leaves_pointers_and_number_alone(store: Store) -> None:
    old, new = version(store, "2026-02-05"), version(store, "2026-02-17")
    ana = reader(store, old)
    digest(store, ana, new)
    changed = replace(ana.spec, cadence="hourly")
    store.subscriptions.update(ana.id, changed, due_at=None)
    after = again(store, ana)
    assert (after.spec, after.due_at) == (changed, None)
    assert (after.seq, after.pointers) == (1, (at(new),))


def test_what_does_not_exist_is_not_found(store: Store) -> None:
    for call in (
        lambda: store.subscriptions.get(7),
        lambda: store.subscriptions.update(7, FULL, due_at=None),
        lambda: store.subscriptions.set_state(7, "active", now=NOW),
        lambda: store.subscriptions.unmute(7),
        lambda: store.versions.get(7),
        lambda: store.snapshots.get(7),
        lambda: store.snapshots.data(7),
        lambda: store.digests.get(7),
        lambda: store.digests.input(7),
        lambda: store.digests.body(7),
        lambda: store.situations.get("x"),
        lambda: store.situations.kind("x"),
        lambda: store.situations.baseline("x"),
        lambda: store.situations.set_baseline("x", "previous", None),
        lambda: store.judgements.revoke(7, now=NOW),
        lambda: store.suppressions.lift("x@y", reason="", by="", now=NOW),
        lambda: store.outbox.get("7"),
        lambda: store.outbox.get("seven"),
        lambda: store.outbox.deliveries("9" * 30),
        lambda: store.outbox.cancel(["7"], "", now=NOW),
    ):
        with pytest.raises(NotFound):
            call()


def test_pages_walk_all_active_readers_by_id(store: Store) -> None:
    first = version(store, "2026-02-05")
    several = [reader(store, first, address=f"r{n}@example.org") for n in range(5)]
    store.subscriptions.set_state(several[1].id, "suspended", "full", now=NOW)
    seen, after = [], 0
    while page := store.subscriptions.page(after=after, limit=2):
        assert len(page) <= 2
        seen += [one.spec.address for one in page]
        after = page[-1].id
    assert seen == [f"r{n}@example.org" for n in (0, 2, 3, 4)]


def test_a_page_of_due_readers_holds_due_unreckoned_and_future_ones(store: Store) -> None:
    first = version(store, "2026-02-05")
    due, later, unknown, future = (reader(store, first, name=f"{n}") for n in range(4))
    store.subscriptions.reschedule(later.id, NOW + DAY)
    store.subscriptions.update(unknown.id, unknown.spec, due_at=None)
    # The clock was a year ahead when this one ran.
    digest(store, future, first, slot=NOW + 365 * DAY)
    page = store.subscriptions.page(due_by=NOW)
    assert [one.id for one in page] == [due.id, unknown.id, future.id]
    assert [one.id for one in store.subscriptions.page(due_by=NOW - SECOND)] == [
        unknown.id,
        future.id,
    ]


def test_a_page_of_those_whose_alerts_are_behind_follows_the_alerted_pointer(store: Store) -> None:
    old, new = version(store, "2026-02-05"), version(store, "2026-02-17")
    ana, ben = reader(store, old), reader(store, old, address="ben@example.org")
    alert(store, ana, new)
    behind = store.subscriptions.page(situation=TALKS, alerted_not=new.id)
    assert [one.id for one in behind] == [ben.id]
    assert store.subscriptions.page(situation="other", alerted_not=new.id) == ()


def test_following_and_leaving_a_situation(store: Store) -> None:
    old, new = version(store, "2026-02-05"), version(store, "2026-02-17")
    ana = reader(store, old)
    store.subscriptions.unfollow(ana.id, [at(old)])
    assert again(store, ana).pointers == ()
    store.subscriptions.follow(ana.id, [at(new)], now=NOW)
    assert again(store, ana).pointers == (at(new),)


def test_a_mute_is_kept_with_its_reason_until_it_is_taken_back(store: Store) -> None:
    ana = reader(store, version(store, "2026-02-05"))
    mute = store.subscriptions.mute(ana.id, "reworded", "too many", until="2026-03-01", now=NOW)
    assert again(store, ana).mutes == (mute,)
    store.subscriptions.unmute(mute.id)
    assert again(store, ana).mutes == ()


def test_a_suppression_stops_and_its_lifting_frees(store: Store) -> None:
    first = version(store, "2026-02-05")
    daily, weekly = reader(store, first), reader(store, first, name="weekly")
    gone = reader(store, first, name="gone")
    store.subscriptions.set_state(gone.id, "unsubscribed", now=NOW)
    for _ in range(2):
        store.suppressions.add("ana@example.org", reason="complaint", by="operator", now=NOW)
    store.suppressions.add("ana@example.org", scope="daily", reason="x", by="operator", now=NOW)
    states = [again(store, one).state for one in (daily, weekly, gone)]
    assert states == ["suppressed", "suppressed", "unsubscribed"]
    assert store.suppressions.covers("ana@example.org", "weekly")
    store.suppressions.lift("ana@example.org", reason="asked", by="ana", now=NOW)
    states = [again(store, one).state for one in (daily, weekly, gone)]
    assert states == ["suppressed", "active", "unsubscribed"]
    assert not store.suppressions.covers("ana@example.org", "weekly")
    audit = [(one.action, one.scope, one.by) for one in store.suppressions.audit()]
    assert audit == [
        ("suppressed", "all", "operator"),
        ("suppressed", "daily", "operator"),
        ("lifted", "all", "ana"),
    ]


def test_a_suppressed_address_cannot_be_subscribed_afresh(store: Store) -> None:
    first = version(store, "2026-02-05")
    store.suppressions.add("ana@example.org", reason="complaint", by="operator", now=NOW)
    assert reader(store, first).state == "suppressed"


def test_a_situation_keeps_its_baseline_when_it_is_met_again(store: Store) -> None:
    first = version(store, "2026-02-05")
    store.situations.set_baseline(TALKS, "pinned", first.id)
    situation(store)
    assert store.situations.get(TALKS).baseline == first.id
    assert [one.name for one in store.situations.all()] == [TALKS]
    assert store.situations.kind("k1") == ("negotiation", {"type": "object"})
