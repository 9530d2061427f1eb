"""Lists that are one value of what has them: tags, ports of call, a point on a map."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Any, Final

from monitor.compare.columns import types_of

# Longer lists are read entry by entry.
LONGEST: Final = 40
# A point, a box, a colour.
_NUMBERS: Final = 4
_PLAIN: Final = frozenset((str, int, float, bool))
_NUMERIC: Final = frozenset((int, float))


def are_values(stated: Sequence[Any]) -> bool:
    """Whether what stands under one name, lists or null, are short lists of texts or numbers, none
    of them twice; a few numbers in a row, of which the places mean something, may be the same."""
    lists = [value for value in stated if value is not None]
    types = types_of(chain.from_iterable(lists))
    if not types <= _PLAIN or max(map(len, lists)) > LONGEST:
        return False
    is_point = types <= _NUMERIC and max(map(len, lists)) <= _NUMBERS
    if is_point:
        return True
    # True is 1 for Python, and no number.
    apart = map(set, lists) if len(types) < 2 else map(_typed, lists)
    return sum(map(len, apart)) == sum(map(len, lists))


def _typed(value: list[Any]) -> set[tuple[type, Any]]:
    return {(type(member), member) for member in value}
