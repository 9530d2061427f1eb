"""Rows of numbers, of which the places mean something: a point, a day's temperatures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from monitor.model.comparison import Json
from monitor.model.tuples import NamedTuple

_POINT = 4
# So many rows that came or went are told themselves.
_ROWS = 3


class Differing(NamedTuple):
    """How many of so many values differ; the first that does stands at `place`, each from 1: in a
    table its row and its column."""

    number: int
    size: int
    place: tuple[int, ...]
    before: Json
    after: Json


class Resized(NamedTuple):
    """How many values there were and are."""

    before: int
    after: int


def is_point(before: Any, after: Any) -> bool:
    """Whether both are a few numbers in a row, as many on either side, at least one a measured
    one; whole numbers alone may be a set of them."""
    sides = (before, after)
    if not all(isinstance(side, list) and len(side) <= _POINT for side in sides):
        return False
    whole = (isinstance(each, float) for side in sides for each in side)
    return len(before) == len(after) and _are_numbers(*sides) and any(whole)


def differing(before: Any, after: Any) -> Differing | None:
    """What differs between two series of the same length, or tables of one shape; None for
    anything else."""
    if not isinstance(before, list) or not isinstance(after, list) or not before:
        return None
    nested = _is_nested(before) and _is_nested(after)
    if not nested and (not _are_numbers(before, after) or _are_sets(before, after)):
        return None
    old, new = dict(_places(before)), dict(_places(after))
    if old.keys() != new.keys():
        return None
    places = [at for at in old if not _same(old[at], new[at])]
    if not places:
        return None
    first = places[0]
    return Differing(len(places), len(new), first, old[first], new[first])


def resized(before: Any, after: Any) -> Resized | None:
    """How many values two series or tables have, where these are not as many."""
    if not isinstance(before, list) or not isinstance(after, list):
        return None
    nested = _is_nested(before) or _is_nested(after)
    if not before or not after:
        return None
    if not nested and (not _are_numbers(before, after) or _are_sets(before, after)):
        return None
    sizes = Resized(*(sum(1 for _ in leaves(side)) for side in (before, after)))
    return sizes if sizes.before != sizes.after else None


def told_by(before: list[Any], after: list[Any]) -> Differing | Resized | None:
    """How a series or a table is told; None where its members, or a few of its rows, tell all."""
    nested = _is_nested(before) or _is_nested(after)
    found = differing(before, after)
    if nested and _rows_apart(before, after) <= _ROWS:
        few = found is not None and (found.number == 1 or not _are_short(before, after))
        return found if found is not None and few and 2 * found.number <= found.size else None
    return found or resized(before, after)


def _are_short(*sides: list[Any]) -> bool:
    """Whether each row is told as shortly as one of its cells: points."""
    return all(isinstance(row, list) and len(row) <= _POINT for side in sides for row in side)


def _rows_apart(before: list[Any], after: list[Any]) -> int:
    """How many rows one of two tables has and the other has not."""
    return sum(row not in after for row in before) + sum(row not in before for row in after)


def leaves(value: list[Any]) -> Iterator[Json]:
    """What stands in a list and in the lists in it."""
    for part in value:
        if isinstance(part, list):
            yield from leaves(part)
        else:
            yield part


def _places(value: list[Any], above: tuple[int, ...] = ()) -> Iterator[tuple[tuple[int, ...], Any]]:
    for at, part in enumerate(value, 1):
        if isinstance(part, list):
            yield from _places(part, (*above, at))
        else:
            yield (*above, at), part


def _is_nested(value: list[Any]) -> bool:
    return any(isinstance(part, list) for part in value)


def _same(one: Any, other: Any) -> bool:
    return isinstance(one, bool) == isinstance(other, bool) and bool(one == other)


def _are_numbers(*sides: list[Any]) -> bool:
    return all(type(each) in (int, float) for side in sides for each in side)


def _are_sets(*sides: list[Any]) -> bool:
    """Whole numbers, none of them twice, of which the places mean nothing."""
    return all(len(set(side)) == len(side) for side in sides) and all(
        type(each) is int for side in sides for each in side
    )
