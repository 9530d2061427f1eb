"""Planned things that move, happen or fall through."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias

from monitor.model.comparison import MISSING, Json, Missing
from monitor.model.tuples import NamedTuple

Dates: TypeAlias = Sequence[Json]
"""Start and end as written; None where not stated."""


class Cancelled(NamedTuple):
    """`since`: the day since which it is off, where it is stated."""

    label: str
    state: str
    dates: Dates
    since: str | Missing = MISSING


class TookPlace(NamedTuple):
    """`over`: it ran until its end, and is over."""

    label: str
    state: str
    dates: Dates
    over: Literal[True] | Missing = MISSING


class Rescheduled(NamedTuple):
    """The dates before and after."""

    label: str
    before: Dates
    after: Dates


class Slipped(Rescheduled):
    __slots__ = ()


class BroughtForward(Rescheduled):
    __slots__ = ()


class DateSet(Rescheduled):
    """A closer date within the one that was known."""

    __slots__ = ()


class DateLoosened(Rescheduled):
    """A vaguer date around the one that was known."""

    __slots__ = ()


class Where(NamedTuple):
    """Where a planned thing was to be and is to be, the closest first; empty where nothing says it.

    `state` is its state now while that is on the ladder, `over` whether that is the last one.
    """

    before: Sequence[str]
    after: Sequence[str]
    state: str | None
    over: bool


class EndMoved(NamedTuple):
    """The last day before and after of what begins when it did."""

    label: str
    before: str
    after: str


class Extended(EndMoved):
    __slots__ = ()


class Shortened(EndMoved):
    __slots__ = ()


Plan: TypeAlias = (
    Cancelled | TookPlace | Slipped | BroughtForward | DateSet | DateLoosened | Extended | Shortened
)
