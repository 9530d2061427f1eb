"""When an address may be asked again: as it says itself, and seldomer while it fails."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from monitor.net.headers import LONGEST

_FIRST: Final = timedelta(minutes=1)


class Patience:
    """Remembers failures in a row. Of one process: a restart asks once more."""

    def __init__(self) -> None:
        self._failures = 0
        self._until: datetime | None = None
        self._why = ""

    def rests(self, now: datetime) -> str | None:
        """What kept it from answering, while it is not to be asked; None when it is time.

        A clock that was put back does not make it wait longer than it may.
        """
        if self._until is None or not now < self._until <= now + LONGEST:
            return None
        return self._why

    def failed(self, now: datetime, why: str, wanted: timedelta | None = None) -> None:
        wait = min(LONGEST, _FIRST * 2 ** min(self._failures, 12))
        self._failures += 1
        self._until = now + min(LONGEST, max(wait, wanted or timedelta()))
        self._why = why

    def well(self) -> None:
        self._failures, self._until = 0, None
