"""The circuit breaker of a relay: when it is down, messages wait instead of failing in turn."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from monitor.model.message import ROW, Outcome, Result, Scope
from monitor.model.record import Record, replace

PAUSES = (1.0, 2.0, 4.0, 8.0, 15.0, 30.0)
"""Seconds before the next try, by failures in a row; the last one repeats, so that a relay that is
back gets its mail within half a minute."""

LOGIN_PAUSES = (300.0, 900.0, 1800.0, 3600.0)
"""The same for a refused password, which gets no better by itself: many tries lock an account."""


class Trouble(Record):
    """What has kept a relay from taking mail, and since when."""

    since: datetime
    outcome: Outcome
    failures: int

    @property
    def lasts(self) -> bool:
        """Whether it is of a kind that no waiting mends, so that a person is needed at once."""
        return self.outcome.refusal is not None or self.outcome.refuses_login


class Breaker:
    """Closed while mail flows. A connection's failure opens it for a while that grows, and so does
    the same refusal for different recipients in a row; then one message is let through, and its
    fate decides. Times named `moment` are monotonic seconds."""

    def __init__(
        self,
        *,
        pauses: tuple[float, ...] = PAUSES,
        login_pauses: tuple[float, ...] = LOGIN_PAUSES,
    ) -> None:
        self._pauses = pauses
        self._login_pauses = login_pauses
        self._failures = 0
        self._opens_at = 0.0
        self._trouble: Trouble | None = None
        self._refused: defaultdict[str, set[str]] = defaultdict(set)

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

    def record(
        self,
        outcome: Outcome,
        *,
        moment: float,
        now: datetime,
        recipient: str = "",
        stands: bool = False,
    ) -> Outcome:
        """Learn from one outcome, and say what it means in the light of those before it.

        `stands`: such a refusal is known to be this recipient's own, and tells nothing new.
        """
        if stands and outcome.refusal:
            return outcome
        outcome = self._in_sequence(outcome, recipient)
        self._learn(outcome, moment, now)
        return outcome

    def _in_sequence(self, outcome: Outcome, recipient: str) -> Outcome:
        if outcome.result is Result.SENT:
            self._refused.clear()
        if outcome.refusal is None:
            return outcome
        alike = self._refused[outcome.refusal]
        if len(alike) < ROW:
            alike.add(recipient)
        if len(alike) < ROW:
            return outcome
        return replace(outcome, result=Result.TEMPORARY, scope=Scope.CONNECTION, bounce=None)

    def _learn(self, outcome: Outcome, moment: float, now: datetime) -> None:
        # What speaks of the message alone shows a relay at work.
        if outcome.result is Result.RELEASED or outcome.phase == "build":
            return
        if outcome.scope is Scope.MESSAGE:
            if outcome.refusal is None or not self._refuses_all():
                self._failures = 0
                self._trouble = None
            return
        if self._failures and moment < self._opens_at:
            # Sends that were under way when the first one failed tell nothing new.
            return
        pauses = self._login_pauses if outcome.refuses_login else self._pauses
        if outcome.refuses_login and self._trouble and not self._trouble.outcome.refuses_login:
            self._failures = 0
        pause = pauses[min(self._failures, len(pauses) - 1)]
        self._failures += 1
        self._opens_at = moment + pause
        since = self._trouble.since if self._trouble else now
        self._trouble = Trouble(since=since, outcome=outcome, failures=self._failures)

    def _refuses_all(self) -> bool:
        """Another refusal does not end a row: only mail that is taken does."""
        return self._trouble is not None and self._trouble.outcome.refusal is not None
