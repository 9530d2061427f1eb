"""Many items in portions, so that what one look found is not parsed all at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from monitor.collect.source import Item

PORTION: Final = 16 * 1024 * 1024
"""Bytes of one portion, which take about ten times as many when they are read."""


def portions(items: Sequence[Item]) -> Iterator[tuple[Item, ...]]:
    """In their order; one that is larger alone."""
    portion: list[Item] = []
    size = 0
    for item in items:
        if portion and size + len(item.data) > PORTION:
            yield tuple(portion)
            portion, size = [], 0
        portion.append(item)
        size += len(item.data)
    yield tuple(portion)
