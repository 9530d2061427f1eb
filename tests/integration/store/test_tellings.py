"""Writing what a subscription is told: the number, the pointers, the run and the message."""

from __future__ import annotations

import pytest

from monitor.errors import Conflict
from monitor.model.record import replace
from monitor.store import Store
from monitor.store.records import AlertedFinding, Telling
from tests.integration.store.world import (
    DAY,
    NOW,
    TALKS,
    again,
    alert,
    at,
    digest,
    letter,
    messages,
    reader,
    version,
)


def test_a_digest_moves_number_pointers_and_schedule_and_owes_one_message(store: Store) -> None:
    old, new = version(store, "2026-02-05"), version(store, "2026-02-17")
    ana = reader(store, old)
    assert digest(store, ana, new)
    after = again(store, ana)
    assert (after.seq, after.pointers) == (1, (at(new),))
    assert (after.last_run, after.due_at) == (NOW, NOW + DAY)
    (message,) = messages(store)
    assert (message.subscription, message.seq, message.state) == (ana.id, 1, "pending")
    (run,) = store.runs.of(ana.id)
    assert (run.slot, run.outcome, run.message) == (NOW, "sent", message.id)


def test_the_second_who_read_the_same_subscription_writes_nothing(store: Store) -> None:
    old, new = version(store, "2026-02-05"), version(store, "2026-02-17")
    ana = reader(store, old)
    assert digest(store, ana, new)
    assert not digest(store, ana, new)
    assert not digest(store, ana, new, slot=NOW + DAY)
    assert len(messages(store)) == 1


def test_one_batch_cannot_tell_a_subscription_twice_from_one_reading(store: Store) -> None:
    ana = reader(store, version(store, "2026-02-05"))
    twice = [Telling(subscription=ana, slot=NOW, letter=letter(store)) for _ in range(2)]
    assert store.outbox.tell(twice, now=NOW) == [True, False]


def test_one_slot_is_run_once_even_by_a_clock_set_back(store: Store) -> None:
    old, new = version(store, "2026-02-05"), version(store, "2026-02-17")
    ana = reader(store, old)
    assert digest(store, ana, new, slot=NOW)
    assert digest(store, again(store, ana), new, slot=NOW + DAY)
    assert not digest(store, again(store, ana), new, slot=NOW)
    assert len(messages(store)) == 2


def test_a_run_with_nothing_to_send_is_recorded_and_moves_told(store: Store) -> None:
    old, new = version(store, "2026-02-05"), version(store, "2026-02-17")
    ana = reader(store, old)
    empty = Telling(subscription=ana, pointers=(at(new),), slot=NOW, outcome="nothing to tell")
    assert store.outbox.tell([empty], now=NOW) == [True]
    after = again(store, ana)
    assert (after.seq, after.pointers, after.last_run) == (0, (at(new),), NOW)
    assert messages(store) == ()
    assert [(run.outcome, run.message) for run in store.runs.of(ana.id)] == [
        ("nothing to tell", None)
    ]


def test_pointers_may_move_outside_of_any_slot_and_without_a_message(store: Store) -> None:
    old, new = version(store, "2026-02-05"), version(store, "2026-02-17")
    ana = reader(store, old)
    assert store.outbox.tell([Telling(subscription=ana, pointers=(at(new),))], now=NOW) == [True]
    assert again(store, ana).pointers == (at(new),)
    assert store.runs.of(ana.id) == ()


def test_a_step_outside_of_any_slot_may_set_when_the_next_is_due(store: Store) -> None:
    ana = reader(store, version(store, "2026-02-05"))
    store.outbox.tell([Telling(subscription=ana, next_due=NOW + DAY)], now=NOW)
    assert (again(store, ana).due_at, again(store, ana).last_run) == (NOW + DAY, None)
    store.outbox.tell([Telling(subscription=again(store, ana))], now=NOW)
    assert again(store, ana).due_at == NOW + DAY
    store.outbox.tell([Telling(subscription=again(store, ana), slot=NOW)], now=NOW)
    assert again(store, ana).due_at is None


