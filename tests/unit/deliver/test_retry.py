"""When a message is tried again: a table."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from monitor.deliver.retry import CONNECTION_WAIT, next_attempt
from monitor.model.message import Outcome, Result, Scope

NOW = datetime(2026, 2, 17, 7, 0, tzinfo=UTC)
EXPIRES = NOW + timedelta(hours=48)

TEMPORARY = Outcome(result=Result.TEMPORARY, phase="rcpt", code=450)
CONNECTION = Outcome(result=Result.TEMPORARY, scope=Scope.CONNECTION, phase="connect")
UNKNOWN = Outcome(result=Result.UNKNOWN, phase="dot")
PERMANENT = Outcome(result=Result.PERMANENT, phase="rcpt", code=550)


@pytest.mark.parametrize(
    ("attempts", "minutes"), [(1, 1), (2, 5), (3, 15), (4, 30), (5, 60), (6, 60), (50, 60)]
)
def test_it_waits_longer_after_each_temporary_refusal(attempts: int, minutes: int) -> None:
    assert next_attempt(attempts, TEMPORARY, NOW, EXPIRES) == NOW + timedelta(minutes=minutes)


@pytest.mark.parametrize("attempts", [1, 9])
def test_it_does_not_count_attempts_against_a_connection(attempts: int) -> None:
    assert next_attempt(attempts, CONNECTION, NOW, EXPIRES) == NOW + CONNECTION_WAIT


def test_it_tries_a_message_that_may_have_arrived_once_more_after_five_minutes() -> None:
    assert next_attempt(1, UNKNOWN, NOW, EXPIRES) == NOW + timedelta(minutes=5)


def test_it_does_not_risk_a_third_copy() -> None:
    assert next_attempt(2, UNKNOWN, NOW, EXPIRES, uncertain=True) is None


def test_it_goes_on_when_the_retry_of_a_doubtful_one_certainly_failed() -> None:
    again = next_attempt(2, TEMPORARY, NOW, EXPIRES, uncertain=True)
    assert again == NOW + timedelta(minutes=5)


@pytest.mark.parametrize("result", [Result.SENT, Result.PERMANENT])
def test_it_is_done_with_what_was_taken_or_refused_for_good(result: Result) -> None:
    assert next_attempt(1, Outcome(result=result), NOW, EXPIRES) is None


def test_it_offers_a_released_message_again_at_once() -> None:
    released = Outcome(result=Result.RELEASED, scope=Scope.CONNECTION)
    assert next_attempt(1, released, NOW, EXPIRES) == NOW


@pytest.mark.parametrize("outcome", [TEMPORARY, CONNECTION, UNKNOWN])
def test_it_gives_up_when_the_next_try_would_come_too_late(outcome: Outcome) -> None:
    assert next_attempt(1, outcome, NOW, NOW + timedelta(seconds=20)) is None


def test_a_message_refused_all_the_time_is_tried_for_two_days_and_not_longer() -> None:
    at, attempts = NOW, 0
    while (again := next_attempt(attempts + 1, TEMPORARY, at, EXPIRES)) is not None:
        at, attempts = again, attempts + 1
    assert EXPIRES - timedelta(hours=1) <= at < EXPIRES
    assert attempts == 4 + 47
