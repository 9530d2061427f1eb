"""Drawings as numbers: a template makes SVG of them, with nothing in it but attributes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from monitor.model.record import Record

WIDTH: Final = 120
HEIGHT: Final = 28


class Spark(Record):
    """A small line; `points` as SVG has them. `said` is the same in words."""

    points: str
    x: float
    y: float
    said: str


class Tick(Record):
    """A mark of an axis."""

    at: float
    text: str


class Dot(Record):
    """A value of a line, or an interval from `top` to `bottom`, that holds for `width`."""

    x: float
    width: float
    top: float
    bottom: float
    text: str


class Curve(Record):
    """Of one party: what it held from one version to the next, in steps."""

    label: str
    points: str
    dots: tuple[Dot, ...]
    place: int


class Plot(Record):
    """Curves over time in a box of `width` by `height`."""

    width: int
    height: int
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]
    curves: tuple[Curve, ...]


def spark(values: Sequence[float | None], said: str) -> Spark | None:
    """None without two values; where one is missing the line goes on from the next."""
    there = [(at, value) for at, value in enumerate(values) if value is not None]
    if len(there) < 2:
        return None
    low, high = min(v for _, v in there), max(v for _, v in there)
    last = len(values) - 1 or 1
    room, span = HEIGHT - 8, high - low
    middle = HEIGHT / 2
    spots = [
        (4 + at * (WIDTH - 8) / last, 4 + room - (value - low) * room / span if span else middle)
        for at, value in there
    ]
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in spots)
    return Spark(points=points, x=round(spots[-1][0], 1), y=round(spots[-1][1], 1), said=said)


def along(days: Sequence[str], width: float, edge: float) -> list[float]:
    """Where each day stands between two edges, by the calendar."""
    numbers = [_number(day) for day in days]
    low, high = min(numbers), max(numbers)
    span = (high - low) or 1
    return [round(edge + (one - low) * (width - 2 * edge) / span, 1) for one in numbers]


def _number(day: str) -> int:
    return date.fromisoformat(day[:10]).toordinal()
