"""When a message is tried again. A function with a value: no clock, no queue."""

from __future__ import annotations

from datetime import datetime, timedelta

from monitor.model.message import Outcome, Result, Scope

BACKOFF = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 30, 60))
"""To our own relay, hence shorter than the 30 minutes of RFC 5321 4.5.4.1; the last one repeats."""

UNCERTAIN_WAIT = timedelta(minutes=5)
"""Before the one retry of a message that may have arrived: time for a slow server to finish."""

CONNECTION_WAIT = timedelta(seconds=20)
"""The relay's circuit breaker paces these; the wait only keeps other messages from starving."""


def next_attempt(
    attempts: int,
    outcome: Outcome,
    now: datetime,
    expires_at: datetime,
    *,
    uncertain: bool = False,
    stands: bool = False,
) -> datetime | None:
    """When to try again, or None: it was sent, or it is dead.

    `attempts` counts this one, so it is 1 at first; a connection's fault uses up none. `uncertain`
    says that an earlier attempt ended in doubt, so that another doubt ends it: one extra copy is
    the most that is risked. A certain failure after a doubt is an ordinary failure. A permanent
    refusal by a server ends only a message of which it is known that such a refusal `stands`.
    """
    wait = _wait(attempts, outcome, uncertain=uncertain, stands=stands)
    if wait is None:
        return None
    at = now + wait
    return at if at < expires_at else None


def _wait(attempts: int, outcome: Outcome, *, uncertain: bool, stands: bool) -> timedelta | None:
    match outcome.result:
        case Result.PERMANENT if outcome.refusal and not stands:
            return BACKOFF[min(attempts, len(BACKOFF)) - 1]
        case Result.SENT | Result.PERMANENT:
            return None
        case Result.RELEASED:
            return timedelta(0)
        case Result.UNKNOWN:
            return None if uncertain else UNCERTAIN_WAIT
        case Result.TEMPORARY:
            return _after_failure(attempts, outcome)


def _after_failure(attempts: int, outcome: Outcome) -> timedelta | None:
    if outcome.tries is not None and attempts >= outcome.tries:
        return None
    asked = timedelta(seconds=outcome.wait)
    if outcome.scope is Scope.CONNECTION:
        return max(CONNECTION_WAIT, asked)
    return max(BACKOFF[min(attempts, len(BACKOFF)) - 1], asked)
