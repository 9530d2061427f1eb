"""A message that will not arrive gives its pointers back: nothing is lost, nothing told twice."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from monitor.errors import Conflict
from monitor.model.message import Claimed, Outcome, Result
from monitor.model.record import replace
from monitor.model.subscription import Subscription
from monitor.store import Store, claims
from monitor.store.elders import InTurn
from monitor.store.records import AlertedFinding, Telling, Version
from tests.integration.store.world import (
    DAY,
    DOUBT,
    LATER,
    MINUTE,
    NOW,
    SENT,
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
Line = tuple[Version, Version, Version, Version]


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two messages of one reader are on their way at once, as another release leaves them, and a
    person who lets go what was held."""
    monkeypatch.setattr(claims, "in_order", lambda _connection, ids, _now: InTurn(list(ids), []))


@pytest.fixture
def line(store: Store) -> Line:
    a, b, c, d = (version(store, f"2026-02-{day}") for day in ("02", "05", "08", "17"))
    return a, b, c, d


def _two_under_way(
    service: Store, who: Subscription, first: Version, second: Version
) -> Sequence[Claimed]:
    """A digest up to each, written a day apart, and both claimed."""
    digest(service, who, first)
    digest(service, again(service, who), second, slot=NOW + DAY)
    return claim(service)


def test_a_dead_digest_returns_both_pointers(service: Store, line: Line) -> None:
    a, b, *_ = line
    ana = reader(service, a)
    digest(service, ana, b)
    mark(service, claim(service), EXPIRED)
    after = again(service, ana)
    assert after.pointers == (at(a),)
    assert after.undelivered_since == NOW


def test_the_next_digest_tells_it_and_settles_it(service: Store, line: Line) -> None:
    a, b, c, _ = line
    ana = reader(service, a)
    digest(service, ana, b)
    mark(service, claim(service), EXPIRED)
    assert digest(service, again(service, ana), c, slot=NOW + DAY)
    after = again(service, ana)
    assert (after.pointers, after.undelivered_since) == ((at(c),), None)


def test_what_a_dead_alert_would_have_told_is_not_remembered(service: Store, line: Line) -> None:
    a, b, *_ = line
    ana = reader(service, a)
    alert(service, ana, b)
    said = AlertedFinding(
        subscription=ana.id,
        situation=TALKS,
        old=a.id,
        new=b.id,
        finding="f1",
        sentence="X left.",
        at=NOW,
    )
    service.alerts.record([said, replace(said, at=NOW - MINUTE)])
    mark(service, claim(service), EXPIRED)
    assert [one.at for one in service.alerts.of(ana.id)] == [NOW - MINUTE]


def test_a_dead_alert_returns_alerted_only(service: Store, line: Line) -> None:
    a, b, *_ = line
    ana = reader(service, a)
    alert(service, ana, b)
    mark(service, claim(service), EXPIRED)
    after = again(service, ana)
    assert (after.pointers, after.undelivered_since) == ((at(a),), None)


def test_an_alert_that_a_digest_has_told_since_returns_nothing(service: Store, line: Line) -> None:
    a, b, *_ = line
    ana = reader(service, a)
    alert(service, ana, b)
    late = claim(service)
    digest(service, again(service, ana), b)
    mark(service, claim(service), SENT)
    mark(service, late, EXPIRED)
    assert again(service, ana).pointers == (at(b),)


def test_a_message_that_may_have_arrived_keeps_its_pointers(service: Store, line: Line) -> None:
    a, b, *_ = line
    ana = reader(service, a)
    digest(service, ana, b)
    mark(service, claim(service), DOUBT, NOW + MINUTE)
    mark(service, claim(service, now=NOW + MINUTE), DOUBT)
    assert states(service) == ["dead"]
    assert again(service, ana).pointers == (at(b),)


def test_two_losses_return_to_where_the_first_started(service: Store, line: Line) -> None:
    a, b, c, _ = line
    ana = reader(service, a)
    digest(service, ana, b)
    digest(service, again(service, ana), c, slot=NOW + DAY)
    mark(service, claim(service), EXPIRED)
    assert again(service, ana).pointers == (at(a),)


def test_the_order_of_two_losses_does_not_matter(service: Store, line: Line) -> None:
    a, b, c, _ = line
    ana = reader(service, a)
    first, second = _two_under_way(service, ana, b, c)
    mark(service, [second], EXPIRED)
    assert again(service, ana).pointers == (at(b),)
    mark(service, [first], EXPIRED)
    assert again(service, ana).pointers == (at(a),)


