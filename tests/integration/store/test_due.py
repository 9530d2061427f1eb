"""Due readers, sorted by what decides their digest, and written together."""

from __future__ import annotations

from collections.abc import Container, Sequence

import pytest

from monitor.model.record import replace
from monitor.model.subscription import SubscriptionSpec
from monitor.store import Store
from monitor.store.records import (
    AlertedFinding,
    Alike,
    AlikeTelling,
    Key,
    NewSnapshot,
    PageTold,
    Reader,
    Version,
)
from monitor.store.still import Still
from tests.integration.store.world import (
    DAY,
    MINUTE,
    NOW,
    TALKS,
    again,
    alert,
    at,
    digest,
    messages,
    reader,
    situation,
    version,
)


class Told:
    """What is due to some, by key, and to nobody else."""

    def __init__(self, *tellings: AlikeTelling) -> None:
        self._tellings = {one.key: one for one in tellings}

    @property
    def known(self) -> Container[Key]:
        return self._tellings

    def telling(self, key: Key, readers: Sequence[Reader]) -> AlikeTelling:
        meant = set(self._tellings[key].numbers)
        return replace(self._tellings[key], numbers=[one.id for one in readers if one.id in meant])


def page(store: Store, *tellings: AlikeTelling) -> PageTold:
    return store.due.tell(
        store.due.numbers(NOW),
        Told(*tellings),
        by=NOW,
        now=NOW,
        copied=None,
        still=Still(since=NOW - 90 * DAY),
    )


def alike(store: Store) -> list[Alike]:
    return list(page(store).unknown)


def names(found: Alike) -> list[str]:
    return [one.address.partition("@")[0] for one in found.readers]


def quiet_run(found: Alike, new: Version) -> AlikeTelling:
    return AlikeTelling(
        key=found.key,
        numbers=[one.id for one in found.readers],
        slot=NOW,
        next_due=NOW + DAY,
        pointers=(at(new),),
    )


def tell(store: Store, *tellings: AlikeTelling) -> int:
    return sum(page(store, *tellings).told.values())


@pytest.fixture
def two(store: Store) -> tuple[Version, Version]:
    """Two versions, and three readers who know the first: ana, dora and emil."""
    old, new = version(store, "2026-02-05"), version(store, "2026-02-17")
    for name in ("ana", "dora", "emil"):
        reader(store, old, address=f"{name}@example.org")
    return old, new


def test_readers_who_ask_for_the_same_and_stand_alike_are_one_group(
    store: Store, two: tuple[Version, Version]
) -> None:
    old, new = two
    spec = SubscriptionSpec(
        address="fay@example.org", name="digest", situations=(TALKS,), cadence="hourly"
    )
    store.subscriptions.create(spec, [at(old)], due_at=NOW, now=NOW)
    reader(store, new, address="gus@example.org")
    hal = reader(store, old, address="hal@example.org")
    store.subscriptions.mute(hal.id, "people", "enough", until=None, now=NOW)

    found = alike(store)

    assert [names(one) for one in found] == [["ana", "dora", "emil"], ["fay"], ["gus"], ["hal"]]
    assert [one.like and one.like.id for one in found] == [one.readers[0].id for one in found]


def test_who_is_not_due_has_left_or_gets_no_mail_is_not_met(
    store: Store, two: tuple[Version, Version]
) -> None:
    ana, dora, emil = store.subscriptions.all()
    store.subscriptions.set_state(ana.id, "unsubscribed", now=NOW)
    store.suppressions.add(dora.spec.address, reason="complaint", by="operator", now=NOW)
    store.subscriptions.set_state(dora.id, "active", now=NOW)
    store.subscriptions.reschedule(emil.id, NOW + MINUTE)

    assert alike(store) == []


def test_those_who_were_created_within_a_minute_are_alike(store: Store) -> None:
    old = version(store, "2026-02-05")
    for seconds in (0, 59, 61):
        spec = SubscriptionSpec(address=f"r{seconds}@example.org", name="d", situations=(TALKS,))
        store.subscriptions.create(spec, [at(old)], due_at=NOW, now=NOW + seconds * MINUTE / 60)

    assert [names(one) for one in alike(store)] == [["r0", "r59"], ["r61"]]


def test_a_run_of_many_moves_them_as_a_run_of_one_does(
    store: Store, two: tuple[Version, Version]
) -> None:
    _, new = two
    (found,) = alike(store)

    assert tell(store, quiet_run(found, new)) == 3

    for one in store.subscriptions.all():
        assert (one.seq, one.pointers) == (0, (at(new),))
        assert (one.last_run, one.due_at) == (NOW, NOW + DAY)
        assert [(run.outcome, run.message) for run in store.runs.of(one.id)] == [
            ("nothing to tell", None)
        ]
        assert [move.cause for move in store.subscriptions.moves(one.id)] == ["run"]
    assert messages(store) == ()


def test_who_moves_between_the_reading_and_the_writing_is_left_as_is(
    store: Store, two: tuple[Version, Version]
) -> None:
    _, new = two
    (found,) = alike(store)
    ana, dora, emil = store.subscriptions.all()
    alert(store, ana, new)
    store.subscriptions.set_state(dora.id, "unsubscribed", now=NOW)

    assert tell(store, quiet_run(found, new)) == 1

    assert again(store, ana).pointers == (at(two[0], new),)
    assert [again(store, one).last_run for one in (ana, dora, emil)] == [None, None, NOW]


