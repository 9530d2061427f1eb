"""From the outbox to the letter: claims, marks, releases, and what becomes of lost workers."""

from __future__ import annotations

from datetime import timedelta

import pytest

from monitor.errors import Conflict
from monitor.model.message import Bounce, Outcome, Result
from monitor.store import Store, open_store
from monitor.store.marks import SOFT_LIMIT
from tests.integration.store.world import (
    DAY,
    DOUBT,
    LATER,
    MINUTE,
    NO_RELAY,
    NOW,
    REFUSED,
    SECOND,
    SENT,
    again,
    claim,
    digest,
    letter,
    mark,
    messages,
    reader,
    states,
    version,
)


@pytest.fixture
def owing(service: Store) -> Store:
    """ana is owed one digest."""
    old, new = version(service, "2026-02-05"), version(service, "2026-02-17")
    assert digest(service, reader(service, old), new)
    return service


def test_only_a_started_service_claims(store: Store) -> None:
    with pytest.raises(Conflict):
        claim(store)


def test_a_claim_opens_the_attempt_before_it_is_made(owing: Store) -> None:
    (claimed,) = claim(owing)
    assert (claimed.recipient, claimed.splice) == ("ana@example.org", {"to": "ana@example.org"})
    assert (claimed.attempts, claimed.uncertain) == (1, False)
    assert owing.digests.body(claimed.body_id).startswith(b"Subject")
    (attempt,) = owing.outbox.deliveries(claimed.id)
    assert (attempt.id, attempt.ended_at, attempt.result) == (claimed.delivery_id, None, None)
    assert claim(owing) == []


def test_nothing_is_claimed_before_its_time(owing: Store) -> None:
    assert claim(owing, now=NOW - SECOND) == []
    assert owing.outbox.next_due(now=NOW - SECOND) == NOW


def test_what_is_sent_is_over(owing: Store) -> None:
    claims = claim(owing)
    assert mark(owing, claims, SENT) == [True]
    assert states(owing) == ["sent"]
    assert owing.outbox.next_due(now=NOW) is None
    (attempt,) = owing.outbox.deliveries(claims[0].id)
    assert (attempt.result, attempt.code, attempt.text) == ("sent", 250, "queued")


def test_a_mark_repeated_after_a_lost_answer_changes_nothing(owing: Store) -> None:
    claims = claim(owing)
    assert mark(owing, claims, SENT) == [True]
    before = messages(owing)
    assert mark(owing, claims, SENT, now=NOW + MINUTE) == [True]
    assert messages(owing) == before


def test_a_retry_repeated_after_a_lost_answer_changes_nothing(owing: Store) -> None:
    claims = claim(owing)
    assert mark(owing, claims, LATER, NOW + MINUTE) == [True]
    assert mark(owing, claims, LATER, NOW + MINUTE) == [True]
    assert messages(owing)[0].attempts == 1


def test_a_temporary_failure_is_tried_again_at_its_time(owing: Store) -> None:
    mark(owing, claim(owing), LATER, NOW + MINUTE)
    assert claim(owing, now=NOW + MINUTE - SECOND) == []
    (second,) = claim(owing, now=NOW + MINUTE)
    assert second.attempts == 2


def test_a_connection_fault_uses_up_no_attempt(owing: Store) -> None:
    mark(owing, claim(owing), NO_RELAY, NOW + MINUTE)
    (second,) = claim(owing, now=NOW + MINUTE)
    assert second.attempts == 1


def test_what_is_released_is_due_at_once_and_has_lost_no_attempt(owing: Store) -> None:
    owing.outbox.release(claim(owing), now=NOW)
    (second,) = claim(owing)
    assert second.attempts == 1
    assert [one.result for one in owing.outbox.deliveries(second.id)] == ["released", None]


def test_a_doubt_is_remembered_for_the_next_attempt(owing: Store) -> None:
    mark(owing, claim(owing), DOUBT, NOW + MINUTE)
    (second,) = claim(owing, now=NOW + MINUTE)
    assert second.uncertain


def test_a_grouped_mark_gives_each_message_its_own_outcome(service: Store) -> None:
    service.outbox.post([letter(service, f"r{n}@example.org") for n in range(20)], now=NOW)
    claims = claim(service)
    assert [one.recipient for one in claims] == [f"r{n}@example.org" for n in range(20)]
    assert mark(service, claims[:19], SENT) == [True] * 19
    assert states(service) == ["sent"] * 19 + ["claimed"]


def test_a_claim_takes_no_more_than_it_was_asked_for(service: Store) -> None:
    service.outbox.post([letter(service) for _ in range(5)], now=NOW)
    assert [len(claim(service, limit=2)) for _ in range(4)] == [2, 2, 1, 0]


def test_a_reader_who_unsubscribed_meanwhile_is_sent_nothing(owing: Store) -> None:
    (ana,) = owing.subscriptions.all()
    owing.subscriptions.set_state(ana.id, "unsubscribed", now=NOW)
    assert claim(owing) == []
    (message,) = messages(owing)
    assert (message.state, message.state_reason) == ("cancelled", "subscription unsubscribed")


