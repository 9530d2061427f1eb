"""The circuit breaker of a relay: when it is down, messages wait instead of failing in turn."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from monitor.model.message import Outcome, Result, Scope

PAUSES = (1.0, 2.0, 4.0, 8.0, 15.0, 30.0)
"""Seconds before the next try, by failures in a row; the last one repeats, so that a relay that is
back gets its mail within half a minute."""

SENDER_LIMIT = 3
"""Messages in a row refused for good at MAIL, where nothing but our sender address has been said:
from then on it is the relay's configuration, and no more messages die of it."""

_SENDER_CODES = frozenset({530, 550, 551, 553, 554})


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """What has kept a relay from taking mail, and since when."""

    since: datetime
    outcome: Outcome
    failures: int


class Breaker:
    """Closed while mail flows. A connection's failure opens it for a while that grows; then one
    message is let through, and its fate decides. Times named `moment` are monotonic seconds."""

    def __init__(self) -> None:
        self._failures = 0
        self._opens_at = 0.0
        self._trouble: Trouble | None = None
        self._refused_senders = 0

    @property
    def trouble(self) -> Trouble | None:
        return self._trouble

    def room(self, moment: float, wanted: int) -> int:
        """How many messages may be tried now: all, one to see whether it is over, or none."""
        if self._failures == 0:
            return wanted
        return min(1, wanted) if moment >= self._opens_at else 0

    def wait(self, moment: float) -> float:
        """Seconds until the next try is allowed."""
        return max(0.0, self._opens_at - moment) if self._failures else 0.0

    def record(self, outcome: Outcome, *, moment: float, now: datetime) -> Outcome:
        """Learn from one outcome, and say what it means in the light of those before it."""
        outcome = self._in_sequence(outcome)
        self._learn(outcome, moment, now)
        return outcome

    def _in_sequence(self, outcome: Outcome) -> Outcome:
        if outcome.phase != "mail":
            if outcome.scope is Scope.MESSAGE and outcome.phase != "build":
                self._refused_senders = 0
            return outcome
        if outcome.result is Result.PERMANENT and outcome.code in _SENDER_CODES:
            self._refused_senders += 1
            if self._refused_senders > SENDER_LIMIT:
                return replace(outcome, result=Result.TEMPORARY, scope=Scope.CONNECTION)
        return outcome

    def _learn(self, outcome: Outcome, moment: float, now: datetime) -> None:
        # What speaks of the message alone shows a relay at work.
        if outcome.result is Result.RELEASED or outcome.phase == "build":
            return
        if outcome.scope is Scope.MESSAGE:
            self._failures = 0
            self._trouble = None
            return
        if self._failures and moment < self._opens_at:
            # Sends that were under way when the first one failed tell nothing new.
            return
        pause = PAUSES[min(self._failures, len(PAUSES) - 1)]
        self._failures += 1
        self._opens_at = moment + pause
        since = self._trouble.since if self._trouble else now
        self._trouble = Trouble(since=since, outcome=outcome, failures=self._failures)