def test_pointers_that_moved_since_they_were_read_refuse_the_step(store: Store) -> None:
    # A dead message gives pointers back without a new number; a digest made before that would
    # jump over what was lost.
    old, middle, new = (version(store, day) for day in ("2026-02-05", "2026-02-08", "2026-02-17"))
    ana = reader(store, middle)
    store.subscriptions.move(ana.id, [(at(middle), at(old))], "give-back", now=NOW)
    assert not digest(store, ana, new)
    assert digest(store, again(store, ana), new)


def test_an_alert_leaves_told_where_it_is(store: Store) -> None:
    old, new = version(store, "2026-02-05"), version(store, "2026-02-17")
    ana = reader(store, old)
    assert alert(store, ana, new)
    assert again(store, ana).pointers == (at(old, new),)


def test_what_alerts_have_told_is_forgotten_when_told_moves(store: Store) -> None:
    old, new = version(store, "2026-02-05"), version(store, "2026-02-17")
    ana = reader(store, old)
    told = AlertedFinding(
        subscription=ana.id,
        situation=TALKS,
        old=old.id,
        new=new.id,
        finding="f1",
        sentence="X left.",
        at=NOW,
    )
    with store.transaction() as tx:
        assert alert(store=tx, ana=ana, alerted=new)
        tx.alerts.record([told])
    assert store.alerts.of(ana.id) == (told,)
    assert digest(store, again(store, ana), new)
    assert store.alerts.of(ana.id) == ()


def test_nothing_is_written_for_a_reader_who_left(store: Store) -> None:
    old, new = version(store, "2026-02-05"), version(store, "2026-02-17")
    cleo = reader(store, old, address="cleo@example.org")
    store.subscriptions.set_state(cleo.id, "unsubscribed", now=NOW)
    assert not digest(store, cleo, new)
    assert messages(store) == ()


def test_nothing_is_written_for_a_suppressed_address(store: Store) -> None:
    old, new = version(store, "2026-02-05"), version(store, "2026-02-17")
    ana = reader(store, old)
    store.suppressions.add(ana.spec.address, reason="complaint", by="operator", now=NOW)
    # Even if somebody set the subscription active by hand.
    store.subscriptions.set_state(ana.id, "active", now=NOW)
    assert not digest(store, again(store, ana), new)


def test_a_step_that_fails_half_way_leaves_nothing(store: Store) -> None:
    old, new = version(store, "2026-02-05"), version(store, "2026-02-17")
    ana = reader(store, old)
    lost = replace(letter(store), body=12345)
    telling = Telling(subscription=ana, pointers=(at(new),), slot=NOW, letter=lost)
    with pytest.raises(Conflict):
        store.outbox.tell([telling], now=NOW)
    assert again(store, ana) == ana
    assert (messages(store), store.runs.of(ana.id)) == ((), ())


def test_many_readers_are_told_in_one_call(store: Store) -> None:
    old, new = version(store, "2026-02-05"), version(store, "2026-02-17")
    with store.transaction() as tx:
        readers = [reader(tx, old, address=f"r{number}@example.org") for number in range(60)]
        shared = letter(tx)
    tellings = [
        Telling(
            subscription=one,
            pointers=(at(new),),
            slot=NOW,
            letter=replace(shared, recipient=one.spec.address),
        )
        for one in readers
    ]
    assert all(store.outbox.tell(tellings, now=NOW))
    assert store.outbox.count().by_state == {"pending": 60}
    assert {one.seq for one in store.subscriptions.all()} == {1}


def test_a_message_to_the_operator_has_no_subscription(store: Store) -> None:
    store.outbox.post([letter(store, "ops@example.org", "operator")], now=NOW)
    (message,) = messages(store)
    assert (message.subscription, message.seq, message.reason) == (None, None, "operator")
