"""When a snapshot was true: its order, and the zone that its day is of.

An `as_of` is a date, or a time written in its situation's zone: `2026-02-15T21:00:00-05:00`, with
`Z` where that is UTC. So the day it belongs to is what it begins with.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

DATE: Final = len("2026-02-15")


def order(as_of: str) -> tuple[str, str]:
    """Sorts by day, a date first in its day, then by instant: clocks that go back do not matter."""
    if len(as_of) <= DATE or as_of.endswith("Z"):
        return as_of[:DATE], as_of[DATE:] and as_of
    return as_of[:DATE], _utc(datetime.fromisoformat(as_of))


def in_zone(as_of: str, zone: str) -> str:
    """The same time as it is written in a zone; what is no time with an offset stays as it is."""
    if len(as_of) <= DATE:
        return as_of
    from zoneinfo import ZoneInfo

    try:
        moment = datetime.fromisoformat(as_of)
        if moment.tzinfo is None:
            return as_of
        return _utc(moment) if zone == "UTC" else moment.astimezone(ZoneInfo(zone)).isoformat()
    except (ValueError, OverflowError):
        return as_of


def _utc(moment: datetime) -> str:
    # Not strftime, which does not fill years below 1000 with zeros everywhere.
    return f"{moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='seconds')}Z"
