"""Quantities, places on a scale, and what a party says."""

from __future__ import annotations

from typing import Literal, TypeAlias

from monitor.model.comparison import MISSING, Json, Missing
from monitor.model.tuples import NamedTuple


class StanceNames(NamedTuple):
    """Whose stance it is, on what, and its place on a scale; absent where it is no stance."""

    party: Json | Missing = MISSING
    issue: Json | Missing = MISSING
    position: Json | Missing = MISSING


NO_STANCE = StanceNames()


class PositionMove(NamedTuple):
    """A quantity or a place on a scale before and after; `party` to `position` of a stance;
    `extreme`: one of both is the last place of its scale, which is no softer kind of the first."""

    label: str
    parent: str | None
    field: str
    before: Json
    after: Json
    party: Json | Missing = MISSING
    issue: Json | Missing = MISSING
    position: Json | Missing = MISSING
    extreme: Literal[True] | Missing = MISSING


class Widened(PositionMove):
    __slots__ = ()


class Narrowed(PositionMove):
    __slots__ = ()


class Shifted(PositionMove):
    __slots__ = ()


class Hardened(PositionMove):
    __slots__ = ()


class Softened(PositionMove):
    __slots__ = ()


class StanceShifted(PositionMove):
    __slots__ = ()


class Reworded(PositionMove):
    """A text before and after."""

    __slots__ = ()


Position: TypeAlias = Widened | Narrowed | Shifted | Hardened | Softened | StanceShifted
