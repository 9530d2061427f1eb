"""The outbox as one channel sees it: its messages alone, and as many as its host may be given.

A host that failed is left alone for a while, by all nodes: then one message is tried by one of
them, and its fate decides. A channel that has taken nothing for days is suspended.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from monitor.model.channels import PHASES, address_of
from monitor.model.message import Claimed, Mark, Outcome, Result, Scope
from monitor.model.record import Record
from monitor.pipeline.channels.ending import suspend
from monitor.pipeline.say import warn
from monitor.store import Store
from monitor.store.records import Failing

PAUSES: Final = tuple(timedelta(seconds=seconds) for seconds in (5, 15, 60, 300, 900))
"""After the first failure of a host, the second, ...; the last one repeats."""

ROW: Final = 3
"""Failures that speak of one message each, from which on in a row they are the host's."""

LONGEST_TRY: Final = timedelta(minutes=3)
"""Longer than any attempt: the try of a node that was killed is free again then."""


class Way(Record):
    """A channel's name, the host that it leads to, and after how long it is given up."""

    name: str
    host: str
    suspend_after: timedelta | None = None

    @property
    def home(self) -> str:
        return address_of(self.name)

    @property
    def keys(self) -> tuple[str, str]:
        """What is kept of its host, and of itself."""
        return f"host {self.host}", f"channel {self.name}"


class OfChannel:
    """The port `monitor.deliver.ports.Outbox`."""

    def __init__(self, store: Store, way: Way) -> None:
        self._store = store
        self._way = way
        self.release = store.outbox.release

    def claim(self, *, limit: int, now: datetime) -> Sequence[Claimed]:
        home, (host, _) = self._way.home, self._way.keys
        if self._store.breakers.of(host) is not None:
            due = self._store.outbox.next_due(now=now, home=home)
            if due is None or due > now:
                return []
            if not self._store.breakers.reserve(host, until=now + LONGEST_TRY, now=now):
                return []
            limit = 1
        return self._store.outbox.claim(limit=limit, now=now, home=home)

    def mark(self, marks: Sequence[Mark], *, now: datetime) -> Sequence[bool]:
        landed = self._store.outbox.mark(marks, now=now)
        for one in marks:
            if one.outcome.phase in PHASES:
                self._learn(one.outcome, now)
        return landed

    def next_due(self, *, now: datetime) -> datetime | None:
        due = self._store.outbox.next_due(now=now, home=self._way.home)
        failing = self._store.breakers.of(self._way.keys[0]) if due else None
        return max(due, failing.until) if due and failing else due

    def _learn(self, outcome: Outcome, now: datetime) -> None:
        host, channel = self._way.keys
        if outcome.result is Result.SENT:
            self._well((host, channel))
            return
        if outcome.result is not Result.TEMPORARY:
            return
        if _is_of_the_host(outcome):
            self._store.breakers.failed(
                host, _said(outcome), pause=self._pause(host, outcome), now=now
            )
        else:
            # It answers: whatever it refuses, others need not wait.
            self._well((host,))
        failing = self._store.breakers.failed(channel, _said(outcome), pause=_NONE, now=now)
        self._judge(failing, now)

    def _pause(self, host: str, outcome: Outcome) -> timedelta:
        known = self._store.breakers.of(host)
        before = known.failures if known else 0
        if outcome.scope is Scope.MESSAGE and before + 1 < ROW:
            return _NONE
        asked = timedelta(seconds=outcome.wait)
        return max(PAUSES[min(before, len(PAUSES) - 1)], asked)

    def _well(self, names: Sequence[str]) -> None:
        if any(self._store.breakers.of(name) for name in names):
            self._store.breakers.well(names)

    def _judge(self, failing: Failing, now: datetime) -> None:
        after = self._way.suspend_after
        if after is not None and now - failing.since >= after:
            why = f"nothing was taken since {failing.since:%Y-%m-%d %H:%M} UTC: {failing.text}"
            for who in suspend(self._store, self._way.name, why, now):
                warn("channel-suspended", f"{who} is suspended: {why}")


_NONE: Final = timedelta()


def _is_of_the_host(outcome: Outcome) -> bool:
    return outcome.scope is Scope.CONNECTION or (outcome.code or 0) >= 500


def _said(outcome: Outcome) -> str:
    words = " ".join(str(part) for part in (outcome.code, outcome.text) if part)
    return f"{outcome.phase}: {words}"
