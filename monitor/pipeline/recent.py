"""What was made lately is kept while there is room; the one asked for longest ago goes first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Final, Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

AT_LEAST: Final = 2
"""Values that are kept whatever room they take: two are compared with each other."""


class Recent(Generic[K, V]):
    """Values by key, `room` of them; with `size`, as many as have that size together. What `make`
    raises is not kept."""

    def __init__(self, room: int, size: Callable[[V], int] | None = None) -> None:
        self._room = room
        self._size = size
        self._kept: OrderedDict[K, tuple[V, int]] = OrderedDict()
        self._taken = 0

    def get(self, key: K, make: Callable[[], V]) -> V:
        known = self._kept.get(key)
        if known is not None:
            self._kept.move_to_end(key)
            return known[0]
        value = make()
        size = 1 if self._size is None else self._size(value)
        self._kept[key] = value, size
        self._taken += size
        while self._taken > self._room and len(self._kept) > AT_LEAST:
            self._taken -= self._kept.popitem(last=False)[1][1]
        return value
