"""When a reader is told: the calendar of a cadence, and quiet hours."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from monitor.cadence import delivery_time, next_due
from monitor.model.subscription import Subscription

NO_SLOT: Final = datetime(9999, 1, 1, tzinfo=UTC)
"""Where the due time of an at-once reader rests: a new version, not the calendar, moves it."""


def next_slot(reader: Subscription, now: datetime) -> datetime:
    """The first slot after now."""
    spec = reader.spec
    return next_due(spec.cadence, spec.zone, now) or NO_SLOT


def quiet_until(reader: Subscription, now: datetime) -> datetime | None:
    """When the quiet hours end that it is now; None outside of them.

    A digest is written when they end, so that one tells all that came in meanwhile.
    """
    end = delivery_time(reader.spec.quiet, reader.spec.zone, now)
    return end if end > now else None