def test_an_address_suppressed_meanwhile_is_sent_nothing(service: Store) -> None:
    service.outbox.post([letter(service, "ops@example.org", "operator")], now=NOW)
    service.suppressions.add("ops@example.org", reason="left", by="operator", now=NOW)
    assert claim(service) == []
    assert states(service) == ["cancelled"]


def test_stopped_messages_do_not_hide_those_behind_them(service: Store) -> None:
    service.outbox.post([letter(service, "gone@example.org") for _ in range(5)], now=NOW)
    service.outbox.post([letter(service)], now=NOW + SECOND)
    service.suppressions.add("gone@example.org", reason="left", by="operator", now=NOW)
    assert [one.recipient for one in claim(service, limit=2)] == ["ana@example.org"]


def test_a_killed_services_claims_are_due_again_and_its_attempts_are_kept(
    owing: Store, database_url: str
) -> None:
    (first,) = claim(owing)
    owing.close()
    # On PostgreSQL nobody knows that the node is gone before its lease ends: here at once.
    successor = open_store(database_url)
    if not successor.is_sqlite:
        expire_leases(database_url)
    successor.nodes.start(now=NOW)
    (second,) = claim(successor)
    assert (second.id, second.attempts, second.uncertain) == (first.id, 2, False)
    assert second.token != first.token
    results = [one.result for one in successor.outbox.deliveries(first.id)]
    assert results == ["interrupted", None]
    successor.close()


def expire_leases(url: str) -> None:
    store = open_store(url)
    with store.transaction() as tx:
        access = tx.outbox._access
        with access.write() as connection:
            connection.exec_driver_sql("UPDATE outbox SET lease_until = now() - interval '1 s'")
    store.close()


def test_a_late_workers_mark_fails_on_its_token_and_its_attempt_tells(
    owing: Store, database_url: str
) -> None:
    late = claim(owing)
    owing.nodes.abandon()
    successor = open_store(database_url)
    if not successor.is_sqlite:
        expire_leases(database_url)
    successor.nodes.start(now=NOW)
    assert len(claim(successor)) == 1
    assert mark(owing, late, SENT) == [False]
    assert states(successor) == ["claimed"]
    results = [one.result for one in successor.outbox.deliveries(late[0].id)]
    assert results == ["sent", None]
    successor.close()


def test_a_lease_that_has_ended_is_recovered_by_any_claim(owing: Store, database_url: str) -> None:
    if owing.is_sqlite:
        assert claim(owing) != []
        assert owing.outbox.next_due(now=NOW) is None
        return
    claim(owing)
    due = owing.outbox.next_due(now=NOW)
    assert due is not None
    assert NOW + 14 * MINUTE < due <= NOW + 15 * MINUTE
    expire_leases(database_url)
    assert len(claim(owing)) == 1


def test_a_permanent_refusal_suspends_the_subscription(owing: Store) -> None:
    mark(owing, claim(owing), REFUSED)
    (ana,) = owing.subscriptions.all()
    assert (ana.state, ana.state_reason) == ("suspended", "rcpt: 550 no")
    assert states(owing) == ["dead"]
    assert owing.suppressions.all() == ()


def test_an_unknown_mailbox_is_suppressed(owing: Store) -> None:
    unknown = Outcome(
        result=Result.PERMANENT,
        phase="rcpt",
        code=550,
        status="5.1.1",
        text="5.1.1 no such user",
        bounce=Bounce.ADDRESS,
    )
    mark(owing, claim(owing), unknown)
    (ana,) = owing.subscriptions.all()
    assert (ana.state, ana.state_reason) == ("suppressed", "rcpt: 550 5.1.1 no such user")
    assert owing.suppressions.covers("ana@example.org")


@pytest.mark.parametrize(
    "outcome",
    [
        Outcome(result=Result.PERMANENT, phase="rcpt", code=550, bounce=Bounce.POLICY),
        Outcome(result=Result.PERMANENT, phase="mail", code=550),
        Outcome(result=Result.TEMPORARY, phase="expired"),
    ],
)
def test_what_is_not_the_readers_fault_suspends_nobody(owing: Store, outcome: Outcome) -> None:
    mark(owing, claim(owing), outcome)
    (ana,) = owing.subscriptions.all()
    assert ana.state == "active"
    assert states(owing) == ["dead"]


def test_a_mailbox_that_stays_full_suspends_the_subscription(owing: Store) -> None:
    full = Outcome(
        result=Result.TEMPORARY, phase="rcpt", code=452, status="4.2.2", bounce=Bounce.SOFT
    )
    when = NOW
    for _ in range(SOFT_LIMIT):
        (ana,) = owing.subscriptions.all()
        assert ana.state == "active"
        mark(owing, claim(owing, now=when), full, when + MINUTE, now=when)
        when += MINUTE
    assert again(owing, ana).state == "suspended"


def test_full_mailboxes_long_ago_do_not_count(owing: Store) -> None:
    full = Outcome(result=Result.TEMPORARY, phase="rcpt", code=452, bounce=Bounce.SOFT)
    when = NOW
    for _ in range(SOFT_LIMIT):
        mark(owing, claim(owing, now=when), full, when + 4 * DAY, now=when)
        when += timedelta(days=4)
    (ana,) = owing.subscriptions.all()
    assert ana.state == "active"
