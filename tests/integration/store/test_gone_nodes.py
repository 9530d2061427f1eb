"""What a killed node had in hand is given to others within a minute, and only that can double."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from monitor.store import Store, open_store, tables
from monitor.store.identity import NODE_LEASE, Identity
from tests.integration.store.world import MINUTE, NOW, SECOND, claim, letter, states

PAST = datetime(2026, 1, 1, tzinfo=UTC)
LEASE = NODE_LEASE.total_seconds()


@pytest.fixture
def nodes(postgresql_url: str) -> Iterator[tuple[Store, Store]]:
    """Two that serve one database; the first has claimed three messages."""
    one, two = open_store(postgresql_url), open_store(postgresql_url)
    for each in (one, two):
        each.nodes.start(now=NOW)
    one.outbox.post([letter(one, f"r{n}@example.org") for n in range(3)], now=NOW)
    yield one, two
    one.close()
    two.close()


def silence(store: Store, node: str | None) -> None:
    """As if it had not said for a minute that it lives."""
    table = tables.nodes
    with store._database.write() as connection:
        quiet = update(table).where(table.c.id == node).values(lease_until=PAST)
        connection.execute(quiet)


@pytest.mark.postgresql
def test_a_node_that_lives_keeps_what_it_claimed(nodes: tuple[Store, Store]) -> None:
    one, two = nodes
    held = claim(one)
    assert claim(two) == []
    assert all(map(one.outbox.holds, held))


@pytest.mark.postgresql
def test_what_a_silent_node_held_is_given_back_at_once(nodes: tuple[Store, Store]) -> None:
    one, two = nodes
    held = claim(one)
    silence(two, one._identity.node)
    taken = claim(two)
    assert {each.id for each in taken} == {each.id for each in held}
    results = [two.outbox.deliveries(each.id)[0].result for each in taken]
    assert results == ["interrupted"] * 3


@pytest.mark.postgresql
def test_what_an_ended_node_held_needs_no_minute(nodes: tuple[Store, Store]) -> None:
    one, two = nodes
    claim(one)
    one.nodes.stop(now=NOW + SECOND)
    assert len(claim(two)) == 3


@pytest.mark.postgresql
def test_a_start_gives_back_what_a_silent_node_held(nodes: tuple[Store, Store]) -> None:
    one, two = nodes
    claim(one)
    silence(two, one._identity.node)
    assert two.nodes.start(now=NOW).recovered == 3
    assert states(two) == ["retry"] * 3


@pytest.mark.postgresql
def test_a_beat_keeps_it_alive(nodes: tuple[Store, Store]) -> None:
    one, two = nodes
    claim(one)
    silence(two, one._identity.node)
    one.nodes.beat(now=NOW)
    assert claim(two) == []


@pytest.mark.postgresql
def test_who_is_gone_is_named_with_what_it_holds(nodes: tuple[Store, Store]) -> None:
    one, two = nodes
    claim(one)
    assert two.nodes.gone(now=NOW) == ()
    (gone,) = two.nodes.gone(now=NOW + MINUTE)
    assert (gone.messages, gone.seen_at) == (3, NOW)


def test_on_one_machine_a_service_need_not_say_that_it_lives(service: Store) -> None:
    service.outbox.post([letter(service)], now=NOW)
    if service.is_sqlite:
        (held,) = claim(service)
        service._identity.says(time.monotonic() + 10 * LEASE)
        assert service.outbox.holds(held)


def test_a_node_that_was_away_begins_nothing_that_it_claimed_before() -> None:
    identity, now = Identity(lease=timedelta(minutes=15)), time.monotonic()
    identity.says(now - LEASE)
    with identity.claiming() as before:
        before.ids = {"1"}
    assert not identity.lives_as(before.token)
    identity.says(now + 1)
    with identity.claiming() as after:
        after.ids = {"2"}
    assert not identity.lives_as(before.token)
    assert identity.lives_as(after.token)
