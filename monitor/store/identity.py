"""Who this process is to the database, and which claims it knows to be its own."""

from __future__ import annotations

import math
import time
import uuid
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

from sqlalchemy import ColumnElement, DateTime, func, literal

from monitor.model.message import Claimed
from monitor.store.granted import Granted
from monitor.store.turns import Turns


@dataclass(slots=True)
class Attempt:
    """One claim on its way: its token, and the ids it turned out to hold."""

    token: str = field(default_factory=lambda: uuid.uuid4().hex)
    ids: set[str] = field(default_factory=set)
    life: int = 0

    def has(self, claims: Iterable[Claimed]) -> None:
        self.ids = {one.id for one in claims}


NODE_LEASE = timedelta(minutes=1)
"""A node that has not said for so long that it lives holds nothing any more: what it had claimed
is given to others."""

NODE_MARGIN = timedelta(seconds=15)
"""Left of that, nothing more is begun: what is in flight has time to be recorded."""


ABANDONED = 50
"""Claims that were left without a word to the database, and are remembered: others end by
themselves."""


class Identity:
    """Shared by a store and its transactions. `node` is set while the service runs.

    A claim that this node made but does not know of is one whose answer was lost on the way from
    the database: nobody would ever send it, so the next claim takes it back at once.
    """

    def __init__(self, *, lease: timedelta) -> None:
        self.lease = lease
        self.node: str | None = None
        self._said_at = -math.inf
        self._life = 0
        self.work = Granted()
        self.turns: defaultdict[str, Turns] = defaultdict(Turns)
        """Of mail and of each channel, by where its messages wait."""
        self._in_hand: dict[str, Attempt] = {}
        self._abandoned: deque[str] = deque(maxlen=ABANDONED)
        self._lock = Lock()

    def says(self, moment: float) -> None:
        """This node has said that it lives, beginning at this moment of the monotonic clock; with
        infinity it need not say so again. After a silence that was too long it lives anew, and
        what it had claimed before may be others'."""
        with self._lock:
            if moment > self._said_at + NODE_LEASE.total_seconds():
                self._life += 1
            self._said_at = moment

    def is_silent(self, moment: float, seconds: float) -> bool:
        """Whether it last said so longer ago than that."""
        return moment - self._said_at > seconds

    def lives_as(self, token: str) -> bool:
        """Whether nobody else can have taken this claim back from this node as from one that is
        gone."""
        limit = (NODE_LEASE - NODE_MARGIN).total_seconds()
        with self._lock:
            attempt = self._in_hand.get(token)
            same_life = attempt is not None and attempt.life == self._life
            return same_life and time.monotonic() < self._said_at + limit

    @contextmanager
    def claiming(self) -> Iterator[Attempt]:
        """A new claim. It counts as known before the database sees it: another thread's claim
        must not take its messages for lost ones."""
        with self._lock:
            attempt = Attempt(life=self._life)
            self._in_hand[attempt.token] = attempt
        try:
            yield attempt
        finally:
            if not attempt.ids:
                with self._lock:
                    del self._in_hand[attempt.token]

    def abandon(self, tokens: Iterable[str]) -> None:
        """This process does not work any more on what it took with these."""
        with self._lock:
            self._abandoned.extend(token for token in tokens if token not in self._abandoned)

    @property
    def abandoned(self) -> tuple[str, ...]:
        with self._lock:
            return tuple(self._abandoned)

    def knows(self, token: str) -> bool:
        with self._lock:
            return token in self._in_hand

    def settle(self, claims: Iterable[Claimed]) -> None:
        """Forgets what has been marked."""
        with self._lock:
            for one in claims:
                attempt = self._in_hand.get(one.token)
                if attempt is None:
                    continue
                attempt.ids.discard(one.id)
                if not attempt.ids:
                    del self._in_hand[one.token]


def lease_end() -> ColumnElement[datetime]:
    """By the database's clock, so that nodes whose own clocks differ agree on it."""
    end: ColumnElement[datetime] = func.clock_timestamp(type_=DateTime(timezone=True)) + literal(
        NODE_LEASE
    )
    return end
