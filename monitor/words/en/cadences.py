"""How often a reader is told, in words."""

from __future__ import annotations

from typing import Final

from monitor.cadence import parse
from monitor.words.dates import zone_words

DAY_NAMES: Final = (
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
)  # fmt: skip


def cadence_words(cadence: str, zone: str) -> str:
    """`daily at 07:00 Kyiv time`, for "you get this because"."""
    parsed, where = parse(cadence), zone_words(zone)
    match parsed.every:
        case "at-once":
            return "at once"
        case "hourly":
            return "hourly"
        case "daily":
            return f"daily at {parsed.at:%H:%M} {where}"
        case "weekly":
            return f"every {DAY_NAMES[parsed.weekday]} at {parsed.at:%H:%M} {where}"
        case "cron":
            return f"on the schedule {parsed.expression} ({where})"
