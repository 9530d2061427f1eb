"""Lists that are one value of what has them: tags, ports of call, a point on a map, a series."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Any, Final

from monitor.compare.columns import types_of

# Longer lists of texts are read entry by entry; series of numbers are as long as they are.
LONGEST: Final = 40
SERIES: Final = 2000
# A point, a box, a colour; and pairs of such.
_NUMBERS: Final = 4
_PLAIN: Final = frozenset((str, int, float, bool))
_NUMERIC: Final = frozenset((int, float))
_FEW: Final = 12


def are_values(stated: Sequence[Any]) -> bool:
    """Whether what stands under one name, lists or null, are short lists of texts or numbers, none
    of them twice, or rows of numbers, of which the places mean something."""
    lists = [value for value in stated if value is not None]
    types = types_of(chain.from_iterable(lists))
    longest = max(map(len, lists))
    if types == {list}:
        return longest <= _FEW and _are_points([*chain.from_iterable(lists)])
    if not types <= _PLAIN or longest > (SERIES if types <= _NUMERIC else LONGEST):
        return False
    if types and types <= _NUMERIC:
        return True
    # True is 1 for Python, and no number.
    apart = map(set, lists) if len(types) < 2 else map(_typed, lists)
    return sum(map(len, apart)) == sum(map(len, lists))


def _typed(value: list[Any]) -> set[tuple[type, Any]]:
    return {(type(member), member) for member in value}


def _are_points(lists: Sequence[Any]) -> bool:
    types = types_of(chain.from_iterable(lists))
    return types <= _NUMERIC and max(map(len, lists)) <= _NUMBERS