def test_a_later_loss_does_not_skip_what_an_earlier_one_returned(
    service: Store, line: Line
) -> None:
    a, b, c, _ = line
    ana = reader(service, a)
    first, second = _two_under_way(service, ana, b, c)
    mark(service, [first], EXPIRED)
    mark(service, [second], EXPIRED)
    assert again(service, ana).pointers == (at(a),)


def test_a_loss_that_is_being_told_again_returns_nothing_more(service: Store, line: Line) -> None:
    # 1 dies and 3 tells from where 1 started; 2, written in between, then dies: 3 holds it.
    a, b, c, d = line
    ana = reader(service, a)
    first, second = _two_under_way(service, ana, b, c)
    mark(service, [first], EXPIRED)
    digest(service, again(service, ana), d, slot=NOW + 2 * DAY)
    mark(service, [second], EXPIRED)
    assert again(service, ana).pointers == (at(d),)


def test_when_the_retelling_dies_too_all_comes_back(service: Store, line: Line) -> None:
    a, b, c, d = line
    ana = reader(service, a)
    first, second = _two_under_way(service, ana, b, c)
    mark(service, [first], EXPIRED)
    digest(service, again(service, ana), d, slot=NOW + 2 * DAY)
    mark(service, claim(service), EXPIRED)
    assert again(service, ana).pointers == (at(a),)
    mark(service, [second], EXPIRED)
    assert again(service, ana).pointers == (at(a),)


def test_a_cancelled_message_gives_back_too(service: Store, line: Line) -> None:
    a, b, *_ = line
    ana = reader(service, a)
    digest(service, ana, b)
    (message,) = messages(service)
    service.outbox.cancel([message.id], "by hand", now=NOW)
    assert again(service, ana).pointers == (at(a),)
    assert states(service) == ["cancelled"]


def test_a_suspended_reader_goes_on_from_what_was_refused(service: Store, line: Line) -> None:
    a, b, c, _ = line
    ana = reader(service, a)
    first, second = _two_under_way(service, ana, b, c)
    mark(service, [first], Outcome(result=Result.PERMANENT, phase="rcpt", code=550))
    service.outbox.release([second], now=NOW)
    assert claim(service) == []
    service.subscriptions.set_state(ana.id, "active", now=NOW)
    assert again(service, ana).pointers == (at(a),)
    assert digest(service, again(service, ana), c, slot=NOW + 2 * DAY)


def test_a_dead_message_whose_pointers_went_back_is_not_sent_again(
    service: Store, line: Line
) -> None:
    a, b, *_ = line
    digest(service, reader(service, a), b)
    (claimed,) = claim(service)
    mark(service, [claimed], EXPIRED)
    with pytest.raises(Conflict, match="the next digest tells it"):
        service.outbox.retry(claimed.id, now=NOW, expires_at=NOW + DAY)


def test_a_dead_message_that_moved_nothing_is_tried_again_on_request(
    service: Store, line: Line
) -> None:
    a, *_ = line
    digest(service, reader(service, a), a, slot=None)
    (claimed,) = claim(service)
    mark(service, [claimed], EXPIRED)
    service.outbox.retry(claimed.id, now=NOW, expires_at=NOW + DAY)
    assert [one.id for one in claim(service)] == [claimed.id]


def test_a_loss_returns_only_the_situation_that_it_told(service: Store, line: Line) -> None:
    a, b, *_ = line
    service.situations.ensure("harbour", kind="negotiation", title=None, now=NOW)
    quay, crane = (
        version(service, day, situation="harbour") for day in ("2026-02-03", "2026-02-06")
    )
    spec = replace(reader(service, a).spec, name="both", situations=("harbour", TALKS))
    harbour = replace(at(quay), situation="harbour")
    both = service.subscriptions.create(spec, (harbour, at(a)), due_at=NOW, now=NOW)
    of_talks = Telling(
        subscription=both, pointers=(at(a, b),), letter=letter(service, reason="alert")
    )
    service.outbox.tell([of_talks], now=NOW)
    of_harbour = Telling(
        subscription=again(service, both),
        pointers=(replace(harbour, alerted=crane.id),),
        letter=letter(service, reason="alert"),
    )
    service.outbox.tell([of_harbour], now=NOW)
    first, second = claim(service)
    mark(service, [second], SENT)
    mark(service, [first], EXPIRED)
    assert again(service, both).pointers == (replace(harbour, alerted=crane.id), at(a))


