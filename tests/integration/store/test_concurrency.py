"""Several at once: nothing twice, nothing lost, nobody told that the database was busy."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from monitor.errors import Conflict
from monitor.model.digest import Digest
from monitor.model.message import Claimed
from monitor.store import Store, open_store
from tests.integration.store.world import (
    NOW,
    SENT,
    TALKS,
    again,
    claim,
    digest,
    letter,
    mark,
    new_version,
    reader,
    situation,
    states,
    version,
)

WORKERS = 4
MESSAGES = 120
LIMIT = 30.0
"""Seconds that anybody waits for the others."""


def at_once(work: Callable[[int], object]) -> list[object]:
    """What each of several threads answered, all let go at the same moment."""
    gate = threading.Barrier(WORKERS)

    def run(number: int) -> object:
        gate.wait(LIMIT)
        return work(number)

    with ThreadPoolExecutor(WORKERS) as pool:
        return list(pool.map(run, range(WORKERS)))


def test_nothing_is_claimed_twice(service: Store) -> None:
    service.outbox.post([letter(service) for _ in range(MESSAGES)], now=NOW)

    def work(_number: int) -> list[Claimed]:
        mine: list[Claimed] = []
        while some := claim(service, limit=7):
            mark(service, some, SENT)
            mine += some
        return mine

    claimed = [one.id for share in at_once(work) for one in share]  # type: ignore[attr-defined]
    assert len(claimed) == MESSAGES
    assert set(Counter(claimed).values()) == {1}
    assert set(states(service)) == {"sent"}


@pytest.mark.postgresql
def test_a_claim_passes_over_what_another_node_is_just_claiming(postgresql_url: str) -> None:
    first, second = open_store(postgresql_url), open_store(postgresql_url)
    for node in (first, second):
        node.nodes.start(now=NOW)
    first.outbox.post([letter(first) for _ in range(4)], now=NOW)
    with first.transaction() as tx:
        ours = tx.outbox.claim(limit=2, now=NOW)
        # Were the rows waited for, this would hang until the transaction ends.
        theirs = claim(second)
    assert (len(ours), len(theirs)) == (2, 2)
    assert not {one.id for one in ours} & {one.id for one in theirs}
    first.close()
    second.close()


def test_of_several_who_tell_one_subscription_one_is_first(store: Store) -> None:
    old, new = version(store, "2026-02-05"), version(store, "2026-02-17")
    ana = reader(store, old)
    assert sorted(map(bool, at_once(lambda _: digest(store, ana, new)))) == [
        False,
        False,
        False,
        True,
    ]
    assert again(store, ana).seq == 1
    assert len(states(store)) == 1


def test_one_digest_is_stored_once_by_all_who_make_it(store: Store) -> None:
    same = Digest(input_hash="h", subject="s", text="t", html="h", shown=(), left_out=0)
    stored = at_once(lambda _: store.digests.add(same, {}, b"body", now=NOW))
    assert len(set(stored)) == 1


def test_revisions_of_one_date_are_numbered_one_after_the_other(store: Store) -> None:
    situation(store)
    at_once(lambda number: store.versions.add(new_version("2026-02-05", f"{number}")))
    revisions = [one.ref.revision for one in store.versions.every(TALKS)]
    assert revisions == [1, 2, 3, 4]


def test_one_condition_is_opened_by_one(store: Store) -> None:
    opened = at_once(lambda _: store.notices.open("source", "cannot be read", now=NOW))
    assert sorted(map(bool, opened)) == [False, False, False, True]


def test_many_writers_wait_for_each_other(database_url: str) -> None:
    stores = [open_store(database_url) for _ in range(WORKERS)]

    def work(number: int) -> None:
        for turn in range(10):
            stores[number].sources.checked(f"source {number}", now=NOW)
            stores[number].sources.saw("folder", f"{turn}.yaml", f"{number}")

    at_once(work)
    assert len(stores[0].sources.all()) == WORKERS
    assert len(stores[0].sources.files("folder")) == 10
    for store in stores:
        store.close()


@pytest.mark.postgresql
def test_a_version_committed_late_by_another_node_is_in_the_next_digest(
    postgresql_url: str,
) -> None:
    slow, quick = open_store(postgresql_url), open_store(postgresql_url)
    told = version(quick, "2026-02-05")
    situation(quick, "other")
    ana = reader(quick, told)
    with slow.transaction() as tx:
        # Its id is taken before those of the versions that are committed, and told, before it.
        late = tx.versions.add(new_version("2026-02-17"))
        early = quick.versions.latest(TALKS)
        assert early == told
        assert digest(quick, ana, told)
        behind = quick.subscriptions.page(situation=TALKS, alerted_not=late.id)
        assert [one.id for one in behind] == [ana.id]
    latest = quick.versions.latest(TALKS)
    assert latest == late
    assert again(quick, ana).pointers[0].told == told.id
    slow.close()
    quick.close()


def test_an_address_and_name_are_taken_once(store: Store) -> None:
    told = version(store, "2026-02-05")

    def subscribe(_number: int) -> bool:
        try:
            reader(store, told)
        except Conflict:
            return False
        return True

    assert sorted(map(bool, at_once(subscribe))) == [False, False, False, True]
