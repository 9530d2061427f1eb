"""The circuit breaker of a relay."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from monitor.deliver.breaker import LOGIN_PAUSES, PAUSES, Breaker
from monitor.deliver.outcomes import judge_error, judge_reply, refused, released
from monitor.model.message import ROW, Outcome, Result, Scope

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


def refuse(
    breaker: Breaker, who: str, code: int, words: str, *, phase: str = "rcpt", stands: bool = False
) -> Outcome:
    answer = judge_reply(phase, code, words)
    return breaker.record(answer, moment=0, now=NOW, recipient=f"{who}@example.org", stands=stands)


REFUSALS = (
    ("rcpt", 504, "5.5.2 <{who}>: Helo command rejected: need fully-qualified hostname"),
    ("rcpt", 550, "relay not permitted for {who}@example.org"),
    ("rcpt", 550, "5.1.1 {who}: no such user (queue 4Xk9{who}Zz)"),
    ("rcpt", 554, "5.7.1 <{who}@example.org>: Relay access denied"),
    ("rcpt", 450, "4.7.1 come back, {who}"),
    ("rcpt", 452, "4.2.2 {who} is over quota"),
    ("mail", 550, "5.1.0 not from you"),
    ("mail", 553, "sender of {who} refused"),
    ("data", 451, "4.3.0 {who}"),
    ("dot", 554, "5.6.0 {who} looks like spam, id 17{who}"),
)


@pytest.mark.parametrize(("phase", "code", "words"), REFUSALS)
def test_the_same_refusal_for_different_recipients_is_the_relays(
    phase: str, code: int, words: str
) -> None:
    breaker = Breaker()
    for who in ("ana", "ben"):
        own = refuse(breaker, who, code, words.format(who=who), phase=phase)
        assert own.scope is Scope.MESSAGE
        assert breaker.trouble is None
    third = refuse(breaker, "cleo", code, words.format(who="cleo"), phase=phase)
    assert (third.result, third.scope, third.bounce) == (
        Result.TEMPORARY,
        Scope.CONNECTION,
        None,
    )
    assert breaker.trouble is not None
    assert breaker.trouble.lasts
    assert breaker.room(0.5, 50) == 0


def test_one_recipient_refused_many_times_is_no_row() -> None:
    breaker = Breaker()
    for _ in range(3 * ROW):
        assert refuse(breaker, "ana", 550, "5.1.1 no").scope is Scope.MESSAGE
    assert breaker.room(0, 50) == 50


def test_mail_that_is_taken_ends_a_row() -> None:
    breaker = Breaker()
    for who in ("ana", "ben"):
        refuse(breaker, who, 550, "5.1.1 no")
    breaker.record(SENT, moment=0, now=NOW)
    for who in ("cleo", "dan"):
        assert refuse(breaker, who, 550, "5.1.1 no").scope is Scope.MESSAGE


def test_another_refusal_in_between_does_not_hide_a_row() -> None:
    breaker = Breaker()
    refuse(breaker, "ana", 504, "5.5.2 no")
    refuse(breaker, "ben", 504, "5.5.2 no")
    refuse(breaker, "eve", 550, "5.1.1 no such user")
    assert refuse(breaker, "cleo", 504, "5.5.2 no").scope is Scope.CONNECTION
    refuse(breaker, "fay", 550, "5.1.1 no such user")
    assert breaker.room(0.5, 50) == 0


def test_everything_refused_in_a_row_waits_and_keeps_waiting() -> None:
    breaker = Breaker()
    for number in range(20):
        refuse(breaker, f"reader{number}", 550, "no")
    assert refuse(breaker, "reader3", 550, "no").scope is Scope.CONNECTION


def test_a_refusal_known_to_be_ones_own_says_nothing_about_the_relay() -> None:
    breaker = Breaker()
    for number in range(10):
        own = refuse(breaker, f"reader{number}", 550, "5.1.1 no", stands=True)
        assert own.result is Result.PERMANENT
    assert breaker.trouble is None


@pytest.mark.parametrize("phase", ["mail", "dot"])
def test_a_size_that_is_refused_speaks_of_the_message(phase: str) -> None:
    breaker = Breaker()
    for number in range(10):
        answer = refuse(breaker, f"reader{number}", 552, "5.3.4 too big", phase=phase)
        assert answer.result is Result.PERMANENT


def test_a_refused_password_is_tried_again_after_minutes_then_after_an_hour() -> None:
    breaker, moment = Breaker(), 0.0
    for pause in (*LOGIN_PAUSES, 3600.0):
        breaker.record(judge_reply("auth", 535, "5.7.8 who?"), moment=moment, now=NOW)
        assert breaker.wait(moment) == pause
        moment += pause
    assert breaker.trouble is not None
    assert breaker.trouble.lasts


def test_a_login_that_fails_for_a_while_keeps_the_short_pauses() -> None:
    breaker = Breaker()
    breaker.record(judge_reply("auth", 454, "4.7.0 later"), moment=0, now=NOW)
    assert breaker.wait(0) == PAUSES[0]
