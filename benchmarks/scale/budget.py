"""How long the whole may take: what comes last is left out, and nothing hangs for longer."""

from __future__ import annotations

import time
from typing import Final

MINUTES: Final = 14.0
"""For everything at all sizes, beside a revision; the last part may take a little more."""

SHORTEST: Final = 20.0
"""Seconds that a part is given that has begun, however late it is."""


class Budget:
    """One for the process: parts ask it from wherever they wait."""

    def __init__(self) -> None:
        self._end = float("inf")

    def begin(self, minutes: float) -> None:
        self._end = time.monotonic() + 60 * minutes

    @property
    def is_over(self) -> bool:
        return time.monotonic() > self._end

    def left(self, most: float) -> float:
        """Seconds that something may take which would have `most`."""
        return min(most, max(SHORTEST, self._end - time.monotonic()))


BUDGET: Final = Budget()
