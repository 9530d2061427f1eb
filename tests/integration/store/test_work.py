"""Pieces of work that nodes share: taken by one, written in time or not at all."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import text

from monitor.errors import LateWrite
from monitor.store import Store, open_store
from monitor.store.records import WorkClaim
from tests.integration.store.world import NOW, situation

OVER = timedelta(seconds=-1)
"""A lease that has ended as soon as it begins: its holder was stopped for as long."""


@pytest.fixture
def other(postgresql_url: str) -> Iterator[Store]:
    """Another node on the same PostgreSQL."""
    node = open_store(postgresql_url)
    yield node
    node.close()


@pytest.fixture
def node(postgresql_url: str) -> Iterator[Store]:
    node = open_store(postgresql_url)
    node.nodes.start(now=NOW)
    yield node
    node.close()


@contextmanager
def writing(store: Store, claim: WorkClaim, name: str) -> Iterator[None]:
    """A transaction that makes a situation under the claim."""
    with store.transaction() as tx:
        tx.work.hold(claim)
        situation(tx, name)
        yield


def names(store: Store) -> list[str]:
    return [one.name for one in store.situations.all()]


def test_a_piece_is_taken_once(store: Store) -> None:
    first = store.work.take("compare", ["4", "5"])
    second = store.work.take("compare", ["5", "6"])
    assert [one.key for one in first] == ["4", "5"]
    assert [one.key for one in second] == ["6"]
    assert store.work.take("compare", []) == []


def test_pieces_of_two_sorts_have_nothing_to_do_with_each_other(store: Store) -> None:
    assert store.work.take("compare", ["4"])
    assert store.work.take("judge", ["4"])


def test_a_piece_named_twice_is_taken_once(store: Store) -> None:
    assert [one.key for one in store.work.take("judge", ["b", "a", "b"])] == ["b", "a"]


def test_what_is_given_back_can_be_taken_again(store: Store) -> None:
    store.work.done(store.work.take("compare", ["4"]))
    assert store.work.take("compare", ["4"])


def test_what_was_done_is_noted_and_stays_when_it_is_taken_again(store: Store) -> None:
    store.work.done(store.work.take("judge", ["elections", "floods"]), note="version 7")
    store.work.done(store.work.take("judge", ["talks"]))
    assert store.work.notes("judge") == {"elections": "version 7", "floods": "version 7"}
    assert store.work.notes("judge", ["floods", "talks"]) == {"floods": "version 7"}
    (again,) = store.work.take("judge", ["floods"])
    assert store.work.note("judge", "floods") == "version 7"
    store.work.done([again])
    assert store.work.note("judge", "floods") == "version 7"
    store.work.done(store.work.take("judge", ["floods"]), note="")
    assert store.work.note("judge", "floods") == ""


def test_many_pieces_are_taken_and_given_back_at_once(store: Store) -> None:
    keys = [str(number) for number in range(2500)]
    claims = store.work.take("begin", keys)
    assert [one.key for one in claims] == keys
    assert store.work.take("begin", keys) == []
    store.work.done(claims)
    assert len(store.work.take("begin", keys)) == 2500


def test_a_write_in_time_is_kept(store: Store) -> None:
    (claim,) = store.work.take("judge", ["talks"])
    with writing(store, claim, "floods"):
        pass
    assert names(store) == ["floods"]


def test_a_lease_that_has_ended_is_anybodys(store: Store) -> None:
    (late,) = store.work.take("judge", ["talks"], lease=OVER)
    (claim,) = store.work.take("judge", ["talks"])
    assert claim.token != late.token


def test_a_late_write_is_refused_with_all_of_its_transaction(store: Store) -> None:
    (late,) = store.work.take("judge", ["talks"], lease=OVER)
    store.work.take("judge", ["talks"])
    with pytest.raises(LateWrite), writing(store, late, "floods"):
        pass
    with pytest.raises(LateWrite), store.transaction() as tx:
        situation(tx, "floods")
        tx.work.hold(late)
    assert names(store) == []


def test_a_late_note_is_not_written_over_another_ones(store: Store) -> None:
    (late,) = store.work.take("judge", ["talks"], lease=OVER)
    store.work.done(store.work.take("judge", ["talks"]), note="version 8")
    store.work.done([late], note="version 7")
    assert store.work.note("judge", "talks") == "version 8"


def test_giving_back_late_leaves_the_claim_of_the_next_one(store: Store) -> None:
    (late,) = store.work.take("judge", ["talks"], lease=OVER)
    (claim,) = store.work.take("judge", ["talks"])
    store.work.done([late])
    assert store.work.take("judge", ["talks"]) == []
    store.work.hold(claim)


def test_what_was_given_back_is_held_no_more(store: Store) -> None:
    (claim,) = store.work.take("judge", ["talks"])
    store.work.done([claim])
    with pytest.raises(LateWrite):
        store.work.hold(claim)


def test_a_transaction_that_is_given_up_leaves_the_note_as_it_was(store: Store) -> None:
    (claim,) = store.work.take("judge", ["talks"])
    with pytest.raises(ZeroDivisionError), store.transaction() as tx:
        tx.work.hold(claim)
        tx.work.done([claim], note="version 7")
        raise ZeroDivisionError
    assert store.work.note("judge", "talks") == ""


def test_on_sqlite_a_claim_costs_no_write(sqlite_url: str) -> None:
    store = open_store(sqlite_url)
    claims = store.work.take("compare", ["4"])
    store.work.hold(claims[0])
    store.work.done(claims)
    with store._database.read() as connection:
        assert connection.execute(text("SELECT count(*) FROM work")).scalar() == 0
    store.close()


@pytest.mark.postgresql
def test_a_lease_that_has_ended_without_a_successor_is_over_all_the_same(node: Store) -> None:
    (late,) = node.work.take("judge", ["talks"], lease=OVER)
    with pytest.raises(LateWrite), writing(node, late, "floods"):
        pass


@pytest.mark.postgresql
def test_two_nodes_share_what_there_is(node: Store, other: Store) -> None:
    mine = node.work.take("compare", ["1", "2", "3"])
    theirs = other.work.take("compare", ["1", "2", "3", "4"])
    assert [one.key for one in mine] == ["1", "2", "3"]
    assert [one.key for one in theirs] == ["4"]


@pytest.mark.postgresql
def test_what_a_node_does_no_more_another_one_does(node: Store, other: Store) -> None:
    (late,) = node.work.take("judge", ["talks"], lease=OVER)
    (claim,) = other.work.take("judge", ["talks"])
    with pytest.raises(LateWrite), writing(node, late, "floods"):
        pass
    with writing(other, claim, "talks"):
        pass
    assert names(node) == ["talks"]


@pytest.mark.postgresql
def test_nobody_takes_over_while_a_write_is_under_way_whatever_the_lease_says(
    node: Store, other: Store
) -> None:
    node.work.take("judge", ["talks"], lease=OVER)
    with node._database.write() as connection:
        # As `hold` does; by the time of another look the lease has ended.
        connection.execute(text("UPDATE work SET note = note"))
        assert other.work.take("judge", ["talks", "floods"])[0].key == "floods"
    assert other.work.take("judge", ["talks"])


@pytest.mark.postgresql
def test_a_write_in_time_makes_the_leases_of_all_that_was_taken_begin_anew(
    node: Store, other: Store
) -> None:
    claim, _ = node.work.take("judge", ["talks", "floods"])
    with node._database.write() as connection:
        connection.execute(text("UPDATE work SET lease_until = clock_timestamp() + '1 s'"))
    node.work.hold(claim)
    with node._database.read() as connection:
        left = "SELECT count(*) FROM work WHERE lease_until > clock_timestamp() + '50 s'"
        assert connection.execute(text(left)).scalar() == 2
    assert other.work.take("judge", ["talks"]) == []


@pytest.mark.postgresql
def test_a_late_write_waits_for_who_is_just_taking_over_and_is_refused(
    node: Store, other: Store
) -> None:
    (late,) = node.work.take("judge", ["talks"], lease=timedelta(milliseconds=1))
    refused: list[LateWrite] = []

    def write() -> None:
        try:
            with writing(node, late, "floods"):
                pass
        except LateWrite as error:
            refused.append(error)

    with other.transaction() as tx:
        tx.situations.all()
        taken = tx.work.take("judge", ["talks"])
        while not taken:
            taken = tx.work.take("judge", ["talks"])
        thread = threading.Thread(target=write)
        thread.start()
    thread.join()
    assert refused
    assert names(node) == []


@pytest.mark.postgresql
def test_many_nodes_at_once_take_each_piece_once(postgresql_url: str) -> None:
    keys = [str(number) for number in range(200)]
    taken: list[str] = []

    def work(turn: int) -> None:
        store = open_store(postgresql_url)
        some = keys[turn * 50 :] + keys[: turn * 50]
        for start in range(0, len(some), 10):
            taken.extend(one.key for one in store.work.take("compare", some[start : start + 10]))
        store.close()

    threads = [threading.Thread(target=work, args=(turn,)) for turn in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == sorted(keys)


@pytest.mark.postgresql
def test_a_node_that_starts_forgets_what_killed_ones_held_and_keeps_what_they_noted(
    node: Store, other: Store
) -> None:
    node.work.done(node.work.take("judge", ["talks"]), note="version 7")
    node.work.take("judge", ["talks"], lease=OVER)
    node.work.take("begin", ["1"], lease=OVER)
    (held,) = node.work.take("begin", ["2"])
    other.nodes.start(now=NOW)
    with other._database.read() as connection:
        rows = connection.execute(text("SELECT key, token FROM work ORDER BY key")).all()
    assert [tuple(row) for row in rows] == [("2", held.token), ("talks", None)]
    assert other.work.note("judge", "talks") == "version 7"


def test_what_was_left_without_a_word_can_be_taken_again_at_once(store: Store) -> None:
    left = store.work.take("judge", ["posts"])
    store.work.abandon(left)
    (again,) = store.work.take("judge", ["posts"])
    assert again.token != left[0].token
    assert store.work.take("judge", ["posts"]) == []


@pytest.mark.postgresql
def test_by_who_left_it_and_by_nobody_else(node: Store, other: Store) -> None:
    node.work.abandon(node.work.take("judge", ["posts"]))
    assert other.work.take("judge", ["posts"]) == []
    assert len(node.work.take("judge", ["posts"])) == 1
