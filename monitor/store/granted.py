"""Claims on work in memory, for the one process that serves a SQLite file."""

from __future__ import annotations

import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from threading import Lock

from monitor.store.records import WorkClaim


@dataclass(slots=True)
class Granted:
    """Who of this process's threads holds what, and until when by its own clock: what was never
    given back is free again when its lease is over."""

    _held: dict[tuple[str, str], tuple[str, float]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def take(self, claims: Sequence[WorkClaim]) -> list[WorkClaim]:
        now = time.monotonic()
        with self._lock:
            free = [claim for claim in claims if self._is_free(claim, now)]
            for claim in free:
                self._hold(claim, now)
        return free

    def hold(self, claim: WorkClaim) -> bool:
        """Whether nobody else has taken it since; its lease begins anew."""
        with self._lock:
            if not self._has(claim):
                return False
            self._hold(claim, time.monotonic())
        return True

    def drop(self, claims: Collection[WorkClaim]) -> list[WorkClaim]:
        """Gives back those that are held; returns them."""
        with self._lock:
            held = [claim for claim in claims if self._has(claim)]
            for claim in held:
                del self._held[claim.sort, claim.key]
        return held

    def _is_free(self, claim: WorkClaim, now: float) -> bool:
        _, until = self._held.get((claim.sort, claim.key), ("", now))
        return until <= now

    def _has(self, claim: WorkClaim) -> bool:
        token, _ = self._held.get((claim.sort, claim.key), ("", 0.0))
        return token == claim.token

    def _hold(self, claim: WorkClaim, now: float) -> None:
        until = now + claim.lease.total_seconds()
        self._held[claim.sort, claim.key] = claim.token, until
