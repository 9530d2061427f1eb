"""The circuit breaker of a relay."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from monitor.deliver.breaker import PAUSES, SENDER_LIMIT, Breaker
from monitor.deliver.outcomes import judge_error, judge_reply, refused, released
from monitor.model.message import Outcome, Result, Scope

NOW = datetime(2026, 2, 17, 7, 0, tzinfo=UTC)
DOWN = judge_error("connect", ConnectionRefusedError("refused"))
SENT = judge_reply("dot", 250, "ok")


def test_it_lets_everything_through_while_mail_flows() -> None:
    breaker = Breaker()
    breaker.record(SENT, moment=0, now=NOW)
    assert breaker.room(1, 50) == 50
    assert breaker.trouble is None


def test_it_holds_mail_back_after_a_failure_then_tries_one() -> None:
    breaker = Breaker()
    breaker.record(DOWN, moment=100, now=NOW)
    assert breaker.room(100.5, 50) == 0
    assert breaker.wait(100.5) == 0.5
    assert breaker.room(101, 50) == 1


def test_its_pauses_grow_to_half_a_minute() -> None:
    breaker, moment = Breaker(), 0.0
    for pause in (*PAUSES, 30.0, 30.0):
        breaker.record(DOWN, moment=moment, now=NOW)
        assert breaker.wait(moment) == pause
        moment += pause


def test_one_success_ends_the_trouble() -> None:
    breaker = Breaker()
    breaker.record(DOWN, moment=0, now=NOW)
    breaker.record(SENT, moment=1, now=NOW)
    assert breaker.room(1, 50) == 50
    assert breaker.trouble is None


def test_a_refusal_of_one_message_shows_a_relay_at_work() -> None:
    breaker = Breaker()
    breaker.record(DOWN, moment=0, now=NOW)
    breaker.record(judge_reply("rcpt", 550, "5.1.1 no"), moment=1, now=NOW)
    assert breaker.room(1, 50) == 50


def test_it_remembers_since_when_and_why() -> None:
    breaker = Breaker()
    breaker.record(DOWN, moment=0, now=NOW)
    breaker.record(DOWN, moment=5, now=NOW + timedelta(seconds=5))
    assert breaker.trouble is not None
    assert breaker.trouble.since == NOW
    assert breaker.trouble.failures == 2
    assert breaker.trouble.outcome.text == "refused"


def test_failures_of_sends_already_under_way_do_not_lengthen_the_pause() -> None:
    breaker = Breaker()
    for moment in (0.0, 0.1, 0.2, 0.3):
        breaker.record(DOWN, moment=moment, now=NOW)
    assert breaker.room(1.0, 50) == 1


def test_what_never_reached_the_relay_says_nothing_about_it() -> None:
    breaker = Breaker()
    breaker.record(DOWN, moment=0, now=NOW)
    breaker.record(refused("build", "two addresses"), moment=0.1, now=NOW)
    breaker.record(released("shutting down"), moment=0.2, now=NOW)
    assert breaker.trouble is not None


def _refuse_sender(breaker: Breaker) -> Outcome:
    answer = judge_reply("mail", 550, "5.1.0 not from you")
    return breaker.record(answer, moment=0, now=NOW)


def test_a_sender_refused_for_one_message_is_that_messages_end() -> None:
    assert _refuse_sender(Breaker()).result is Result.PERMANENT


def test_a_sender_refused_for_all_stops_killing_messages_and_is_told() -> None:
    breaker = Breaker()
    for _ in range(SENDER_LIMIT):
        assert _refuse_sender(breaker).result is Result.PERMANENT
    fourth = _refuse_sender(breaker)
    assert (fourth.result, fourth.scope) == (Result.TEMPORARY, Scope.CONNECTION)
    assert breaker.trouble is not None
    assert breaker.room(0.5, 50) == 0


def test_an_accepted_sender_in_between_starts_the_count_anew() -> None:
    breaker = Breaker()
    for _ in range(SENDER_LIMIT):
        _refuse_sender(breaker)
    breaker.record(SENT, moment=0, now=NOW)
    assert _refuse_sender(breaker).result is Result.PERMANENT


def test_a_size_refused_at_mail_speaks_of_the_message() -> None:
    breaker = Breaker()
    too_big = judge_reply("mail", 552, "5.3.4 too big")
    for _ in range(10):
        assert breaker.record(too_big, moment=0, now=NOW).result is Result.PERMANENT
