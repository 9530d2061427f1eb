"""Quantities as intervals: what contains what, and how far apart two are."""

from __future__ import annotations

import math
from datetime import date
from typing import Literal

from monitor.kinds.kind import QuantityFields
from monitor.model.comparison import Interval, Json
from monitor.model.edtf import bounds
from monitor.model.numbers import minus

Movement = Literal["widened", "narrowed", "shifted"]


def read_interval(value: Json, fields: QuantityFields) -> Interval | None:
    """The interval that a value of a kind's quantity holds; None when it holds none.

    A bound that is a date (`YYYY-MM-DD`) counts in days from 0001-01-01, with the unit `date`.
    """
    if not isinstance(value, dict):
        return None
    low, high = value.get(fields.low), value.get(fields.high)
    unit = value.get(fields.unit) if fields.unit else None
    if isinstance(low, str) or isinstance(high, str):
        unit = "date"
    return make_interval(low, high, unit if isinstance(unit, str) else None)


def make_interval(low: Json, high: Json, unit: str | None) -> Interval | None:
    """From two bounds as a document has them; None when neither is a number or a date."""
    ends = _bound(low, last=False), _bound(high, last=True)
    if ends == (None, None):
        return None
    return Interval(low=ends[0], high=ends[1], unit=unit)


def movement(before: Interval, after: Interval) -> Movement | None:
    """How an interval changed; None when it did not, or when the units differ."""
    if before.unit != after.unit or before == after:
        return None
    (old_low, old_high), (low, high) = _ends(before), _ends(after)
    if low <= old_low and high >= old_high:
        return "widened"
    if low >= old_low and high <= old_high:
        return "narrowed"
    return "shifted"


def gap(one: Interval, other: Interval) -> float | None:
    """The distance between the nearest ends, 0 when they overlap; None when the units differ."""
    if one.unit != other.unit:
        return None
    (low, high), (other_low, other_high) = _ends(one), _ends(other)
    return max(0, minus(low, other_high), minus(other_low, high))


def shared(one: Interval, other: Interval) -> Interval:
    """What two intervals of one unit that overlap have in common."""
    lows = [each.low for each in (one, other) if each.low is not None]
    highs = [each.high for each in (one, other) if each.high is not None]
    return Interval(low=max(lows, default=None), high=min(highs, default=None), unit=one.unit)


def _ends(interval: Interval) -> tuple[float, float]:
    low = -math.inf if interval.low is None else interval.low
    high = math.inf if interval.high is None else interval.high
    return low, high


def _bound(value: Json, *, last: bool) -> float | None:
    """A number, or the first or last day that a date may be on."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return value
    found = bounds(value)
    day = None if found is None else found.last if last else found.first
    return None if day is None else date.fromisoformat(day).toordinal()