def test_a_lost_alert_that_a_lost_digest_held_comes_back_with_it(
    service: Store, line: Line
) -> None:
    a, b, c, _ = line
    ana = reader(service, a)
    alert(service, ana, b)
    digest(service, again(service, ana), c)
    first, second = claim(service)
    mark(service, [first], EXPIRED)
    assert again(service, ana).pointers == (at(c),)
    mark(service, [second], EXPIRED)
    assert again(service, ana).pointers == (at(a),)


def test_an_alert_that_arrived_is_not_told_again_when_the_next_digest_dies(
    service: Store, line: Line
) -> None:
    a, b, *_ = line
    ana = reader(service, a)
    alert(service, ana, b)
    digest(service, again(service, ana), b)
    first, second = claim(service)
    mark(service, [first], SENT)
    mark(service, [second], EXPIRED)
    assert again(service, ana).pointers == (at(a, b),)


def test_a_withdrawal_that_nobody_heard_of_is_owed(service: Store, line: Line) -> None:
    a, *_ = line
    ghost = version(service, "2026-02-20", held="too good")
    ana = reader(service, ghost)
    back = Telling(subscription=ana, pointers=(at(a),), letter=letter(service), cause="withdrawal")
    assert service.outbox.tell([back], now=NOW) == [True]
    mark(service, claim(service), EXPIRED)
    assert again(service, ana).pointers == (at(ghost),)


def test_what_waits_behind_a_loss_is_told_by_the_next_one_alone(service: Store, line: Line) -> None:
    a, b, c, d = line
    ana = reader(service, a)
    digest(service, ana, b)
    (first,) = claim(service)
    digest(service, again(service, ana), c, slot=NOW + DAY)
    mark(service, [first], EXPIRED)
    assert states(service) == ["dead", "cancelled"]
    assert again(service, ana).pointers == (at(a),)
    digest(service, again(service, ana), d, slot=NOW + 2 * DAY)
    assert [one.recipient for one in claim(service)] == ["ana@example.org"]


def test_alerts_behind_a_lost_alert_are_told_by_the_next_one_alone(
    service: Store, line: Line
) -> None:
    a, b, c, d = line
    ana = reader(service, a)
    for told in (b, c, d):
        alert(service, again(service, ana), told)
    first, second, _ = claim(service)
    mark(service, [second], LATER, NOW + MINUTE)
    mark(service, [first], EXPIRED)
    assert states(service) == ["dead", "cancelled", "claimed"]
    assert again(service, ana).pointers == (at(a),)


def test_what_was_in_flight_when_an_earlier_one_died_is_not_tried_again(
    service: Store, line: Line
) -> None:
    a, b, c, _ = line
    ana = reader(service, a)
    first, second = _two_under_way(service, ana, b, c)
    mark(service, [first], EXPIRED)
    mark(service, [second], LATER, NOW + MINUTE)
    assert states(service) == ["dead", "cancelled"]
    assert again(service, ana).pointers == (at(a),)


def test_a_digest_stays_owed_when_an_alert_before_it_dies(service: Store, line: Line) -> None:
    a, b, c, _ = line
    ana = reader(service, a)
    alert(service, ana, b)
    (first,) = claim(service)
    digest(service, again(service, ana), c)
    mark(service, [first], EXPIRED)
    assert states(service) == ["dead", "pending"]
    assert again(service, ana).pointers == (at(c),)


def test_what_may_have_arrived_stays_owed_behind_a_loss(service: Store, line: Line) -> None:
    a, b, c, _ = line
    ana = reader(service, a)
    first, second = _two_under_way(service, ana, b, c)
    mark(service, [second], DOUBT, NOW + MINUTE)
    mark(service, [first], EXPIRED)
    assert states(service) == ["dead", "retry"]


def test_an_attempt_that_was_not_made_keeps_the_reason_of_the_last(
    service: Store, line: Line
) -> None:
    a, b, *_ = line
    digest(service, reader(service, a), b)
    mark(service, claim(service), LATER, NOW)
    service.outbox.release(claim(service), now=NOW)
    assert [one.state_reason for one in messages(service)] == ["rcpt: 450 later"]
