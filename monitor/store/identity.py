"""Who this process is to the database, and which claims it knows to be its own."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from threading import Lock

from monitor.model.message import Claimed
from monitor.store.granted import Granted
from monitor.store.turns import Turns


@dataclass(slots=True)
class Attempt:
    """One claim on its way: its token, and the ids it turned out to hold."""

    token: str = field(default_factory=lambda: uuid.uuid4().hex)
    ids: set[str] = field(default_factory=set)

    def has(self, claims: Iterable[Claimed]) -> None:
        self.ids = {one.id for one in claims}


class Identity:
    """Shared by a store and its transactions. `node` is set while the service runs.

    A claim that this node made but does not know of is one whose answer was lost on the way from
    the database: nobody would ever send it, so the next claim takes it back at once.
    """

    def __init__(self, *, lease: timedelta) -> None:
        self.lease = lease
        self.node: str | None = None
        self.work = Granted()
        self.turns: defaultdict[str, Turns] = defaultdict(Turns)
        """Of mail and of each channel, by where its messages wait."""
        self._in_hand: dict[str, Attempt] = {}
        self._lock = Lock()

    @contextmanager
    def claiming(self) -> Iterator[Attempt]:
        """A new claim. It counts as known before the database sees it: another thread's claim
        must not take its messages for lost ones."""
        attempt = Attempt()
        with self._lock:
            self._in_hand[attempt.token] = attempt
        try:
            yield attempt
        finally:
            if not attempt.ids:
                with self._lock:
                    del self._in_hand[attempt.token]

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
