"""What changed is counted in the transaction that changes it, and found by one question."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import Connection, event

from monitor.store import Families, Store, open_store
from monitor.store.lines import Stand
from monitor.store.records import NewSnapshot, Stranding
from tests.integration.store.world import (
    DAY,
    NOW,
    TALKS,
    at,
    new_version,
    reader,
    situation,
    version,
)

Deed = Callable[[Store], object]


def _said(store: Families, as_of: str = "2026-02-05") -> int:
    said = store.snapshots.add(
        NewSnapshot(
            situation=TALKS,
            as_of=as_of,
            coverage="full",
            kind_hash="k1",
            title=None,
            source=None,
            path=None,
            data=as_of.encode(),
            content={"says": as_of},
            learned_at=NOW,
        )
    )
    return said.id


def _held(store: Store) -> int:
    return store.versions.held()[0].id


def _judge(store: Store) -> int:
    made = store.judgements.add(
        situation=TALKS, collection="people", verdict="same-as", left="a", right="b",
        reason="seen", by="ana", now=NOW,
    )  # fmt: skip
    return made.id


DEEDS: dict[str, Deed] = {
    "another situation is there": lambda store: situation(store, "other"),
    "a version comes": lambda store: store.versions.add(new_version("2026-02-20")),
    "a late version comes": lambda store: store.versions.add(new_version("2026-02-01")),
    "a version is corrected": lambda store: store.versions.add(new_version("2026-02-05", "right")),
    "a version comes and is held": lambda store: store.versions.add(
        new_version("2026-02-21", held="emptied")
    ),
    "something is said that is no version": _said,
    "a held version is released": lambda store: store.versions.release(_held(store)),
    "a held version is rejected": lambda store: store.versions.reject(_held(store), "no"),
    "a version is held for another reason": lambda store: store.versions.hold_on(
        _held(store), "the day has come", "accident"
    ),
    "a snapshot is taken out": lambda store: store.withdrawals.take_out(1, "wrong", NOW),
    "a snapshot is put back": lambda store: store.withdrawals.put_back(1, NOW),
    "a snapshot is set aside": lambda store: store.snapshots.set_aside(1, "undoing", None, NOW),
    "a file is gone": lambda store: store.snapshots.forget_gone([1], NOW),
    "a partial loses its ground": lambda store: store.withdrawals.strand(
        Stranding(1, "nothing below"), NOW
    ),
    "a partial finds its ground": lambda store: store.withdrawals.float_again([1], NOW),
    "a baseline is pinned": lambda store: store.situations.pin_first(TALKS, 1),
    "a baseline is chosen": lambda store: store.situations.set_baseline(TALKS, "advanced", 1),
    "its days are another zone's": lambda store: store.situations.set_zone(TALKS, "Europe/Kyiv"),
    "it gets another title": lambda store: store.situations.ensure(
        TALKS, kind="negotiation", title="New talks", now=NOW
    ),
    "somebody judges": _judge,
    "somebody takes a judgement back": lambda store: store.judgements.revoke(1, now=NOW),
}


@pytest.fixture
def told(store: Store) -> Store:
    """One version, one that is held, one snapshot, and one judgement; all with the id 1, but for
    the held one."""
    version(store, "2026-02-05")
    version(store, "2026-02-17", held="emptied")
    _renumbered(store, "snapshots", _said(store))
    _renumbered(store, "judgements", _judge(store))
    first = store.versions.history(TALKS)[0]
    _renumbered(store, "versions", first.id)
    return store


def _renumbered(store: Store, table: str, number: int) -> None:
    with store._database.write() as connection:
        connection.exec_driver_sql(f"UPDATE {table} SET id = 1 WHERE id = {number}")


@pytest.mark.parametrize("deed", DEEDS)
def test_whatever_readers_may_hear_of_is_seen_at_the_next_look(told: Store, deed: str) -> None:
    before, known = told.revisions.fingerprint(), told.revisions.all()
    DEEDS[deed](told)
    assert told.revisions.fingerprint() != before
    grown = {name for name, one in told.revisions.all().items() if known.get(name) != one}
    assert len(grown) == 1


def test_what_is_only_read_or_noted_for_us_is_no_news(told: Store) -> None:
    before = told.revisions.fingerprint()
    told.versions.compared(1, now=NOW)
    told.situations.ensure(TALKS, kind="negotiation", title="Talks", now=NOW)
    told.situations.set_zone(TALKS, "UTC")
    assert told.revisions.fingerprint() == before


def test_a_deed_that_is_undone_with_its_transaction_is_no_news(told: Store) -> None:
    before = told.revisions.fingerprint()
    with pytest.raises(ZeroDivisionError), told.transaction() as tx:
        tx.versions.add(new_version("2026-02-20"))
        raise ZeroDivisionError
    assert told.revisions.fingerprint() == before


def test_where_many_stand_is_asked_once(told: Store) -> None:
    situation(told, "other")
    situation(told, "empty")
    late = told.versions.add(new_version("2026-03-29T00:30:00+02:00", situation="other"))
    told.versions.add(new_version("2026-03-28T23:59:00+02:00", situation="other"))
    found = told.lines.latest()
    assert found == {TALKS: Stand(1, "2026-02-05"), "other": Stand(late.id, late.ref.as_of)}
    assert told.lines.latest([TALKS, "empty"]) == {TALKS: Stand(1, "2026-02-05")}


def test_only_a_situation_with_somebody_to_tell_is_behind(told: Store) -> None:
    first = told.versions.get(1)
    ana = reader(told, first)
    assert told.lines.behind(None, now=NOW) == frozenset()
    told.versions.add(new_version("2026-02-20"))
    assert told.lines.behind([TALKS], now=NOW) == {TALKS}
    assert told.lines.behind(None, now=NOW) == {TALKS}
    assert told.lines.at_once_behind(None, now=NOW) == frozenset()
    told.subscriptions.set_state(ana.id, "unsubscribed", now=NOW)
    assert told.lines.behind(None, now=NOW) == frozenset()


def test_what_was_taken_out_is_asked_once_for_all(told: Store) -> None:
    with told._database.write() as connection:
        connection.exec_driver_sql("UPDATE versions SET snapshot_id = 1 WHERE id = 1")
    assert told.lines.taken_back() == {}
    told.withdrawals.take_out(1, "wrong", NOW)
    assert told.lines.taken_back() == {TALKS: told.withdrawals.that_counted(TALKS)}
    told.withdrawals.put_back(1, NOW + DAY)
    assert told.lines.taken_back([TALKS]) == {TALKS: {(1, NOW + DAY)}}


READERS: dict[str, Callable[[Store, int], object]] = {
    "asks for something else": lambda store, ana: store.subscriptions.update(
        ana, store.subscriptions.get(ana).spec, due_at=None
    ),
    "comes back": lambda store, ana: store.subscriptions.set_state(ana, "active", now=NOW),
    "mutes": lambda store, ana: store.subscriptions.mute(ana, "people", "", until=None, now=NOW),
    "is moved": lambda store, ana: store.subscriptions.move(
        ana, [(store.subscriptions.get(ana).pointers[0],) * 2], "give-back", now=NOW
    ),
    "ends a situation": lambda store, ana: store.subscriptions.unfollow(
        ana, store.subscriptions.get(ana).pointers
    ),
}


@pytest.mark.parametrize("deed", READERS)
def test_a_reader_of_whom_something_changed_is_found_among_all(told: Store, deed: str) -> None:
    ana = reader(told, told.versions.get(1))
    ben = reader(told, told.versions.get(1), address="ben@example.org")
    told.changes.seen(told.changes.some(now=NOW, limit=9))
    assert told.changes.some(now=NOW, limit=9) == {}
    READERS[deed](told, ana.id)
    assert told.changes.some(now=NOW, limit=9) == {ana.id: 1}
    told.changes.note([ben.id])
    assert list(told.changes.some(now=NOW, limit=1)) == [ana.id]


def test_a_new_reader_is_looked_at(told: Store) -> None:
    ana = reader(told, told.versions.get(1))
    assert told.changes.some(now=NOW, limit=9) == {ana.id: 1}
    assert told.changes.unbegun(after=0, limit=9).keys() == {ana.id}
    told.changes.begun({ana.id: 1})
    assert told.changes.unbegun(after=0, limit=9) == {}


def test_a_deed_while_the_reader_is_looked_at_is_not_lost(told: Store) -> None:
    ana = reader(told, told.versions.get(1))
    found = told.changes.some(now=NOW, limit=9)
    told.subscriptions.mute(ana.id, "people", "", until=None, now=NOW)
    told.changes.seen(found)
    told.changes.begun(found)
    assert told.changes.some(now=NOW, limit=9) == {ana.id: 2}
    assert told.changes.unbegun(after=0, limit=9).keys() == {ana.id}


def test_who_is_left_alone_or_gone_is_looked_at_later(told: Store) -> None:
    ana = reader(told, told.versions.get(1))
    with told._database.write() as connection:
        until = (NOW + DAY).strftime("%Y-%m-%dT%H:%M:%S.000000Z")
        connection.exec_driver_sql(f"UPDATE subscriptions SET paused_until = '{until}'")
    assert told.changes.some(now=NOW, limit=9) == {}
    assert list(told.changes.some(now=NOW + 2 * DAY, limit=9)) == [ana.id]
    told.subscriptions.set_state(ana.id, "suspended", now=NOW)
    assert told.changes.some(now=NOW + timedelta(days=3), limit=9) == {}


def test_a_pointer_that_went_back_makes_its_reader_news(told: Store) -> None:
    first = told.versions.get(1)
    ana = reader(told, first)
    told.subscriptions.follow(ana.id, (), now=NOW)
    assert told.changes.some(now=NOW, limit=9) == {ana.id: 2}
    assert at(first) in told.subscriptions.get(ana.id).pointers


def test_due_times_are_reckoned_anew_only_by_other_rules(told: Store) -> None:
    ana = reader(told, told.versions.get(1))
    told.due.reckon_anew("of spring", now=NOW)
    assert told.subscriptions.get(ana.id).due_at is None
    told.subscriptions.reschedule(ana.id, NOW + DAY)
    told.due.reckon_anew("of spring", now=NOW)
    assert told.subscriptions.get(ana.id).due_at == NOW + DAY
    told.due.reckon_anew("of autumn", now=NOW)
    assert told.subscriptions.get(ana.id).due_at is None


def test_a_due_time_by_a_clock_that_was_wrong_is_reckoned_anew(told: Store) -> None:
    ana = reader(told, told.versions.get(1))
    told.due.reckon_anew("the same", now=NOW)
    told.subscriptions.reschedule(ana.id, NOW + 400 * DAY)
    told.due.reckon_anew("the same", now=NOW)
    assert told.subscriptions.get(ana.id).due_at is None


def test_a_tick_reads_no_table_of_readers_or_messages_through(
    sqlite_url: str,
) -> None:
    """By the plans of what it asks of the two tables that grow."""
    store = open_store(sqlite_url)
    plans: list[str] = []

    def explain(
        connection: Connection, _: object, statement: str, values: object, *__: object
    ) -> None:
        raw = connection.connection.driver_connection
        if raw is not None and statement.startswith("SELECT"):
            plans.extend(row[3] for row in raw.execute(f"EXPLAIN QUERY PLAN {statement}", values))

    event.listen(store._database.engine, "before_cursor_execute", explain)
    store.due.numbers(NOW)
    store.changes.some(now=NOW, limit=9)
    store.changes.waiting()
    store.outbox.ails()
    store.sources.refused()
    store.versions.held()
    store.close()
    through = [line for line in plans if line.startswith("SCAN") and "USING" not in line]
    assert plans
    assert set(through) <= {"SCAN CONSTANT ROW"}
    assert not [line for line in plans if "INTEGER PRIMARY KEY" in line and "rowid>" in line]
