"""The database did commit, and its answer was lost: saying it again changes nothing."""

from __future__ import annotations

import pytest

from monitor.store import Store
from monitor.store.records import Telling
from tests.integration.store.world import (
    NOW,
    SENT,
    Answers,
    again,
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


@pytest.fixture
def answers(service: Store) -> Answers:
    return Answers(service)


def test_a_digest_written_twice_is_one(service: Store, answers: Answers) -> None:
    old, new = version(service, "2026-02-05"), version(service, "2026-02-17")
    ana = reader(service, old)
    step = Telling(subscription=ana, pointers=(at(new),), slot=NOW, letter=letter(service))
    with answers.lost():
        service.outbox.tell([step], now=NOW)
    assert service.outbox.tell([step], now=NOW) == [False]
    assert again(service, ana).seq == 1
    assert len(messages(service)) == 1


def test_a_claim_nobody_knows_of_is_taken_back_at_once(service: Store, answers: Answers) -> None:
    old, new = version(service, "2026-02-05"), version(service, "2026-02-17")
    digest(service, reader(service, old), new)
    with answers.lost():
        claim(service)
    assert states(service) == ["claimed"]
    (claimed,) = claim(service)
    results = [one.result for one in service.outbox.deliveries(claimed.id)]
    assert results == ["interrupted", None]
    assert claim(service) == []


def test_a_mark_made_twice_is_one(service: Store, answers: Answers) -> None:
    old, new = version(service, "2026-02-05"), version(service, "2026-02-17")
    digest(service, reader(service, old), new)
    claims = claim(service)
    with answers.lost():
        mark(service, claims, SENT)
    assert mark(service, claims, SENT) == [True]
    assert states(service) == ["sent"]
    assert claim(service) == []
