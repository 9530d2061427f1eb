"""Wrappers of the outbox that die, lose an answer, or make a mistake on purpose."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import TypeVar

from sqlalchemy import Connection, Engine, event

from monitor.deliver.ports import Outbox
from monitor.errors import StoreUnavailable
from monitor.model.message import Claimed, Mark, Outcome, Result
from monitor.model.rate import UNLIMITED, Rates
from monitor.store.store import Store
from tests.faults.orders import Orders

T = TypeVar("T")


def wrapped(store: Store, orders: Orders) -> Outbox:
    rates = UNLIMITED if orders.breakage == "no-rates" else orders.kept
    return guarded(Kept(store, rates), orders)


def guarded(outbox: Outbox, orders: Orders) -> Outbox:
    """With the mistakes and the deaths that are ordered."""
    if orders.breakage == "mark-first":
        outbox = MarkFirst(outbox)
    elif orders.breakage == "drop-lease":
        outbox = DropLease(outbox)
    return Dying(outbox, orders)


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class Steps:
    """Counts the steps that pass, and dies at the one that was ordered.

    `commit-X` is the moment before the COMMIT of call X is sent: all its statements have run.
    """

    def __init__(self, orders: Orders) -> None:
        self._crash = orders.crash
        self._left = orders.nth
        self._call = ""
        event.listen(Engine, "commit", self._commits)

    def reach(self, step: str) -> None:
        if step == self._crash:
            self._left -= 1
            if self._left == 0:
                die()

    def around(self, call: str, work: Callable[[], T]) -> T:
        self.reach(f"before-{call}")
        self._call = call
        answer = work()
        self._call = ""
        self.reach(f"after-{call}")
        return answer

    def _commits(self, _: Connection) -> None:
        if self._call:
            self.reach(f"commit-{self._call}")


class Dying:
    """Passes everything on; steps are before, commit and after of claim, mark and release."""

    def __init__(self, outbox: Outbox, orders: Orders) -> None:
        self._outbox = outbox
        self._steps = Steps(orders)
        self._lost_reply = orders.lost_reply

    def claim(self, *, limit: int, now: datetime) -> Sequence[Claimed]:
        claimed = self._steps.around("claim", lambda: self._outbox.claim(limit=limit, now=now))
        self._lose("claim")
        return claimed

    def mark(self, marks: Sequence[Mark], *, now: datetime) -> Sequence[bool]:
        landed = self._steps.around("mark", lambda: self._outbox.mark(marks, now=now))
        self._lose("mark")
        return landed

    def release(self, claims: Sequence[Claimed], *, now: datetime) -> None:
        self._steps.around("release", lambda: self._outbox.release(claims, now=now))

    def next_due(self, *, now: datetime) -> datetime | None:
        return self._outbox.next_due(now=now)

    def _lose(self, call: str) -> None:
        if self._lost_reply == call:
            self._lost_reply = ""
            raise StoreUnavailable("the connection broke after the COMMIT was acknowledged")


class Kept:
    """The store's own, which keeps to rates."""

    def __init__(self, store: Store, rates: Rates) -> None:
        self._claim = partial(store.outbox.claim, rates=rates)
        self._next_due = partial(store.outbox.next_due, rates=rates)
        self.mark = store.outbox.mark
        self.release = store.outbox.release

    def claim(self, *, limit: int, now: datetime) -> Sequence[Claimed]:
        return self._claim(limit=limit, now=now)

    def next_due(self, *, now: datetime) -> datetime | None:
        return self._next_due(now=now)


class MarkFirst:
    """The mistake of marking before sending: what a kill interrupts is lost."""

    def __init__(self, outbox: Outbox) -> None:
        self._outbox = outbox
        self.release = outbox.release
        self.next_due = outbox.next_due

    def claim(self, *, limit: int, now: datetime) -> Sequence[Claimed]:
        claimed = self._outbox.claim(limit=limit, now=now)
        sent = Outcome(result=Result.SENT, phase="dot")
        marks = [Mark(message=one, outcome=sent, next_attempt=None) for one in claimed]
        self._outbox.mark(marks, now=now)
        return claimed

    def mark(self, marks: Sequence[Mark], *, now: datetime) -> Sequence[bool]:
        return [True] * len(marks)


class DropLease:
    """The mistake of not holding what was claimed: it can be claimed again while it is sent."""

    def __init__(self, outbox: Outbox) -> None:
        self._outbox = outbox
        self.mark = outbox.mark
        self.release = outbox.release
        self.next_due = outbox.next_due

    def claim(self, *, limit: int, now: datetime) -> Sequence[Claimed]:
        claimed = self._outbox.claim(limit=limit, now=now)
        self._outbox.release(claimed, now=now)
        return claimed
