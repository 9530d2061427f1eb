"""Rows of numbers, of which the places mean something: a point, a day's temperatures."""

from __future__ import annotations

from typing import Any

from monitor.model.comparison import Json
from monitor.model.tuples import NamedTuple

_POINT = 4


class Differing(NamedTuple):
    """How many of so many numbers differ; the first that does stands at `place`, from 1."""

    number: int
    size: int
    place: int
    before: Json
    after: Json


def is_point(before: Any, after: Any) -> bool:
    """Whether both are a few numbers in a row, as many on either side, at least one a measured
    one; whole numbers alone may be a set of them."""
    sides = (before, after)
    if not all(isinstance(side, list) and len(side) <= _POINT for side in sides):
        return False
    whole = (isinstance(each, float) for side in sides for each in side)
    return len(before) == len(after) and _are_numbers(*sides) and any(whole)


def differing(before: Any, after: Any) -> Differing | None:
    """What differs between two series of the same length; None for anything else."""
    if not isinstance(before, list) or not isinstance(after, list) or not before:
        return None
    if len(before) != len(after) or not _are_numbers(before, after) or _are_sets(before, after):
        return None
    places = [at for at, (old, new) in enumerate(zip(before, after, strict=True)) if old != new]
    if not places:
        return None
    first = places[0]
    return Differing(len(places), len(after), first + 1, before[first], after[first])


def resized(before: Any, after: Any) -> tuple[int, int] | None:
    """The lengths of two series, where these are not the same."""
    if not isinstance(before, list) or not isinstance(after, list) or len(before) == len(after):
        return None
    if not before or not after or not _are_numbers(before, after) or _are_sets(before, after):
        return None
    return len(before), len(after)


def _are_numbers(*sides: list[Any]) -> bool:
    return all(type(each) in (int, float) for side in sides for each in side)


def _are_sets(*sides: list[Any]) -> bool:
    """Whole numbers, none of them twice, of which the places mean nothing."""
    return all(len(set(side)) == len(side) for side in sides) and all(
        type(each) is int for side in sides for each in side
    )
