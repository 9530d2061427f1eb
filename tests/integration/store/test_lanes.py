"""What a person waits for goes before a run of digests, and the digests go all the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

from monitor.model.message import LANES, Claimed, Reason
from monitor.store import Store
from monitor.store.turns import EVERY
from tests.integration.store.world import LATER, MINUTE, NOW, SECOND, claim, letter, mark


def owe(store: Store, reason: Reason, many: int = 1) -> None:
    letters = [letter(store, f"{reason}{n}@example.org", reason) for n in range(many)]
    store.outbox.post(letters, now=NOW)


def reasons(store: Store, claimed: Sequence[Claimed]) -> list[str]:
    return [store.outbox.get(one.id).reason for one in claimed]


def test_every_reason_has_a_lane() -> None:
    assert set(LANES) == set(get_args(Reason))


def test_an_alert_goes_before_the_digests_that_were_written_first(service: Store) -> None:
    owe(service, "digest", 30)
    owe(service, "alert")
    owe(service, "receipt")
    owe(service, "operator")
    assert reasons(service, claim(service, limit=3)) == ["alert", "operator", "digest"]


def test_a_welcome_goes_before_digests_and_behind_alerts(service: Store) -> None:
    owe(service, "digest", 3)
    owe(service, "welcome", 3)
    owe(service, "alert", 3)
    assert reasons(service, claim(service, limit=8)) == ["alert"] * 3 + ["welcome"] * 3 + [
        "digest",
        "digest",
    ]


def test_digests_get_a_share_however_many_alerts_come(service: Store) -> None:
    owe(service, "alert", 100)
    owe(service, "digest", 100)
    assert reasons(service, claim(service, limit=50)).count("digest") == 50 // EVERY


def test_digests_get_a_turn_even_where_one_message_goes_at_a_time(service: Store) -> None:
    owe(service, "alert", 20)
    owe(service, "digest", 20)
    went = [reasons(service, claim(service, limit=1)) for _ in range(2 * EVERY)]
    assert went.count(["digest"]) == 2


def test_a_share_that_nobody_asks_for_is_the_alerts(service: Store) -> None:
    owe(service, "alert", 20)
    assert len(claim(service, limit=20)) == 20


def test_an_alert_that_is_tried_again_later_holds_nobody_up(service: Store) -> None:
    owe(service, "alert")
    owe(service, "digest")
    mark(service, claim(service, limit=1), LATER, NOW + MINUTE)
    assert reasons(service, claim(service)) == ["digest"]
    assert service.outbox.next_due(now=NOW) == NOW + MINUTE
    assert claim(service, now=NOW + MINUTE - SECOND) == []
    assert reasons(service, claim(service, now=NOW + MINUTE)) == ["alert"]
