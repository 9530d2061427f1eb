"""What each message told: from where to where its pointers moved, per situation."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from monitor.model.subscription import Pointers
from monitor.model.tuples import NamedTuple

LANES = ("told", "alerted")

MOST: Final = 2**63
"""More than any id: a database cannot even be asked for it."""


class PointerSpan(NamedTuple):
    """Version ids of told and alerted before a message and after it."""

    told: int
    alerted: int
    new_told: int
    new_alerted: int

    def start(self, lane: str) -> int:
        return self.told if lane == "told" else self.alerted

    def end(self, lane: str) -> int:
        return self.new_told if lane == "told" else self.new_alerted

    def moves(self, lane: str) -> bool:
        return self.start(lane) != self.end(lane)


def to_json(moved: Iterable[tuple[Pointers, Pointers]]) -> dict[str, list[int]] | None:
    """None for a message that moved nothing."""
    spans = {
        old.situation: list(PointerSpan(old.told, old.alerted, new.told, new.alerted))
        for old, new in moved
    }
    return spans or None


def from_json(stored: object) -> dict[str, PointerSpan] | None:
    """Empty for a message that moved nothing; None when it cannot be read what it moved."""
    if stored is None:
        return {}
    if not isinstance(stored, dict) or not all(map(_is_span, stored.values())):
        return None
    return {situation: PointerSpan(*ends) for situation, ends in stored.items()}


def _is_span(ends: object) -> bool:
    if not isinstance(ends, list) or len(ends) != len(PointerSpan._fields):
        return False
    # As what they are, not as what they equal: JSON knows true, and 1.0.
    return all(type(end) is int and 0 < end < MOST for end in ends)
