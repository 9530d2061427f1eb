"""When a long run of digests lets what is urgent go first."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime

EVERY = 1.0
"""Seconds of a long step after which news is looked for, and alerts are told, in between: with the
time that a file needs to settle, an alert is written within five seconds as at any other time."""


class Turn:
    """Tells whether it is time, by a clock that nobody sets. `clock` gives aware UTC times."""

    def __init__(
        self, clock: Callable[[], datetime], *, moment: Callable[[], float] = time.monotonic
    ) -> None:
        self._clock = clock
        self._moment = moment
        self._since = moment()

    def due(self) -> datetime | None:
        """The time that it is now, where what is urgent has its turn."""
        return self._clock() if self._moment() - self._since >= EVERY else None

    def over(self) -> None:
        """From here on the long step goes on, however long that took."""
        self._since = self._moment()


class Never(Turn):
    """For a pass that is made in one go."""

    def __init__(self) -> None:
        """Knows no time."""

    def due(self) -> None:
        return None
