"""Telling somebody what passes cost, step by step: nobody, unless a meter is given."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from typing import Protocol, TypeVar

T = TypeVar("T")


class Meter(Protocol):
    """Seconds are those of the clock, without what others did between two items."""

    def step(self, name: str, seconds: float) -> None: ...

    def passed(self, seconds: float, *, queries: int, trouble: int) -> None: ...


class Unmetered:
    """Keeps nothing."""

    def step(self, name: str, seconds: float) -> None: ...

    def passed(self, seconds: float, *, queries: int, trouble: int) -> None: ...


def metered(meter: Meter, name: str, work: Iterable[T]) -> Iterator[T]:
    """The same items; what making them took is told at the end, even of a step that was left."""
    took, items = 0.0, iter(work)
    try:
        while True:
            began = time.monotonic()
            try:
                item = next(items)
            except StopIteration:
                return
            finally:
                took += time.monotonic() - began
            yield item
    finally:
        meter.step(name, took)
