"""Pointers move only from where they were read, forward, and with a cause."""

from __future__ import annotations

import pytest

from monitor.errors import Overtaken
from monitor.model.message import Outcome, Result
from monitor.model.record import replace
from monitor.store import Store
from monitor.store.engine import Database
from monitor.store.records import Telling, Version
from tests.integration.store.world import (
    DAY,
    NOW,
    TALKS,
    again,
    alert,
    at,
    claim,
    digest,
    letter,
    mark,
    messages,
    reader,
    states,
    version,
)

EXPIRED = Outcome(result=Result.TEMPORARY, phase="expired")
Line = tuple[Version, Version, Version]


@pytest.fixture
def line(store: Store) -> Line:
    a, b, c = (version(store, f"2026-02-{day}") for day in ("02", "05", "08"))
    return a, b, c


def test_a_situation_begins_once(store: Store, line: Line) -> None:
    a, b, _ = line
    ana = reader(store, a)
    with pytest.raises(Overtaken):
        store.subscriptions.follow(ana.id, [at(b)], now=NOW)
    assert again(store, ana).pointers == (at(a),)


def test_a_move_from_elsewhere_than_it_was_read_writes_nothing(store: Store, line: Line) -> None:
    a, b, c = line
    ana = reader(store, b)
    with pytest.raises(Overtaken):
        store.subscriptions.move(ana.id, [(at(a), at(c))], "command", now=NOW)
    with pytest.raises(Overtaken):
        store.subscriptions.unfollow(ana.id, [at(a)])
    assert again(store, ana).pointers == (at(b),)


def test_a_transaction_that_is_overtaken_keeps_nothing(store: Store, line: Line) -> None:
    a, b, c = line
    ana = reader(store, b)
    with pytest.raises(Overtaken), store.transaction() as tx:
        tx.outbox.post([letter(tx, "ops@example.org", "operator")], now=NOW)
        tx.subscriptions.move(ana.id, [(at(a), at(c))], "command", now=NOW)
    assert messages(store) == ()


@pytest.mark.parametrize("told", [True, False])
def test_nobody_is_told_backwards(store: Store, line: Line, told: bool) -> None:
    # A node that was stopped for a while still takes an older version for the latest.
    _, b, c = line
    ana = reader(store, c)
    assert not (digest(store, ana, b) if told else alert(store, ana, b))
    assert (again(store, ana), messages(store)) == (ana, ())


def test_a_version_that_does_not_count_is_told_to_nobody(store: Store, line: Line) -> None:
    ana = reader(store, line[0])
    held = version(store, "2026-02-17", held="too good to be true")
    assert not digest(store, ana, held)
    store.versions.release(held.id)
    assert digest(store, ana, held)


def test_a_correction_of_the_same_day_leads_on(store: Store, line: Line) -> None:
    ana = reader(store, line[2])
    assert digest(store, ana, version(store, "2026-02-08", "something else"))


def test_a_withdrawal_leads_back(store: Store, line: Line) -> None:
    _, b, c = line
    ana = reader(store, c)
    back = Telling(subscription=ana, pointers=(at(b),), letter=letter(store), cause="withdrawal")
    assert store.outbox.tell([back], now=NOW) == [True]
    (moved,) = store.subscriptions.moves(ana.id)
    assert (again(store, ana).pointers, moved.cause) == ((at(b),), "withdrawal")
    assert str(moved.message) == messages(store)[0].id


def test_each_move_says_its_cause(service: Store, line: Line) -> None:
    a, b, c = line
    ana = reader(service, a)

    def cause() -> tuple[object, object]:
        (moved,) = service.subscriptions.moves(ana.id)
        return moved.cause, moved.message

    assert cause() == ("start", None)
    digest(service, ana, b)
    first = int(messages(service)[0].id)
    assert cause() == ("message", first)
    mark(service, claim(service), EXPIRED)
    assert cause() == ("give-back", first)
    quiet = Telling(subscription=again(service, ana), pointers=(at(b),), slot=NOW + DAY)
    service.outbox.tell([quiet], now=NOW)
    assert cause() == ("run", None)
    service.subscriptions.move(ana.id, [(at(b), at(c))], "command", now=NOW)
    assert cause() == ("command", None)
    assert service.subscriptions.moves(ana.id)[0].at == NOW


def test_a_loss_from_before_a_new_start_returns_nothing(service: Store, line: Line) -> None:
    a, b, c = line
    ana = reader(service, a)
    digest(service, ana, b)
    late = claim(service)
    with service.transaction() as tx:
        tx.subscriptions.unfollow(ana.id, [at(b)])
        tx.subscriptions.follow(ana.id, [at(c)], now=NOW)
    mark(service, late, EXPIRED)
    assert states(service) == ["dead"]
    assert again(service, ana).pointers == (at(c),)


def test_a_start_is_looked_at_by_the_next_pass(store: Store, line: Line) -> None:
    ana = reader(store, line[0])
    store.subscriptions.unfollow(ana.id, [at(line[0])])
    store.subscriptions.reschedule(ana.id, NOW + DAY)
    store.subscriptions.follow(ana.id, [at(line[1])], now=NOW)
    assert [one.id for one in store.subscriptions.page(due_by=NOW)] == [ana.id]


def test_a_step_of_which_one_situation_leads_back_is_no_half_step(store: Store) -> None:
    old, new = version(store, "2026-02-05"), version(store, "2026-02-17")
    store.situations.ensure("other", kind="negotiation", title=None, now=NOW)
    first, second = (version(store, day, situation="other") for day in ("2026-02-05", "2026-02-17"))
    spec = replace(reader(store, old).spec, name="both", situations=(TALKS, "other"))
    stands = (replace(at(second), situation="other"), at(old))
    both = store.subscriptions.create(spec, stands, due_at=NOW, now=NOW)
    telling = Telling(
        subscription=both,
        pointers=(at(new), replace(at(first), situation="other")),
        slot=NOW,
        letter=letter(store),
    )
    assert store.outbox.tell([telling], now=NOW) == [False]
    assert (again(store, both), messages(store), store.runs.of(both.id)) == (both, (), ())


@pytest.mark.postgresql
def test_what_a_stopped_node_holds_is_taken_back_after_seconds(postgresql_url: str) -> None:
    database = Database(postgresql_url)
    with database.read() as connection:
        limit = connection.exec_driver_sql("SHOW idle_in_transaction_session_timeout").scalar()
    database.engine.dispose()
    assert limit == "20s"
