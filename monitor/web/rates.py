"""How often somebody may try, by the moving window of the library `limits`, in this process."""

from __future__ import annotations

from typing import Final

from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

LONGEST: Final = 200
"""Characters of a key: it may come from anybody."""


class Rates:
    """`rate` as in `10/minute`, for each of several keys on its own."""

    def __init__(self, rate: str) -> None:
        self._rate = parse(rate)
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def allow(self, *keys: str) -> bool:
        """Counts one try under each key; False when one of them has had too many."""
        hits = [
            self._limiter.hit(self._rate, f"{place}:{key[:LONGEST]}")
            for place, key in enumerate(keys)
        ]
        return all(hits)
