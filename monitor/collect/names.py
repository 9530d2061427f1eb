"""Names that become part of paths, addresses and subjects: checked once, here."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Final

from monitor.model.patterns import regex

SITUATION: Final = r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?"
"""Lower-case letters, digits and inner hyphens, 64 at most: nothing that a path could use."""

_SITUATION: Final = regex(SITUATION)
_DATE: Final = regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# RFC 3339, section 5.6, without fractions of a second: the texts of two times must sort.
_TIME: Final = regex(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.0+)?(?:[Zz]|[-+][0-9]{2}:[0-9]{2})"
)


def is_situation_name(text: str) -> bool:
    return _SITUATION.fullmatch(text) is not None


def parse_as_of(text: str) -> str:
    """`YYYY-MM-DD`, or an RFC 3339 time as `YYYY-MM-DDTHH:MM:SSZ`. Raises ValueError.

    Such texts sort by time, and a date sorts first in its day.
    """
    if _DATE.fullmatch(text):
        try:
            date.fromisoformat(text)
        except ValueError as error:
            raise ValueError(f"{text} is no date: {error}") from None
        return text
    if not _TIME.fullmatch(text):
        raise ValueError(
            f"{text} is neither a date (2026-02-15) nor an RFC 3339 time with its zone"
        )
    try:
        instant = datetime.fromisoformat(text.upper().replace("Z", "+00:00"))
    except ValueError as error:
        raise ValueError(f"{text} is no time: {error}") from None
    try:
        return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except OverflowError:
        raise ValueError(f"{text} is outside the years 1 to 9999") from None
