"""Whose fault a refusal is, kept in the tables: rows of the same one, and mail taken in between."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from monitor.model.message import ROW, Bounce, Claimed, Mark, Outcome, Result, Scope
from monitor.model.record import replace
from monitor.store import Store
from monitor.store.marks import SOFT_LIMIT
from monitor.store.pauses import PAUSES
from monitor.store.refusals import ALONE
from tests.integration.store.world import (
    MINUTE,
    NOW,
    claim,
    digest,
    letter,
    mark,
    reader,
    states,
    version,
)

UNKNOWN = Outcome(
    result=Result.PERMANENT,
    phase="rcpt",
    code=550,
    status="5.1.1",
    text="5.1.1 nobody of that name",
    bounce=Bounce.ADDRESS,
    refusal="rcpt 550 5.1.1",
)
RELAYS = Outcome(
    result=Result.TEMPORARY,
    scope=Scope.CONNECTION,
    phase="rcpt",
    code=550,
    refusal="rcpt 550 5.1.1",
)
TAKEN = Outcome(result=Result.SENT, phase="dot", code=250)


@pytest.fixture
def serving(store: Store) -> Iterator[Store]:
    store.nodes.start(now=NOW)
    yield store


@pytest.fixture
def owing(serving: Store) -> Store:
    """ana is owed one digest."""
    old, new = version(serving, "2026-02-05"), version(serving, "2026-02-17")
    assert digest(serving, reader(serving, old), new)
    return serving


def owe(store: Store, *names: str) -> None:
    letters = [letter(store, f"{name}@example.org") for name in names]
    store.outbox.post(letters, now=NOW)


def end(
    store: Store,
    message: Claimed,
    outcome: Outcome,
    *,
    at: datetime = NOW,
    again: datetime | None = None,
) -> None:
    one = Mark(message=message, outcome=outcome, next_attempt=again, began_at=at, ended_at=at)
    assert store.outbox.mark([one], now=at) == [True]


def refuse(store: Store, message: Claimed, *, at: datetime = NOW) -> None:
    end(store, message, UNKNOWN, at=at, again=at + MINUTE)


def test_a_refusal_judges_nobody_while_it_is_not_known_whose_it_is(serving: Store) -> None:
    owe(serving, "ana")
    refuse(serving, claim(serving)[0])
    assert states(serving) == ["retry"]
    assert serving.suppressions.all() == ()


def test_mail_taken_after_it_makes_it_the_recipients_own(serving: Store) -> None:
    owe(serving, "ana", "ben")
    ana, ben = claim(serving)
    refuse(serving, ana)
    end(serving, ben, TAKEN, at=NOW + timedelta(seconds=1))
    (again,) = claim(serving, now=NOW + timedelta(seconds=1))
    assert again.stands(UNKNOWN)
    end(serving, again, UNKNOWN, at=NOW + timedelta(seconds=2))
    assert serving.suppressions.covers("ana@example.org")


def test_mail_that_was_being_taken_already_proves_nothing(serving: Store) -> None:
    owe(serving, "ana", "ben")
    ana, ben = claim(serving)
    refuse(serving, ana, at=NOW + timedelta(seconds=5))
    end(serving, ben, TAKEN, at=NOW + timedelta(seconds=4))
    assert claim(serving, now=NOW + timedelta(seconds=6)) == []
    (again,) = claim(serving, now=NOW + 2 * MINUTE)
    assert again.own_refusal is None


def test_a_proof_reaches_what_is_being_tried_again_already(serving: Store) -> None:
    owe(serving, "ana", "ben")
    ana, ben = claim(serving)
    refuse(serving, ana)
    (again,) = claim(serving, now=NOW + MINUTE)
    end(serving, ben, TAKEN, at=NOW + MINUTE)
    refuse(serving, again, at=NOW + MINUTE)
    (third,) = claim(serving, now=NOW + 2 * MINUTE)
    assert third.stands(UNKNOWN)


def test_mail_for_the_same_recipient_proves_nothing(serving: Store) -> None:
    owe(serving, "ana", "ana")
    first, second = claim(serving)
    refuse(serving, first)
    end(serving, second, TAKEN, at=NOW + timedelta(seconds=1))
    assert claim(serving, now=NOW + timedelta(seconds=1)) == []


def test_a_proof_of_one_refusal_is_none_of_another(serving: Store) -> None:
    owe(serving, "ana", "ben")
    ana, ben = claim(serving)
    refuse(serving, ana)
    end(serving, ben, TAKEN, at=NOW + timedelta(seconds=1))
    (again,) = claim(serving, now=NOW + timedelta(seconds=1))
    other = Outcome(result=Result.PERMANENT, phase="rcpt", code=504, refusal="rcpt 504 5.5.2")
    assert not again.stands(other)
    end(serving, again, other, at=NOW + MINUTE, again=NOW + 2 * MINUTE)
    (third,) = claim(serving, now=NOW + 2 * MINUTE)
    assert third.own_refusal is None


def test_the_same_refusal_of_several_is_put_back_as_if_not_tried(serving: Store) -> None:
    names = [f"reader{number}" for number in range(ROW)]
    owe(serving, *names)
    for message in claim(serving):
        refuse(serving, message)
    rows = serving.outbox.find()
    assert {row.state for row in rows} == {"retry"}
    assert {row.attempts for row in rows} == {0}
    assert len(claim(serving, now=NOW + timedelta(seconds=20))) == ROW
    assert serving.suppressions.all() == ()


def test_what_is_put_back_stands_behind_what_was_not_tried_yet(serving: Store) -> None:
    owe(serving, *(f"reader{number}" for number in range(ROW + 1)))
    for message in claim(serving, limit=ROW):
        refuse(serving, message)
    (untried,) = claim(serving, now=NOW + 2 * MINUTE, limit=1)
    assert untried.recipient == f"reader{ROW}@example.org"
    assert serving.outbox.next_due(now=NOW) == NOW + timedelta(seconds=20)


def test_what_the_breaker_finds_puts_back_what_others_were_refused_for(serving: Store) -> None:
    owe(serving, "ana", "ben")
    ana, ben = claim(serving)
    refuse(serving, ana)
    end(serving, ben, RELAYS, again=NOW + timedelta(seconds=20))
    again = claim(serving, now=NOW + timedelta(seconds=20))
    assert [one.attempts for one in again] == [1, 1]
    end(serving, again[0], TAKEN, at=NOW + MINUTE)
    (ben,) = [one for one in again if one.id == ben.id]
    assert ben.own_refusal is None


def test_someone_alone_is_over_after_hours_and_not_before(serving: Store) -> None:
    owe(serving, "ana")
    refuse(serving, claim(serving)[0])
    (again,) = claim(serving, now=NOW + ALONE - MINUTE)
    assert again.own_refusal is None
    refuse(serving, again, at=NOW + ALONE - MINUTE)
    (last,) = claim(serving, now=NOW + ALONE)
    assert last.stands(UNKNOWN)


def test_the_operators_mail_alone_waits_for_proof(serving: Store) -> None:
    waiting = replace(letter(serving, "desk@example.org"), reason="operator")
    serving.outbox.post([waiting], now=NOW)
    refuse(serving, claim(serving)[0])
    (days_later,) = claim(serving, now=NOW + 20 * ALONE)
    assert not days_later.stands(UNKNOWN)
    refuse(serving, days_later, at=NOW + 20 * ALONE)
    owe(serving, "ana")
    by_name = {one.recipient: one for one in claim(serving, now=NOW + 21 * ALONE)}
    end(serving, by_name["ana@example.org"], TAKEN, at=NOW + 21 * ALONE)
    refuse(serving, by_name["desk@example.org"], at=NOW + 21 * ALONE)
    (proven,) = claim(serving, now=NOW + 22 * ALONE)
    assert proven.stands(UNKNOWN)


VARIED = (
    Outcome(result=Result.PERMANENT, phase="dot", code=554, refusal="dot 554 5.6.0"),
    UNKNOWN,
    Outcome(
        result=Result.TEMPORARY,
        phase="rcpt",
        code=552,
        bounce=Bounce.SOFT,
        refusal="rcpt 552 5.2.2",
    ),
    Outcome(result=Result.TEMPORARY, phase="rcpt", code=451, refusal="rcpt 451"),
)


def hourly(store: Store, hours: int, *, turn: int) -> None:
    """The relay refuses each message each hour, in a way of its own; `turn` later in the next."""
    for hour in range(hours):
        at = NOW + hour * 60 * MINUTE
        for number, message in enumerate(claim(store, now=at)):
            answer = VARIED[(number + turn * hour) % len(VARIED)]
            again = None if message.stands(answer) else at + MINUTE
            end(store, message, answer, at=at, again=again)


@pytest.mark.parametrize("names", [("ana", "ben"), ("ana", "ben", "cleo", "dan", "eve")])
@pytest.mark.parametrize("turn", [0, 1, 3])
def test_refusals_that_differ_judge_nobody_while_nothing_is_taken(
    serving: Store, names: tuple[str, ...], turn: int
) -> None:
    old, new = version(serving, "2026-02-05"), version(serving, "2026-02-17")
    for name in names:
        assert digest(serving, reader(serving, old, address=f"{name}@example.org"), new)
    hourly(serving, 24, turn=turn)
    assert {one.state for one in serving.subscriptions.all()} == {"active"}
    assert set(states(serving)) == {"retry"}
    assert serving.suppressions.all() == ()


def test_the_operators_mail_is_no_proof_where_all_others_are_refused(serving: Store) -> None:
    owe(serving, "ana", "ben", "cleo")
    serving.outbox.post([letter(serving, "ops@example.org", "operator")], now=NOW)
    ops, *readers = claim(serving)
    for message, answer in zip(readers, VARIED, strict=False):
        end(serving, message, answer, again=NOW + MINUTE)
    end(serving, ops, TAKEN, at=NOW + timedelta(seconds=1))
    assert {one.own_refusal for one in claim(serving, now=NOW + MINUTE)} == {None}


def test_a_wrong_address_among_refusals_that_differ_ends_when_a_good_one_is_taken(
    serving: Store,
) -> None:
    owe(serving, "ana", "ben", "cleo", "dan")
    *refused, dan = claim(serving)
    for message, answer in zip(refused, VARIED[1:], strict=True):
        end(serving, message, answer, again=NOW + MINUTE)
    end(serving, dan, TAKEN, at=NOW + timedelta(seconds=1))
    (ana,) = [one for one in claim(serving, now=NOW + MINUTE) if one.recipient[:3] == "ana"]
    assert ana.stands(UNKNOWN)
    end(serving, ana, UNKNOWN, at=NOW + MINUTE)
    assert serving.suppressions.covers("ana@example.org")


@pytest.mark.parametrize("names", [("ana",), ("ana", "ben")])
def test_few_who_are_refused_alike_and_nobody_else_are_over_after_hours(
    serving: Store, names: tuple[str, ...]
) -> None:
    owe(serving, *names)
    for message in claim(serving):
        refuse(serving, message)
    assert {one.own_refusal for one in claim(serving, now=NOW + ALONE)} == {UNKNOWN.refusal}


def test_a_temporary_refusal_keeps_its_pace_when_others_are_taken(serving: Store) -> None:
    owe(serving, "ana", "ben")
    ana, ben = claim(serving)
    grey = Outcome(result=Result.TEMPORARY, phase="rcpt", code=450, refusal="rcpt 450 4.2.0")
    end(serving, ana, grey, again=NOW + 5 * MINUTE)
    end(serving, ben, TAKEN, at=NOW + timedelta(seconds=1))
    assert claim(serving, now=NOW + 4 * MINUTE) == []


def test_full_mailboxes_that_everybody_has_suspend_nobody(serving: Store) -> None:
    full = Outcome(
        result=Result.TEMPORARY, phase="rcpt", code=452, bounce=Bounce.SOFT, refusal="rcpt 452"
    )
    old, new = version(serving, "2026-02-05"), version(serving, "2026-02-17")
    for name in ("ana", "ben", "cleo"):
        assert digest(serving, reader(serving, old, address=f"{name}@example.org"), new)
    for number in range(SOFT_LIMIT + 1):
        at = NOW + number * MINUTE
        for message in claim(serving, now=at):
            end(serving, message, full, at=at, again=at + MINUTE)
    assert {one.state for one in serving.subscriptions.all()} == {"active"}


def test_the_operators_address_is_never_suppressed_by_an_answer(serving: Store) -> None:
    serving.outbox.post([letter(serving, "ops@example.org", "operator")], now=NOW)
    mark(serving, claim(serving), UNKNOWN)
    assert serving.suppressions.all() == ()


def test_a_reader_whose_messages_die_rests_longer_each_time(owing: Store) -> None:
    policy = Outcome(result=Result.PERMANENT, phase="rcpt", code=554, bounce=Bounce.POLICY)
    mark(owing, claim(owing), policy)
    (ana,) = owing.subscriptions.all()
    assert owing.subscriptions.page(due_by=NOW + PAUSES[0] - MINUTE) == ()
    assert len(owing.subscriptions.page(due_by=NOW + PAUSES[0])) == 1
    (pointer,) = ana.pointers
    other = pointer.alerted + 1
    assert owing.subscriptions.rests(pointer.situation, other, now=NOW)
    assert not owing.subscriptions.rests(pointer.situation, other, now=NOW + PAUSES[0])
    owing.subscriptions.update(ana.id, ana.spec, due_at=None)
    assert owing.subscriptions.page(due_by=NOW + PAUSES[0] - MINUTE) == ()


def test_a_person_who_lets_a_reader_go_on_ends_the_pause(owing: Store) -> None:
    mark(owing, claim(owing), UNKNOWN)
    (ana,) = owing.subscriptions.all()
    owing.suppressions.lift("ana@example.org", reason="typing error", by="op", now=NOW)
    owing.subscriptions.set_state(ana.id, "active", now=NOW)
    assert len(owing.subscriptions.page(due_by=NOW)) == 1
