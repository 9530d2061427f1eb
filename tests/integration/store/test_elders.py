"""One reader's messages go in the order in which they were written."""

from __future__ import annotations

import pytest

from monitor.model.record import replace
from monitor.store import Store
from monitor.store.elders import HOLD
from monitor.store.records import Telling, Version
from tests.integration.store.world import (
    DAY,
    DOUBT,
    LATER,
    MINUTE,
    NOW,
    REFUSED,
    SECOND,
    SENT,
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

DAYS = ["2026-02-05", "2026-02-12", "2026-02-17", "2026-02-18"]


@pytest.fixture
def line(service: Store) -> list[Version]:
    return [version(service, day) for day in DAYS]


@pytest.fixture
def two(service: Store, line: list[Version]) -> Store:
    """ana is owed the digests of two slots."""
    ana = reader(service, line[0])
    assert digest(service, ana, line[1])
    assert digest(service, again(service, ana), line[2], slot=NOW + SECOND)
    return service


def numbers(store: Store) -> list[int]:
    return [int(message.id) for message in messages(store)]


def claimed(store: Store, **how: object) -> list[int]:
    return [int(one.id) for one in claim(store, **how)]  # type: ignore[arg-type]


def test_the_newer_waits_while_the_older_is_on_its_way(two: Store) -> None:
    older, newer = numbers(two)
    first = claim(two)
    assert [int(one.id) for one in first] == [older]
    assert claim(two) == []
    mark(two, first, SENT)
    assert claimed(two) == [newer]


def test_an_alert_takes_the_readers_older_digest_along_first(
    service: Store, line: list[Version]
) -> None:
    bob = reader(service, line[0], address="bob@example.org")
    assert digest(service, bob, line[1])
    ana = reader(service, line[0])
    assert digest(service, ana, line[1])
    assert alert(service, again(service, ana), line[2])
    (of_bob, of_ana, urgent) = numbers(service)
    first = claim(service, limit=1)
    assert [int(one.id) for one in first] == [of_ana]
    mark(service, first, SENT)
    assert claimed(service, limit=1) == [urgent]
    assert claimed(service) == [of_bob]


def test_the_newer_waits_for_the_older_ones_next_attempt(two: Store) -> None:
    older, newer = numbers(two)
    mark(two, claim(two), LATER, NOW + 5 * MINUTE)
    for minutes in range(5):
        assert claim(two, now=NOW + minutes * MINUTE) == []
    tried = claim(two, now=NOW + 5 * MINUTE)
    assert [int(one.id) for one in tried] == [older]
    mark(two, tried, SENT)
    assert claimed(two, now=NOW + 6 * MINUTE) == [newer]


def test_who_waits_for_an_elder_keeps_nobody_else_waiting(two: Store, line: list[Version]) -> None:
    mark(two, claim(two), LATER, NOW + 5 * MINUTE)
    bob = reader(two, line[0], address="bob@example.org")
    assert digest(two, bob, line[1])
    assert [one.recipient for one in claim(two, limit=1)] == ["bob@example.org"]


def test_an_older_one_that_is_put_off_again_and_again_is_told_with_the_newer(
    two: Store, line: list[Version]
) -> None:
    mark(two, claim(two), LATER, NOW + 60 * MINUTE)
    assert claim(two, now=NOW + HOLD - SECOND) == []
    assert claim(two, now=NOW + HOLD + MINUTE) == []
    assert states(two) == ["cancelled", "cancelled"]
    (ana,) = two.subscriptions.all()
    assert ana.pointers == (at(line[0]),)
    # Its run is undone: the reader is due at once, and not at tomorrow's slot.
    assert (ana.last_run, two.due.numbers(NOW)) == (None, [ana.id])
    assert two.runs.of(ana.id) == ()
    assert digest(two, ana, line[2], slot=NOW + SECOND)


def test_a_refusal_that_is_still_judged_is_not_overtaken(two: Store) -> None:
    refused = replace(REFUSED, refusal="rcpt 550 5.7.1")
    mark(two, claim(two), refused, NOW + 60 * MINUTE)
    assert claim(two, now=NOW + HOLD + MINUTE) == []
    assert states(two) == ["retry", "pending"]


def test_what_quiet_hours_keep_is_told_with_an_alert_at_once(
    service: Store, line: list[Version]
) -> None:
    ana = reader(service, line[0])
    quiet = replace(letter(service), not_before=NOW + 6 * 60 * MINUTE)
    told = Telling(
        subscription=ana, pointers=(at(line[1]),), slot=NOW, next_due=NOW + DAY, letter=quiet
    )
    assert service.outbox.tell([told], now=NOW) == [True]
    assert alert(service, again(service, ana), line[2])
    assert claim(service) == []
    assert states(service) == ["cancelled", "cancelled"]
    assert again(service, ana).pointers == (at(line[0]),)


def test_one_that_may_have_arrived_is_tried_before_the_newer(two: Store) -> None:
    older, _ = numbers(two)
    mark(two, claim(two), DOUBT, NOW + 5 * MINUTE)
    assert claim(two, now=NOW + 4 * MINUTE) == []
    assert claimed(two, now=NOW + 5 * MINUTE) == [older]


def test_the_operators_mail_has_no_elders(service: Store) -> None:
    service.outbox.post([letter(service, "ops@example.org", "operator") for _ in range(3)], now=NOW)
    assert len(claim(service)) == 3


def test_readers_do_not_wait_for_each_other(service: Store, line: list[Version]) -> None:
    for name in ("bob", "cleo"):
        one = reader(service, line[0], address=f"{name}@example.org")
        assert digest(service, one, line[1])
    assert len(claim(service)) == 2
