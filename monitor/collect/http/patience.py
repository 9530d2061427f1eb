"""When an address may be asked again: as it says itself, and seldomer while it fails."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final

LONGEST: Final = timedelta(hours=6)
"""An address that asks for more patience than that is asked once in that time."""

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


def retry_after(headers: Mapping[str, str], now: datetime) -> timedelta | None:
    """How long an answer asks to be left alone (RFC 9110, 10.2.3): seconds, or a date."""
    text = headers.get("retry-after", "").strip()
    if text.isascii() and text.isdigit():
        return timedelta(seconds=min(int(text), int(LONGEST.total_seconds())))
    at = http_date(text)
    return max(timedelta(), at - now) if at is not None else None


def http_date(text: str | None) -> datetime | None:
    """A date of a header (RFC 9110, 5.6.7); None for anything else."""
    try:
        found = parsedate_to_datetime(text or "")
    except ValueError:
        return None
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
