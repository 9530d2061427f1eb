"""The smallest pair that is wrong in the same way."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from typing import Any

from tests.fuzz.trying import Pair

TRIES = 3_000


def smallest(pair: Pair, wrong: Callable[[Pair], bool]) -> Pair:
    """Takes out one part at a time, of one side or of both, for as long as it stays wrong."""
    left = TRIES
    found = True
    while found and left > 0:
        found = False
        for smaller in _smaller(pair):
            left -= 1
            if left <= 0:
                break
            if wrong(smaller):
                pair, found = smaller, True
                break
    return pair


def _smaller(pair: Pair) -> Iterator[Pair]:
    spots = [spot for spot in _spots(pair.old) if _has(pair.new, spot)]
    for spot in spots:
        yield pair._replace(old=_without(pair.old, spot), new=_without(pair.new, spot))
    for spot in _spots(pair.old):
        yield pair._replace(old=_without(pair.old, spot))
    for spot in _spots(pair.new):
        yield pair._replace(new=_without(pair.new, spot))


def _spots(value: Any, above: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(value, dict):
        items = list(value.items())
    else:
        items = list(enumerate(value)) if isinstance(value, list) else []
    for name, part in items:
        yield (*above, name)
        yield from _spots(part, (*above, name))


def _has(value: Any, spot: tuple[Any, ...]) -> bool:
    try:
        for step in spot:
            value = value[step]
    except (LookupError, TypeError):
        return False
    return True


def _without(value: Any, spot: tuple[Any, ...]) -> Any:
    copied = copy.deepcopy(value)
    holder = copied
    for step in spot[:-1]:
        holder = holder[step]
    del holder[spot[-1]]
    return copied
