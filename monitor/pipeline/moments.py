"""Instants as they are written, and the local day of a reader."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from monitor.model.subscription import Subscription


def stamp(moment: datetime) -> str:
    """RFC 3339 in UTC, to the second."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def local_day(subscription: Subscription, now: datetime) -> date:
    return now.astimezone(ZoneInfo(subscription.spec.zone)).date()
