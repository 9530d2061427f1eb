"""Operations that bring a list without keys into another order, an entry at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias

from monitor.compare.walk import POSITION
from monitor.model.comparison import Change

Step: TypeAlias = tuple[str, int, Any]
"""`("remove", at, None)`, `("add", at, value)` or `("move", from, to)`, one after the other."""


def reordering(size: int, changes: Sequence[Change]) -> Iterator[Step]:
    """The steps that these changes of one list, which had `size` entries, amount to."""
    removed = {position_of(c) for c in changes if c.op == "removed"}
    added = {position_of(c): c.after for c in changes if c.op == "added"}
    moved = {position_of(c): c.after for c in changes if c.field == POSITION}
    present = list(range(size))
    for position in sorted(removed, reverse=True):
        del present[position]
        yield "remove", position, None
    homes = {target: origin for origin, target in moved.items()}
    staying = (entry for entry in tuple(present) if entry not in moved)
    # Entries that come are known by where they go, as negative numbers.
    before: int | None = None
    for target in range(len(present) + len(added)):
        if target in added:
            entry = -1 - target
            at = present.index(before) + 1 if before is not None else 0
            present.insert(at, entry)
            yield "add", at, added[target]
        elif target in homes:
            entry = homes[target]
            origin = present.index(entry)
            del present[origin]
            at = present.index(before) + 1 if before is not None else 0
            present.insert(at, entry)
            if at != origin:
                yield "move", origin, at
        else:
            entry = next(staying)
        before = entry


def position_of(change: Change) -> int:
    """The position that stands for the key of an entry in a list without keys."""
    position = change.key[-1][0][1]
    assert isinstance(position, int)
    return position
