"""Rates are kept over all who claim, over any window, and in turns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.model.message import Claimed
from monitor.model.rate import Limit, Rate, Rates
from monitor.model.record import replace
from monitor.store import Store, open_store
from tests.integration.store.world import DAY, LATER, MINUTE, NOW, SECOND, SENT, letter, mark

LAKE, PEAK = "lake.example", "peak.example"


def rates(*, relay: int | None = None, lake: int | None = None, per: timedelta = MINUTE) -> Rates:
    kept = []
    if relay:
        kept.append(Limit(name="relay", rates=(Rate(messages=relay, seconds=per.total_seconds()),)))
    if lake:
        rate = Rate(messages=lake, seconds=per.total_seconds())
        kept.append(Limit(name=LAKE, rates=(rate,), hosts=(LAKE,)))
    return Rates(limits=tuple(kept), by_caller=True)


def owe(store: Store, many: int, *, at: str = LAKE, reason: str = "digest") -> None:
    """A list: all are sent one body."""
    body = store.digests.add_body(b"Subject: x\r\n\r\nx\r\n")
    letters = [
        replace(letter(store, f"r{n}@{at}", reason), body=body)  # type: ignore[arg-type]
        for n in range(many)
    ]
    store.outbox.post(letters, now=NOW)


def hosts(claims: Sequence[Claimed]) -> Counter[str]:
    return Counter(one.recipient.partition("@")[2] for one in claims)


def test_no_more_is_claimed_than_the_relay_takes(service: Store) -> None:
    owe(service, 20)
    kept = rates(relay=7)
    assert len(service.outbox.claim(limit=50, now=NOW, rates=kept)) == 7
    assert service.outbox.claim(limit=50, now=NOW + 50 * SECOND, rates=kept) == []
    due = service.outbox.next_due(now=NOW + 50 * SECOND, rates=kept)
    assert due is not None
    assert NOW + MINUTE < due < NOW + MINUTE + 5 * SECOND
    assert len(service.outbox.claim(limit=50, now=due, rates=kept)) == 7


def test_what_waits_for_its_rate_has_used_up_no_attempt(service: Store) -> None:
    owe(service, 3)
    kept = rates(lake=2)
    assert len(service.outbox.claim(limit=9, now=NOW, rates=kept)) == 2
    assert service.outbox.claim(limit=9, now=NOW, rates=kept) == []
    (waits,) = service.outbox.find(states=("pending",))
    assert waits.attempts == 0
    assert service.outbox.deliveries(waits.id) == ()


def test_one_domain_that_waits_holds_no_other_up(service: Store) -> None:
    owe(service, 1000)
    owe(service, 5, at=PEAK)
    claims = service.outbox.claim(limit=50, now=NOW, rates=rates(lake=3))
    assert hosts(claims) == {LAKE: 3, PEAK: 5}


def test_domains_that_share_a_rate_are_counted_together(service: Store) -> None:
    owe(service, 5)
    owe(service, 5, at=PEAK)
    both = Limit(name="both", rates=(Rate(messages=4, seconds=60),), hosts=(LAKE, PEAK))
    kept = Rates(limits=(both,), by_caller=True)
    assert len(service.outbox.claim(limit=50, now=NOW, rates=kept)) == 4


def test_lists_take_turns_however_long_one_is(service: Store) -> None:
    for many in (90, 4, 90, 4):
        owe(service, many)
    went = [
        one.body_id
        for turn in range(4)
        for one in service.outbox.claim(limit=4, now=NOW + turn * 2 * MINUTE, rates=rates(relay=4))
    ]
    assert set(Counter(went).values()) == {4}


def test_an_alert_goes_first_and_a_digest_goes_too(service: Store) -> None:
    owe(service, 50)
    owe(service, 50, reason="alert")
    went = []
    for turn in range(10):
        claims = service.outbox.claim(limit=4, now=NOW + turn * 2 * MINUTE, rates=rates(relay=1))
        went += [service.outbox.get(one.id).reason for one in claims]
    assert went.count("alert") == 8
    assert went.count("digest") == 2


def test_a_message_that_is_tried_again_counts_again(service: Store) -> None:
    owe(service, 1)
    kept = rates(lake=1)
    mark(service, service.outbox.claim(limit=9, now=NOW, rates=kept), LATER, NOW + SECOND)
    assert service.outbox.claim(limit=9, now=NOW + SECOND, rates=kept) == []
    assert len(service.outbox.claim(limit=9, now=NOW + 2 * MINUTE, rates=kept)) == 1


def test_what_waited_for_a_rate_goes_when_there_is_none_any_more(service: Store) -> None:
    owe(service, 30)
    assert len(service.outbox.claim(limit=50, now=NOW, rates=rates(relay=2, lake=1))) == 1
    assert len(service.outbox.claim(limit=50, now=NOW)) == 29


def test_what_waited_for_a_domain_waits_for_the_relay_alone_afterwards(service: Store) -> None:
    owe(service, 30)
    assert len(service.outbox.claim(limit=50, now=NOW, rates=rates(lake=1))) == 1
    assert len(service.outbox.claim(limit=50, now=NOW, rates=rates(relay=7))) == 7


def test_who_looks_sees_what_is_taken_and_how_many_wait(service: Store) -> None:
    owe(service, 10)
    kept = rates(relay=5, lake=3)
    service.outbox.claim(limit=50, now=NOW, rates=kept)
    relay, lake = service.outbox.allowances(kept, now=NOW)
    assert (relay.taken, relay.until, relay.waiting) == (3, None, 7)
    assert (lake.taken, lake.waiting) == (3, 7)
    assert lake.until is not None


def test_a_rate_by_the_databases_clock_is_kept_too(service: Store) -> None:
    owe(service, 5)
    kept = replace(rates(relay=2, per=DAY), by_caller=False)
    assert len(service.outbox.claim(limit=50, now=NOW, rates=kept)) == 2
    assert service.outbox.claim(limit=50, now=NOW, rates=kept) == []


TURNS = st.lists(
    st.tuples(st.integers(0, 1), st.floats(0, 40), st.integers(1, 6)), min_size=5, max_size=25
)


@pytest.mark.postgresql
@settings(
    max_examples=12,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
@given(turns=TURNS, relay=st.integers(1, 9), lake=st.integers(1, 9))
def test_two_nodes_together_keep_to_a_rate_over_any_window(
    postgresql_url: str, turns: list[tuple[int, float, int]], relay: int, lake: int
) -> None:
    nodes = [open_store(postgresql_url), open_store(postgresql_url)]
    try:
        for node in nodes:
            node.nodes.start(now=NOW)
        _empty(nodes[0])
        owe(nodes[0], 40)
        owe(nodes[0], 40, at=PEAK)
        kept, at, begun = rates(relay=relay, lake=lake), NOW, []
        for number, wait, limit in turns:
            at += timedelta(seconds=wait)
            claims = nodes[number].outbox.claim(limit=limit, now=at, rates=kept)
            begun += [(at, one.recipient) for one in claims]
            mark(nodes[number], claims, SENT)
        for start, _ in begun:
            window = [to for when, to in begun if start <= when < start + MINUTE]
            assert len(window) <= relay
            assert sum(to.endswith(LAKE) for to in window) <= lake
    finally:
        for node in nodes:
            node.close()


@pytest.mark.postgresql
def test_two_nodes_that_claim_at_once_take_no_more_than_one_could(postgresql_url: str) -> None:
    nodes = [open_store(postgresql_url) for _ in range(2)]
    for node in nodes:
        node.nodes.start(now=NOW)
    owe(nodes[0], 60)

    def work(node: Store) -> int:
        kept = rates(relay=11, lake=11)
        return sum(len(node.outbox.claim(limit=3, now=NOW, rates=kept)) for _ in range(8))

    with ThreadPoolExecutor(2) as pool:
        assert sum(pool.map(work, nodes)) == 11
    for node in nodes:
        node.close()


def _empty(store: Store) -> None:
    """For the next example."""
    with store._database.write() as connection:
        for table in ("deliveries", "outbox", "allowances"):
            connection.exec_driver_sql(f"DELETE FROM {table}")