def test_who_changes_the_subscription_between_is_looked_at_anew(
    store: Store, two: tuple[Version, Version]
) -> None:
    (found,) = alike(store)
    ana = store.subscriptions.all()[0]
    store.subscriptions.update(ana.id, replace(ana.spec, cadence="hourly"), due_at=NOW)

    assert tell(store, quiet_run(found, two[1])) == 2
    assert [names(one) for one in alike(store)] == [["ana"]]


def test_a_slot_is_run_once(store: Store, two: tuple[Version, Version]) -> None:
    (found,) = alike(store)
    digest(store, again(store, store.subscriptions.all()[0]), two[1])

    assert tell(store, quiet_run(found, two[1])) == 2
    assert tell(store, quiet_run(found, two[1])) == 0


def test_nobody_is_led_to_a_version_that_counts_no_more(
    store: Store, two: tuple[Version, Version]
) -> None:
    (found,) = alike(store)
    held = version(store, "2026-02-16", "another", held="a person is asked")

    assert tell(store, quiet_run(found, held)) == 0
    assert {one.pointers for one in store.subscriptions.all()} == {(at(two[0]),)}


def test_what_is_only_put_off_is_no_run(store: Store, two: tuple[Version, Version]) -> None:
    (found,) = alike(store)
    later = AlikeTelling(key=found.key, numbers=[found.readers[0].id], next_due=NOW + DAY)

    assert tell(store, later) == 1

    ana, dora, _ = store.subscriptions.all()
    assert (ana.due_at, ana.last_run, dora.due_at) == (NOW + DAY, None, NOW)
    assert store.runs.of(ana.id) == ()


def test_a_row_that_cannot_be_read_is_nobodys_example(
    store: Store, two: tuple[Version, Version]
) -> None:
    ana = store.subscriptions.all()[0]
    with store._database.write() as connection:
        connection.exec_driver_sql(f"UPDATE subscriptions SET spec = '{{' WHERE id = {ana.id}")

    found = {tuple(names(one)): one.like for one in alike(store)}

    assert found[("ana",)] is None
    assert found[("dora", "emil")] is not None
    assert [one.spec.address for one in store.subscriptions.several([ana.id, ana.id + 1])] == [
        "dora@example.org"
    ]
    assert list(store.subscriptions.damaged()) == [ana.id]


def at_rest(store: Store, told: Version, name: str, *situations: str) -> int:
    """Somebody who follows a mixture of her own, and has begun in one of it."""
    spec = SubscriptionSpec(address=f"{name}@example.org", name="d", situations=situations)
    return store.subscriptions.create(spec, [at(told)], due_at=NOW, now=NOW).id


def test_who_stands_still_is_alike_whatever_she_follows(store: Store) -> None:
    new = version(store, "2026-02-05")
    at_rest(store, new, "ana", TALKS)
    at_rest(store, new, "dora", TALKS, "another")
    muted = at_rest(store, new, "emil", "a third", TALKS)
    store.subscriptions.mute(muted, "people", "enough", until=None, now=NOW)

    (found,) = alike(store)

    assert names(found) == ["ana", "dora", "emil"]
    assert found.key.is_still


@pytest.mark.parametrize("days", [("2026-02-16",), ("2026-02-17",), ("2026-01-01", "2026-02-18")])
def test_who_follows_what_lapses_about_now_does_not_stand_still(
    store: Store, days: tuple[str, ...]
) -> None:
    at_rest(store, version(store, "2026-02-05", lapses=days), "ana", TALKS)
    at_rest(store, version(store, "2026-02-06", lapses=days), "dora", TALKS)

    assert [one.key.is_still for one in alike(store)] == [False, False]


def test_what_lapses_on_other_days_moves_nobody(store: Store) -> None:
    new = version(store, "2026-02-05", lapses=("2026-02-15", "2026-02-19"))
    at_rest(store, new, "ana", TALKS)

    assert [one.key.is_still for one in alike(store)] == [True]


def test_who_stands_at_a_version_that_nobody_has_looked_through_waits_for_that(
    store: Store,
) -> None:
    ana = at_rest(store, version(store, "2026-02-05", lapses=None), "ana", TALKS)

    assert (page(store).unknown, page(store).unread) == ([], [ana])


def test_whom_an_alert_has_told_since_does_not_stand_still(
    store: Store, two: tuple[Version, Version]
) -> None:
    gus = at_rest(store, two[1], "gus", TALKS)
    told = AlertedFinding(
        subscription=gus,
        situation=TALKS,
        old=two[0].id,
        new=two[1].id,
        finding="f",
        sentence="s",
        at=NOW,
    )
    store.alerts.record([told])

    assert not any(one.key.is_still for one in alike(store))


@pytest.mark.parametrize(("days", "is_still"), [(91, True), (1, False)])
def test_what_was_withdrawn_long_ago_concerns_nobody_any_more(
    store: Store, days: int, is_still: bool
) -> None:
    situation(store)
    said = store.snapshots.add(
        NewSnapshot(
            situation=TALKS,
            as_of="2026-02-04",
            coverage="full",
            kind_hash="k1",
            title=None,
            source=None,
            path=None,
            data=b"wrong",
            content={"says": "wrong"},
            learned_at=NOW,
        )
    )
    version(store, "2026-02-04", snapshot=said.id)
    at_rest(store, version(store, "2026-02-05"), "ana", TALKS)
    store.withdrawals.take_out(said.id, "another year", NOW - days * DAY)

    assert [one.key.is_still for one in alike(store)] == [is_still]
