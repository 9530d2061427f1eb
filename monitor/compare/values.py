"""Lists that are one value of what has them: tags, ports of call, a point on a map, a series."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Any, Final

from monitor.compare.columns import types_of
from monitor.model.series import leaves

# Longer lists of texts are read entry by entry; series of numbers are as long as they are.
LONGEST: Final = 40
SERIES: Final = 2000
# Signs of a cell on a board; longer ones are what a row says of something.
_CELL: Final = 2
_PLAIN: Final = frozenset((str, int, float, bool))
_NUMERIC: Final = frozenset((int, float))


def are_values(stated: Sequence[Any]) -> bool:
    """Whether what stands under one name, lists or null, are short lists of texts or numbers, none
    of them twice, or rows of numbers, of which the places mean something."""
    lists = [value for value in stated if value is not None]
    types = types_of(chain.from_iterable(lists))
    longest = max(map(len, lists))
    if list in types:
        return are_rows(lists)
    if not types <= _PLAIN or longest > (SERIES if types <= _NUMERIC else LONGEST):
        return False
    if types and types <= _NUMERIC:
        return True
    # True is 1 for Python, and no number.
    apart = map(set, lists) if len(types) < 2 else map(_typed, lists)
    return sum(map(len, apart)) == sum(map(len, lists))


def _typed(value: list[Any]) -> set[tuple[type, Any]]:
    return {(type(member), member) for member in value}


def are_rows(stated: Sequence[Any]) -> bool:
    """Whether these are numbers of which the places mean something, in rows or rows of rows (a
    series, a point, an outline, a matrix), or boards of as many signs in each row."""
    lists = [value for value in stated if value]
    cells = [cell for value in lists for cell in leaves(value)]
    if not cells or len(cells) > SERIES * len(lists):
        return False
    if any(type(part) is list for value in lists for part in value):
        return types_of(cells) <= _NUMERIC or all(map(_is_table, lists))
    if not types_of(cells) <= _NUMERIC:
        return False
    return float in types_of(cells) or any(len(set(value)) < len(value) for value in lists)


def _is_table(value: list[Any]) -> bool:
    if len(value) < 2 or not all(type(row) is list for row in value):
        return False
    cells = [cell for row in value for cell in row]
    widths = {len(row) for row in value}
    short = types_of(cells) == {str} and max(map(len, cells)) <= _CELL
    return len(widths) == 1 and min(widths) > 1 and short
