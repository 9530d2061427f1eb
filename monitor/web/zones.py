"""The name of a time zone behind a time of day."""

from __future__ import annotations

from datetime import datetime


def zone_of(at: datetime) -> str:
    """`UTC`, `EET`; where a zone has no letters, `UTC+04`."""
    name = at.tzname() or "UTC"
    return f"UTC{name}" if name[:1] in "+-" else name
