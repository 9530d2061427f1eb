"""Times that stand in the headers of an answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final

LONGEST: Final = timedelta(hours=6)
"""An address that asks for more patience than that is asked once in that time."""


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
